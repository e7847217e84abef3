//! Rules about the next cycle: new data come in, and what was written before is no longer true.
//! Used by `assemble` and `figures`.

rules! {
    FIGURE_SUPERSEDED "figure/superseded" Warning
        "A figure or a table is of an earlier period than the data hold."
        "New figures came in, and the document still shows the old ones. Nothing else tells the author which sentences to look at."
        "Write `latest` in place of the period, so that it moves with the data. If the earlier period is meant, say so with an equals sign: `[\"=2022/23\"]`, `where=\"period==2022/23\"`."
    FIGURE_PERIOD "figure/period" Warning
        "A year or a month is typed beside a figure of another time."
        "A figure that moves with the data leaves the words around it behind: readers learn last year's date and this year's figure."
        "Print the figure's own period: `{{ data.plans.rate[\"Riverside\", latest].period }}`. If the typed time is what is meant, name it in the figure's key."
    DATASET_NO_PERIOD "dataset/no-period" Error
        "`latest` or the like is asked of something that is no period."
        "Only a column that says what time a row is of can have a latest value."
        "Give the column of the key `kind = \"period\"`, or name the key itself."
    CLAIM_BROKEN "claim/broken" Warning
        "Words stand under a condition that is no longer true."
        "The data changed and the words did not. Readers would learn what the document's own figures deny."
        "Say what the data say now, and change the condition with the words."
    CLAIM_UNBOUND "claim/unbound" Info
        "A sentence compares, the data name what it is about, and no condition holds it."
        "When the data change, nobody will think of the sentence, and it may say what is no longer true."
        "Put it into brackets with the condition that the help gives: `[More come on time]{holds=\"a > b\"}`. `annexe claims --bind` writes those that are true today into the files."
    PROMISE_PASSED "promise/passed" Warning
        "Something is promised for a time that has passed by the document's day."
        "A document that still says \"will open by May 2024\" in 2025 looks as if nobody had read it, and hides whether it happened."
        "Say what came of it, in the same sentence or in the next, or by when it is promised now."
}
