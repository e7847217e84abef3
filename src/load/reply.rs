//! Reads replies: `[[reply]]`.

use crate::load::record::{FromTable, Record};
use crate::load::value::{Choice, Day, IdOf, OneOf, Text};
use crate::plan::Objective;
use crate::plan::reply::{Reply, ReplyProgress};

impl Choice for ReplyProgress {
    const WHAT: &'static str = "progress";
    const WORDS: &'static [(&'static str, Self)] = ReplyProgress::WORDS;
}

impl FromTable for Reply {
    const WHAT: &'static str = "reply";
    const DOC: &'static str = "What people said, and what a partner did about it.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the reply's id: \"SAID1\"");
        let said = r.need::<Text>("said", "what people said, as a reported view");
        let theme = r.need::<Text>("theme", "what it is about, to group by");
        let partner = r.need::<Text>("partner", "the partner that answers");
        let known = r.get::<Day>("known", "the day the answer was given");
        let progress = r.need::<OneOf<ReplyProgress>>("status", "planned, under-way or done");
        let did = r.need_list::<Text>("did", "what was done, is being done or is meant to be done");
        let objectives =
            r.list::<IdOf<Objective>>("objectives", "ids of the objectives that take it up");
        Some(Reply {
            id: id?,
            said: said?,
            theme: theme?,
            partner: partner?,
            known,
            progress: progress?,
            did,
            objectives,
        })
    }
}
