//! Reads `[website]` of `content/project.toml`.

use crate::diag::Finding;
use crate::diag::rules::{VALUE_TYPE, WEBSITE_UNCHECKED};
use crate::load::record::{FromTable, Record};
use crate::load::value::{Day, Text, Whole};
use crate::project::{WebCheck, Website};

impl FromTable for Website {
    const WHAT: &'static str = "[website]";
    const DOC: &'static str =
        "The website of the documents, and what its accessibility statement says.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let address = r.get::<Text>("address", "where it is published: https://…");
        let reply_within =
            r.get::<Text>("reply-within", "how soon readers get an answer: \"10 working days\"");
        let limits = r.list::<Text>("limits", "known limits of its accessibility, a sentence each");
        let checks = r.records::<WebCheck>("check", "A check that was made of the pages.");
        let address = address.and_then(|address| {
            let is_plain =
                |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '?' | '#');
            if address.starts_with("https://")
                && address.len() > 10
                && address.chars().all(is_plain)
            {
                return Some(format!("{}/", address.value.trim_end_matches('/')));
            }
            let message = format!("expected an address with https://, found \"{}\"", *address);
            r.context().report(Finding::new(&VALUE_TYPE, message).at(address.span));
            None
        });
        if r.is_written() && checks.is_empty() {
            let message = "no check of the website is on record";
            let finding = Finding::new(&WEBSITE_UNCHECKED, message).at(r.span());
            r.context().report(finding);
        }
        Some(Website {
            address,
            reply_within: reply_within.map(|text| text.value),
            limits: limits.into_iter().map(|limit| limit.value).collect(),
            checks,
        })
    }
}

impl FromTable for WebCheck {
    const WHAT: &'static str = "check";
    const DOC: &'static str = "A check that was made of the pages.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let what = r.need::<Text>("what", "what was looked for: \"WCAG 2.2 AA, at three widths\"");
        let with = r.need::<Text>("with", "the tool and its version, or who looked");
        let on = r.need::<Day>("on", "the day");
        let looked_at =
            r.need::<Whole<1_000_000>>("looked-at", "how many pages or files were looked at");
        let faults =
            r.need::<Whole<1_000_000>>("faults", "how many faults were found and still stand");
        Some(WebCheck {
            what: what?,
            with: with?,
            on: on?,
            looked_at: looked_at?.value.into(),
            faults: faults?.value.into(),
        })
    }
}
