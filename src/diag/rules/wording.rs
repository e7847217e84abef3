//! Rules about the words of the plan's data: the glossary, and texts that count on pages.

rules! {
    TEXT_PAGE "text/page" Warning
        "A text counts on a page: \"page 32\", \"overleaf\"."
        "Pages move with every edit, and the Word file has others than the PDF: the reader is sent to the wrong place."
        "Give the heading an id and link to it: [words](#an-id)."
    TERM_UNEXPLAINED "glossary/unexplained" Warning
        "A term of the glossary has neither a meaning, full or easy, nor a short form."
        "The glossary would list a word and say nothing about it."
        "Say what it means, or take it out."
    TERM_TWICE "glossary/twice" Warning
        "A term, a short form or another name stands in the glossary twice."
        "One short form for two things cannot be written out rightly."
        "Put both into one [[term]], or tell them apart."
}
