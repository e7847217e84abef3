//! The accessibility statement of a website: what was checked, with what, on which day, what is known
//! to be wrong, and whom to tell.
//!
//! Its parts are those that regulation 8 of the Public Sector Bodies (Websites and Mobile
//! Applications) (No. 2) Accessibility Regulations 2018 asks for, in the order of the model statement of
//! the Government Digital Service. It says no more than what is on record: without a check it says
//! that there was none.

use crate::plan::date::day_in_words;
use crate::project::{Contact, Settings, WebCheck, Website};
use crate::write::html::site::{Part, STATEMENT, Site, SitePage};

/// The statement as a page of `site`.
pub fn page(site: &Site, settings: &Settings) -> SitePage {
    let website = &settings.website;
    let mut parts = vec![Part::Paragraph(format!(
        "This statement is about the website “{}”, published by {}. It covers its web pages, and the PDF, Word \
         and e-book files that can be taken from it.",
        site.title, site.publisher
    ))];
    parts.extend(state(website));
    parts.extend(limits(website));
    parts.extend(contact(settings.contact.as_ref(), website));
    parts.push(Part::Heading("Enforcement".to_owned()));
    parts.push(Part::Paragraph(
        "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites and Mobile \
         Applications) (No. 2) Accessibility Regulations 2018. If you are not happy with how we answer your \
         complaint, contact the Equality Advisory and Support Service."
            .to_owned(),
    ));
    parts.push(Part::Link {
        words: "Equality Advisory and Support Service".to_owned(),
        to: "https://www.equalityadvisoryservice.com/".to_owned(),
    });
    parts.extend(checked(&website.checks));
    site.text(STATEMENT, "Accessibility statement", &parts)
}

/// How far the website meets the standard, as far as that is known.
fn state(website: &Website) -> Vec<Part> {
    let faults: u64 = website.checks.iter().map(|check| check.faults).sum();
    let words = match (website.checks.is_empty(), faults, website.limits.is_empty()) {
        (true, ..) => {
            "Nobody has checked yet whether this website meets version 2.2 of the Web Content Accessibility \
             Guidelines, level AA."
        }
        (false, 0, true) => {
            "As far as the checks below can tell, this website fully meets version 2.2 of the Web Content \
             Accessibility Guidelines, level AA. They found no fault."
        }
        (false, ..) => {
            "This website meets version 2.2 of the Web Content Accessibility Guidelines, level AA, in part, \
             because of what is named below."
        }
    };
    let mut parts =
        vec![Part::Heading("How accessible it is".to_owned()), Part::Paragraph(words.to_owned())];
    if faults > 0 {
        let open = website.checks.iter().filter(|check| check.faults > 0);
        parts.push(Part::List(
            open.map(|check| match check.faults {
                1 => format!("1 fault: {}", *check.what),
                n => format!("{n} faults: {}", *check.what),
            })
            .collect(),
        ));
    }
    parts
}

fn limits(website: &Website) -> Vec<Part> {
    if website.limits.is_empty() {
        return Vec::new();
    }
    vec![Part::Heading("Known limits".to_owned()), Part::List(website.limits.clone())]
}

/// Whom to tell, and what to ask for.
fn contact(contact: Option<&Contact>, website: &Website) -> Vec<Part> {
    let mut parts = vec![
        Part::Heading("Tell us what is wrong".to_owned()),
        Part::Paragraph(
            "Tell us if you find anything that is hard to use, or if you need a document in another form: large \
             print, easy read, audio or braille."
                .to_owned(),
        ),
    ];
    let Some(contact) = contact else { return parts };
    let link = |words: &str, to: String| Part::Link { words: words.to_owned(), to };
    if let Some(email) = &contact.email {
        parts.push(link(email, format!("mailto:{}", **email)));
    }
    if let Some(phone) = &contact.phone {
        let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        parts.push(link(phone, format!("tel:{digits}")));
    }
    if !contact.post.is_empty() {
        parts.push(Part::Paragraph(contact.post.join(", ")));
    }
    if let Some(web) = &contact.web {
        parts.push(link(web, web.value.clone()));
    }
    if let Some(within) = &website.reply_within {
        parts.push(Part::Paragraph(format!("We answer within {within}.")));
    }
    parts
}

/// The checks on record, and the day of the last.
fn checked(checks: &[WebCheck]) -> Vec<Part> {
    let Some(last) = checks.iter().map(|check| check.on.value).max() else { return Vec::new() };
    let head = ["What was checked", "With", "On", "Pages or files", "Faults"];
    let rows = checks.iter().map(|check| {
        vec![
            check.what.value.clone(),
            check.with.value.clone(),
            day_in_words(check.on.value),
            check.looked_at.to_string(),
            check.faults.to_string(),
        ]
    });
    vec![
        Part::Heading("How it was checked".to_owned()),
        Part::Paragraph(format!(
            "This statement was made from the record of the checks. The last was on {}. A program finds some kinds \
             of faults and not others: whether words are clear and pictures are well described, people must judge.",
            day_in_words(last)
        )),
        Part::Table {
            title: "Checks on record".to_owned(),
            head: head.map(str::to_owned).to_vec(),
            rows: rows.collect(),
        },
    ]
}
