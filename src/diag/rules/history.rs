//! Rules about what was known when, and what changed between two days.

rules! {
    DAY_TOO_EARLY "day/before-the-plan" Error
        "A document is to speak for a day before the plan's first."
        "There was nothing to be late then, and nothing to be done: the document would say that all is well."
        "Ask for a later day, or correct `first-day` in content/project.toml."
    SINCE_ORDER "since/not-before" Error
        "The day that changes are told from is not before the as-at day."
        "Nothing can have changed between the two."
        "Give --since a day before --as-at, or correct the default of the parameter."
    SINCE_MISSING "since/missing" Error
        "A directive tells what changed, but the document has no day to tell it from."
        "Changes are between two days; the as-at day alone is only one."
        "Add to the front matter: [param.since] with type = \"date\" and a default, such as \"28 days before\"."
    HISTORY_UNDATED "history/undated" Info
        "What a document says depends on a day that was not recorded."
        "It speaks for a day of the past. What has no day of its own is shown as it stands now, or counted by the day it was known, and may have been otherwise then."
        "Record the day: a history such as progress = [{ on = 2022-03-31, is = \"…\" }], or the day itself instead of \"by 2022-04-30\"."
}
