//! Rules about editions and the picture library: what `load` and `check` say of them, and of the pages made.

rules! {
    EDITION_UNKNOWN "edition/unknown" Error
        "A template names an edition that has no profile."
        "Nobody has said what differs in it: type sizes, what is left out, how numbers are written."
        "Correct the name, or write the profile: templates/editions/NAME.toml. full, easy-read, large-print and summary are built in."
    EDITION_BASE "edition/base" Error
        "An edition is based on one that is not there, or in the end on itself."
        "What it takes from there is not known."
        "Name in `based-on` an edition that has a profile, or leave the key out. A file of a built-in edition's name keeps what it does not say without being based on it."
    EDITION_LEAVES "edition/leaves-out" Error
        "An edition is to leave out something that no directive is called."
        "It would be shown after all, and nobody would notice."
        "Name directives: quote, note, data-table. `annexe help directives` lists them; `table` and `list` are those typed in Markdown."
    WEBSITE_UNCHECKED "website/unchecked" Warning
        "The website has no check on record."
        "The accessibility statement of the website can then only say that nothing was checked, and the regulations of 2018 ask for what was."
        "Check the pages, then write down each check: [[website.check]] with what, with, on, looked-at and faults. docs/html.md says how."
    LENGTH_WARN "length/long" Warning
        "A document has more pages than its edition's profile aims at."
        "Easy read that is long is not read; guidance for it says 24 pages at most."
        "Say less, or raise `warn` in the profile's [length]."
    LENGTH_MOST "length/too-long" Error
        "A document has more pages than its edition's profile allows."
        "The limit was set for readers who cannot work through more."
        "Say less, or divide the document. `most` in the profile's [length] is the limit."
    HARD_WORD "easy/hard-word" Warning
        "A hard word, which is in bold, is explained nowhere near."
        "Readers of easy read stop at a word that they do not know."
        "Say what it means in the very next sentence, or give its term an easy meaning in the glossary and show that in the document."
    CONTACT_MISSING "easy/no-contact" Error
        "A document is to say how readers can answer, and nothing says it."
        "An easy read without a way to answer only talks at people."
        "Add [contact] to content/project.toml, with one or more of email, phone, post, web and by."
    RAG_EASY "rag/no-picture" Warning
        "A rating has no picture and words, in an edition that shows ratings as pictures."
        "A letter in a coloured box says nothing to readers of easy read."
        "Add to the rating in content/plan/rag.toml: easy = { image = …, words = … }."
    CONTENTS_PICTURE "contents/no-picture" Warning
        "A section has no picture, in an edition whose contents show one for each."
        "Readers who find their way by pictures would miss it."
        "Give the section a picture row, or list fewer levels: ::: toc depth=1."
    IMAGE_UNINDEXED "image/unindexed" Warning
        "A picture is not in the index of the picture library."
        "Nobody can tell whose it is and whether it may be published."
        "Add it to content/images/index.toml with its alt text, source and licence."
    PICTURE_ALT "image/alt" Error
        "A picture of the library has no alt text and is not marked as decoration, or both."
        "People who cannot see the picture would not know what it says, or hear something that adds nothing."
        "Give `alt`, or `decorative = true`."
    UNUSED_PICTURES "unused/library-pictures" Info
        "Pictures of the library stand in no document."
        "A library may hold spare ones; a picture that was replaced may be left over."
        "Delete those that nobody will want, and their entries in content/images/index.toml."
}
