//! Rules about making documents: templates, narrative, themes, writing. Used by `narrative`, `assemble`, `write` and `build`.

rules! {
    FILE_UNREADABLE "file/unreadable" Error
        "A file cannot be read as text."
        "Annexe reads UTF-8. A file in another encoding (Latin-1 from an old spreadsheet, say) would show wrong letters."
        "Save the file as UTF-8."
    FILE_MISSING "file/missing" Error
        "A file that is named is not there."
        "A document with a part missing must not be built."
        "Check the name, or add the file."
    FILE_OUTSIDE "file/outside" Error
        "A path leads out of the project folder."
        "A project is read on trust; nothing in it may reach other files, by `..` or through a link."
        "Put a copy of the file into the project."
    FILE_TOO_LARGE "file/too-large" Error
        "A file, a line or a nesting is larger than Annexe accepts."
        "Limits keep a damaged or hostile file from using up the machine."
        "Split the file. Narrative and data files may have 5 MB, lines 100,000 characters, expressions 500; blocks may stand 24 deep in each other, bold and italic words 8 deep."
    WRITE_FAILED "write/failed" Error
        "A document could not be written."
        "The file that was there before is left as it was."
        "See the note for the reason: a full disk, a folder without permission, a file open in Word."
    CACHE_UNUSABLE "cache/unusable" Info
        "What was drawn cannot be kept for the next build."
        "Each build then draws everything anew: its files are the same, but it takes longer."
        "See the note for the reason. The cache lies in the project's .annexe/, or where ANNEXE_CACHE says; the seal on what is kept in a project lies in the user's state folder."
    EXPRESSION_UNCLOSED "expression/unclosed" Error
        "An expression is opened with {{ and not closed on its line."
        "Everything after it would be taken for text, or lost."
        "Close it with }} on the same line."
    EXPRESSION_SYNTAX "expression/syntax" Error
        "An expression cannot be read."
        "The document would have a hole where its value belongs."
        "`annexe help expressions` shows how they are written: {{ kpi.K1.actual }}, {{ inspection.published | date }}."
    EXPRESSION_FAILED "expression/failed" Error
        "An expression can be read but has no sensible value."
        "The document would have a hole where its value belongs."
        "The note says what went wrong."
    EXPRESSION_UNKNOWN_FUNCTION "expression/unknown-function" Error
        "An expression uses a function or filter that does not exist."
        "The document would have a hole where its value belongs."
        "Use one of those that `annexe help expressions` lists."
    REFERENCE_UNKNOWN "reference/unknown" Error
        "Something is named that is not there."
        "A document that quotes it would have a hole, and a plan that relies on it is broken."
        "Correct the name, or add what it names."
    FIGURE_ABSENT "figure/absent" Error
        "A figure is quoted that has no value on the as-at date."
        "The sentence would have a hole."
        "Record the value, quote another, or put the sentence inside ::: if."
    FIGURE_SUPPRESSED "figure/suppressed" Error
        "A value of a dataset is quoted that was not published as a number."
        "What was suppressed stays suppressed, in prose and in all that is worked out from it; a blank or a zero would mislead."
        "Say so in words: {{ … | stated }} prints the reason, {{ … or \"not published\" }} your own words."
    DIRECTIVE_UNKNOWN "directive/unknown" Error
        "A directive does not exist."
        "What it should have made would be missing."
        "`annexe help directives` lists all of them."
    DIRECTIVE_MALFORMED "directive/malformed" Error
        "A directive is written in a way it cannot be read."
        "What it should have made would be missing or wrong."
        "`annexe help directives` says what each takes."
    DIRECTIVE_ATTRIBUTE_UNKNOWN "directive/attribute-unknown" Error
        "A directive has no such attribute."
        "A misspelt attribute would be silently without effect."
        "`annexe help directives` lists each directive's attributes."
    DIRECTIVE_ATTRIBUTE_MISSING "directive/attribute-missing" Error
        "A directive lacks an attribute that it needs."
        "What it should make cannot be made."
        "Add the attribute."
    DIRECTIVE_UNCLOSED "directive/unclosed" Error
        "A directive is opened and not closed."
        "Everything after it would be taken for its content."
        "Close it with as many colons as it was opened with."
    DIRECTIVE_STRAY "directive/stray" Error
        "Colons stand alone: they close nothing."
        "Mostly an outer directive was closed too early, by colons meant for an inner one."
        "Give outer directives more colons than those inside them."
    DIRECTIVE_EMPTY "directive/empty" Warning
        "A directive that should hold something is empty."
        "Its box or table would have nothing in it."
        "Fill it or delete it."
    DOCUMENT_EMPTY "document/empty" Warning
        "A document has nothing in it."
        "A file with no words, or with a cover only, is hardly what was meant."
        "Write the document under the front matter of its template, or take the template out."
    DIRECTIVE_PLACE "directive/place" Error
        "A directive stands where it cannot work."
        "Page orientation can only change between blocks of the whole document."
        "Move it to the top level of the template."
    MARKDOWN_HTML "markdown/html" Error
        "A narrative file holds HTML."
        "HTML would not reach the Word file, and is a way to smuggle things into a document."
        "Write it as Markdown or as a directive."
    MARKDOWN_UNSUPPORTED "markdown/unsupported" Error
        "A narrative file holds Markdown that documents have no place for."
        "It would silently be missing."
        "Write it another way."
    FOOTNOTE_UNKNOWN "footnote/unknown" Error
        "A note is referred to that is not there."
        "The reader would see the reference's own letters."
        "Write the note, or correct its name: names are [^name] in the text and [^name]: before the note."
    FOOTNOTE_UNUSED "footnote/unused" Warning
        "A footnote is written that nothing refers to."
        "It would silently be missing from the document."
        "Refer to it with [^name], or delete it."
    INCLUDE_CYCLE "include/cycle" Error
        "A file includes itself, perhaps through others."
        "It would never end."
        "Take out one of the includes. The note gives the way round."
    HEADING_SKIPPED "heading/skipped" Error
        "A heading skips a level: an H3 under an H1."
        "People who hear a document move by heading levels; PDF/UA forbids gaps."
        "Use the next level, or `include … shift=1`."
    HEADING_EMPTY "heading/empty" Error
        "A heading has no words."
        "Contents and bookmarks would have a blank entry."
        "Give it words or delete it."
    ALT_MISSING "alt/missing" Error
        "A picture has no words for those who cannot see it."
        "The Public Sector Bodies Accessibility Regulations 2018 ask for a text alternative (WCAG 1.1.1)."
        "Say what the picture shows; alt=\"\" marks a decoration."
    LINK_EMPTY "link/empty" Error
        "A link has no words."
        "People who hear the document would hear nothing, or the address."
        "Put words between the brackets."
    LINK_UNKNOWN "link/unknown" Error
        "A link leads nowhere in this document, or to a kind of address that is not allowed."
        "The reader would click in vain."
        "Link to #an-id in the same document, or to http, https, mailto or tel."
    CELL_EMPTY "cell/empty" Warning
        "A table cell has nothing to show."
        "A reader cannot tell whether something is missing."
        "Record the value, or show why there is none: {{ x or \"Not recorded\" }}."
    TABLE_EMPTY "table/empty" Warning
        "A table has no rows."
        "A header with nothing under it looks like a fault."
        "Put it inside ::: if, or check what the list is made from."
    PARAMETER_UNKNOWN "parameter/unknown" Error
        "A document has no parameter of this name, or it does not take this value."
        "The paper would be about something else than was asked for."
        "`annexe list DOCUMENT` shows its parameters."
    SCHEME_MISSING "rag/scheme-missing" Error
        "A document shows ratings but names no scheme for them."
        "The same colours mean different things in different plans."
        "Name it in the front matter: rag = { action = \"…\" }."
    BUILD_MEMORY "build/memory" Error
        "A build took more memory than --memory allows, and was ended."
        "The files that it had finished stand whole; those it was working on are as they were before."
        "Allow more, or make fewer documents at once with --jobs 1. A theme that asks for memory without end comes to this too."
    BUILD_FAULT "build/fault" Error
        "Annexe itself broke down while it made a document."
        "The other documents are made; the file that was there before is left as it was."
        "It is a fault in Annexe, not in the project. Report it with the lines printed above the finding."
    WRITE_UNSHOWN "write/unshown" Error
        "A document holds something that this format cannot show."
        "What a writer cannot show it must not leave out silently, or PDF and Word would say different things."
        "The note says what is missing: a picture that was not read, a link that leads nowhere, a colour that the theme does not have."
    THEME_FAULT "theme/fault" Error
        "The theme does not compile, or took too long."
        "A theme is Typst code in templates/themes; a fault in it stops every document that uses it."
        "The note gives the theme's file and line."
    THEME_ARCHIVE "theme/archive" Warning
        "The PDF claims to be accessible (PDF/UA-1) but not fit for archives (PDF/A)."
        "Archives take PDF/A only: a file that looks the same in fifty years. Something the theme draws is not allowed there."
        "The message says what: most often a file that the theme attaches, or a colour or picture of a kind that PDF/A does not have."
    THEME_FONT "theme/font" Error
        "The theme names a font that is not there, or brings a file that is not a font."
        "Another face would be used in silence, and pages would break elsewhere."
        "Use Noto Sans, or put the font's files (.ttf, .otf) into the theme's fonts/ folder and name its family in theme.toml."
    THEME_WARNING "theme/warning" Warning
        "The theme compiles, but Typst has a doubt about it."
        "A doubt today is often a wrong page later: a layout that does not settle, a style that has no effect."
        "Follow the note; try `annexe build --format png` and look at the pages."
    TEXT_GLYPH "text/glyph" Error
        "A letter stands in the text that no font can draw."
        "The page would show a box in its place, a screen reader nothing, and the file would fail PDF/UA."
        "Write it another way, or add a font that has it to the theme's fonts/ folder."
}
