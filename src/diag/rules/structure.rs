//! Rules about a document as a whole: its parts, its lead-ins, its short forms. Used by `assemble`.

rules! {
    PART_MISSING "part/missing" Warning
        "A criterion lacks a part that every criterion has."
        "Readers who look for it believe that there is nothing to say, and inspectors ask for each part of the framework."
        "Write it under a heading whose id ends in the part's id, such as {#help-positive}; or take the [[part]] out of the plan."
    HEADING_BARE "heading/bare" Warning
        "A heading has nothing under it."
        "It promises words that are not there; people who move by headings land on nothing."
        "Write what belongs under it, or take it out."
    TEXT_LEAD_IN "text/lead-in" Warning
        "A sentence that leads in to a list is not finished, or no list follows it."
        "It looks as if something was lost, and people who hear the document cannot tell where the list begins."
        "End the words before a list with a colon or a full stop, and write the list after a colon."
    TEXT_TWICE "text/twice" Warning
        "A paragraph stands in a document twice."
        "Mostly it was copied and one of the two was forgotten; readers wonder what they missed."
        "Keep it in one place, and link to it: [words](#an-id)."
    QUOTE_CLASS "quote/class" Warning
        "A quote is by a kind of person that the project does not list."
        "A slip in the kind makes a quote look unlike the others, and readers cannot tell who speaks."
        "Use one of the kinds under [quotes] in content/project.toml, or add this one there."
    ACRONYM_UNKNOWN "acronym/unknown" Warning
        "A short form is not in the glossary."
        "Readers who do not work in the field cannot look it up, and it cannot be written out where it is first used."
        "Add a [[term]] that has it under `short`; mark names that need no explanation with known = true; or write it out."
}
