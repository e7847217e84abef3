//! Replies: what people said, and what a partner did about it ("you said, we did").

use chrono::NaiveDate;

use crate::source::At;

/// What people said and what came of it: `[[reply]]`.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Id.
    pub id: At<String>,
    /// What people said, as a reported view.
    pub said: At<String>,
    /// What it is about, to group by.
    pub theme: At<String>,
    /// The partner that answers.
    pub partner: At<String>,
    /// The day the answer was given; known from the start when absent.
    pub known: Option<At<NaiveDate>>,
    /// How far it has come.
    pub progress: At<ReplyProgress>,
    /// What was done, is being done or is meant to be done; never empty.
    pub did: Vec<At<String>>,
    /// Ids of the objectives that take it up.
    pub objectives: Vec<At<String>>,
}

/// How far a reply has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyProgress {
    /// Meant to be done.
    Planned,
    /// Being done.
    UnderWay,
    /// Done.
    Done,
}

impl ReplyProgress {
    /// Every word that data uses.
    pub const WORDS: &'static [(&'static str, ReplyProgress)] = &[
        ("planned", ReplyProgress::Planned),
        ("under-way", ReplyProgress::UnderWay),
        ("done", ReplyProgress::Done),
    ];

    /// How it is printed.
    pub fn words(self) -> &'static str {
        match self {
            ReplyProgress::Planned => "Planned",
            ReplyProgress::UnderWay => "Under way",
            ReplyProgress::Done => "Done",
        }
    }
}

impl Reply {
    /// Whether it was given by `as_at`.
    pub fn is_known(&self, as_at: NaiveDate) -> bool {
        self.known.as_ref().is_none_or(|day| day.value <= as_at)
    }
}
