//! Rules about slips of the hand in what officers typed. Used by `slips`.

rules! {
    TEXT_PLACEHOLDER "text/placeholder" Warning
        "A placeholder stands where words or a figure are still to come."
        "Published, it says that nobody read the document."
        "Write what is meant, or take the sentence out."
    TEXT_DOUBLED "text/doubled-word" Warning
        "A word stands twice."
        "Eyes skip over it; readers who hear the text do not."
        "Take one of the two out."
    TEXT_NAME "text/name" Warning
        "The name of a person, post or body is one letter off the one the project knows."
        "People notice when their name is wrong, and a search for it finds nothing."
        "Correct the letter. If it is another name, add it to the project's people, bodies or facts."
    DATE_WEEKDAY "date/weekday" Warning
        "A weekday is given that the date did not fall on."
        "One of the two is wrong, and somebody will come on the wrong day."
        "Correct the weekday or the date."
    DATE_OTHER_YEAR "date/other-year" Warning
        "A sentence names something whose date is known, and gives its month in another year."
        "A wrong year is the commonest slip in a date, and the hardest to see."
        "Correct the year, or bind the date: `{{ inspection.dates | date_range }}`."
    TABLE_TOTAL "table/total" Warning
        "The last row of a typed table says that it is the total, and is not the sum of the others."
        "Readers add up, and trust no other number after it."
        "Correct the total or the row that is wrong; a dataset with an identity keeps them true."
    CLAIM_POINTS "claim/points" Warning
        "A difference between two percentages is given in per cent."
        "From 40% to 50% is a rise of 10 percentage points, or of 25%. Readers take the one for the other."
        "Write percentage points, or let it be worked out: `{{ change(a, b) }}`."
}
