//! Every rule there is: its stable code, its weight and what `annexe explain` says of it.

use crate::diag::Severity;

/// A rule that findings come from.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable code: `family/name`.
    pub code: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it finds, in one line.
    pub summary: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do about it.
    pub fix: &'static str,
}

/// Declares rules and the list of all of them, so that none can be left out of `explain`.
macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $summary:literal $why:literal $fix:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: Rule = Rule {
                code: $code,
                severity: Severity::$severity,
                summary: $summary,
                why: $why,
                fix: $fix,
            };
        )*
        /// All rules, in the order they are declared: by family.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

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

    // Reading files: src/load.
    FILE_IGNORED "file/ignored" Warning
        "A file in a data folder is of a kind that is not read there."
        "A plan file with the wrong ending would be left out of every document without a word."
        "Give it the ending that is read there (.toml for plan data; .svg, .png or .jpg for images), or move it elsewhere."
    TEXT_CONTROL "text/control-character" Warning
        "A text holds characters that cannot be shown."
        "Control characters and marks that turn the reading direction come in by copying from other programs. They break Word files and can hide words. They are read as spaces."
        "Delete the character, or type the passage again."
    TOML_SYNTAX "toml/syntax" Error
        "A data file is not valid TOML."
        "What stands on the line cannot be read, so it would be missing from every document."
        "Check quotes, brackets and equals signs on the line."
    KEY_UNKNOWN "key/unknown" Error
        "A key that the record cannot have."
        "A misspelt key would be left out of every document without a word."
        "Correct the spelling; the help names the nearest key."
    KEY_MISSING "key/missing" Error
        "A key that the record must have is missing."
        "Documents would show a gap."
        "Add the key."
    VALUE_TYPE "value/wrong-type" Error
        "A value is of another kind than the key takes."
        "A number in quotes, or a text where a list belongs, cannot be used."
        "The message says what is expected. Numbers and true/false stand without quotes, texts in quotes, lists in square brackets."
    VALUE_EMPTY "value/empty" Error
        "A text or list that must say something is empty."
        "Documents would show a gap."
        "Fill it in, or take the record out."
    VALUE_CHOICE "value/unknown-word" Error
        "A word that is none of those the key takes."
        "Annexe would not know what it means."
        "Use one of the words that the help names."
    ID_MALFORMED "id/malformed" Error
        "An id is empty or holds spaces."
        "Other records name it, so it must be one word."
        "Write it as one word: `K8.a`, `ad-send`."
    DATE_IMPOSSIBLE "date/impossible" Error
        "A date that no calendar has."
        "31 November cannot be met, and nobody can tell which day was meant. A guess would be worse than a question."
        "Ask whoever owns the row which day was meant."
    DATE_UNREADABLE "date/unreadable" Error
        "A date in a form that is not understood."
        "05/06/2022 is 5 June to one reader and 6 May to another."
        "Write 2022-05-30, or in quotes 2022-05, 30 May 2022, May 2022, ongoing or from 2022-05."
    TARGET_UNCLEAR "target/unclear" Error
        "A target does not say how much, or says several things."
        "A scorecard cell shows one target."
        "Give `by` and exactly one of at-least, at-most, more-than, less-than, exactly, between, maintain."
    DATA_COLUMN "data/column" Error
        "The columns of a dataset's CSV file are not those that its TOML file declares."
        "Values would go unread, or under the wrong name."
        "Give the header of the CSV file and the [column.…] tables the same names, each once, and name key columns in `key`."
    DATA_ROW "data/row" Error
        "A row of a dataset does not hold together."
        "A comma too many or too few, or a quote that is never closed, puts values under the wrong column."
        "Give each row as many cells as the header; put cells that hold a comma in quotes."
    DATA_VALUE "data/value" Error
        "A cell of a dataset is neither a number nor one of the symbols for a value that was not published."
        "Nobody could tell what it stands for."
        "Write digits with a point and nothing else: 1200, 4.5. A value that is not there is z, x, c, k, low, u or gap."
    DATA_KEY "data/key" Error
        "A row of a dataset has no key, or the key of another row."
        "An expression that asks for the key could mean either row."
        "Correct the key, or add a column to `key`."
    TEMPLATE_FRONT "template/front-matter" Error
        "A template does not start with its front matter."
        "Without a title and the rest, no document can be made of it."
        "Start the file with a line +++, then at least `title = ` and the title in quotes, then a line +++."
    IMAGE_UNREADABLE "image/unreadable" Error
        "A picture's file is damaged or of another kind than its name says."
        "It cannot be shown."
        "Export the picture again as SVG, PNG or JPEG."
    IMAGE_ACTIVE "image/active" Warning
        "A picture holds scripts, event handlers or animation."
        "They have no place in a printed document and can be harmful. They are left out."
        "Export the picture without them."
    IMAGE_EXTERNAL "image/external" Error
        "A picture takes in something from outside itself."
        "An external file cannot be trusted to be there, or to stay what it is, so that part of the picture would be missing."
        "Embed it in the picture, or draw it as shapes."
    THEME_TOKENS "theme/tokens" Error
        "A theme's tokens cannot be read."
        "Both writers take fonts, colours and sizes from theme.toml."
        "Compare the file with templates/themes/standard/theme.toml."

    // Asking whether the project agrees with itself: src/check.
    ID_DUPLICATE "id/duplicate" Error
        "Two records of a kind have the same id."
        "A reference to that id could mean either of them."
        "Give one of them another id, and see to the references to it."
    REFERENCE_IN_TEXT "reference/unknown-in-text" Warning
        "A text mentions an id that looks like one of the plan's, but is none of them."
        "Readers look the id up and do not find it. In text nothing else catches such a slip."
        "Correct the id in the text; the help names the nearest one."
    DATE_ORDER "date/order" Warning
        "Two dates of a record stand in an order that cannot be."
        "Something cannot be done before it was started, or end before it begins; one of the dates is a slip."
        "Correct the date that is wrong."
    DATE_MISSING "date/missing" Warning
        "An action or milestone has no date at all."
        "Nobody can say whether it is late, and the table shows a gap. Work without an end has a date too: ongoing."
        "Give it `due`, or `done` if it is done already."
    PERIOD_UNKNOWN "target/unknown-period" Warning
        "A target is for a time at which no reporting period ends."
        "The scorecard has no column for it, so it would not be shown."
        "Use the month in which a period ends, or add a period."
    KPI_UNMEASURED "kpi/no-justification" Warning
        "A KPI stands in the scorecard, but no impact measure covers it."
        "The plan must say of each KPI why it shows improvement."
        "Add its id to the `kpis` of a [[measure]], or set `scorecard = false`."
    KPI_NOT_SHOWN "kpi/not-in-scorecard" Warning
        "An impact measure covers a KPI that does not stand in the scorecard."
        "The plan says that the KPI shows improvement, and then never shows it."
        "Take `scorecard = false` away, or take the KPI out of the measure."
    KPI_MEASURED_TWICE "kpi/justified-twice" Warning
        "A KPI is covered by two impact measures."
        "It would stand in the table twice, with two justifications."
        "Keep it in one of them."
    KPI_NO_BASELINE "kpi/no-baseline" Warning
        "A KPI that has a direction says nothing about its baseline."
        "Improvement is measured from it, and a blank cell cannot be told from a forgotten one."
        "Give the first value, or write `baseline = ` and the word required in quotes."
    KPI_UNIT "kpi/unit" Warning
        "A value does not go with the KPI's unit or direction."
        "140% of plans, a range whose ends are swapped, or at least 10 weeks where fewer weeks are better is nearly always a slip."
        "Correct the value, the unit or the direction."
    PROGRESS_MISSING "progress/missing" Warning
        "An action or milestone is overdue, and nothing says how it is going."
        "A board asks first about what is late."
        "Add `progress`, or `done` with the date, or `revised` with the new date and why."
    RAG_CONTRADICTED "rag/contradicted" Warning
        "A rating given by hand is not what the scheme's rules say."
        "One of the two misleads: the rating, or the dates."
        "Take the rating away, correct the dates, or say who overrides the rules, when and why: `rag = { is, by, on, why }`."
    RAG_UNKNOWN_RATING "rag/unknown-rating" Error
        "A rating or severity that the scheme does not have."
        "It has no colour, letter or word, so it cannot be shown."
        "Use the id of one of the scheme's ratings."
    RAG_RULE "rag/rule" Error
        "A rule of a rating scheme cannot be used."
        "Rows would have no rating, or a wrong one."
        "A rule is a comparison of facts that gives yes or no, such as: overdue and not done. The help names the facts."
    RAG_NO_OTHERWISE "rag/no-otherwise" Warning
        "A rating scheme has no rating for rows that none of its rules fits."
        "Such rows would have no rating."
        "Leave `when` out of the last rating: then it is what the others are not."
    RAG_COLOUR "rag/unknown-colour" Error
        "A rating names a colour that the theme does not have."
        "It cannot be drawn."
        "Use one of the colours of the theme's [rag] table, or add it there."
    REF_DUPLICATE "ref/duplicate" Warning
        "Two rows of a statement are printed with the same reference."
        "Somebody who looks the reference up may read the wrong row."
        "Give one of the rows another `ref`. Both are kept and shown until then."
    ROLL_UP_CONTRADICTED "roll-up/contradicted" Warning
        "A published roll-up is not what the rows give by the scheme's convention."
        "Readers of the summary and of the rows would learn different things."
        "Correct the rows or the published figure; the note shows the arithmetic. Documents print the computed figure."
    DATA_IDENTITY "data/identity" Warning
        "Values of a dataset are not what they must be by one of its identities."
        "Readers who add up the table find that it does not come out; one of the values is a slip."
        "Correct the value. If the source itself has it so, keep it, acknowledge the finding and say so in the dataset's `note`."
    DATA_IDENTITY_RULE "data/identity-rule" Error
        "An identity of a dataset cannot be tried."
        "Nothing would watch over what it says."
        "Compare two sides of arithmetic with columns of numbers: a + b == c. previous(a) is the period before, sum(a) adds up the rows that the row named by `where` is the total of."
    CRITERION_EMPTY "criterion/no-intention" Warning
        "A criterion has no intention."
        "Its action table would be empty."
        "Add an [[intention]] for it, or take the criterion out."
    STATUS_STEPS "status/unfinished-steps" Info
        "A response is complete while a step of it is not."
        "One of the two statuses may be out of date."
        "Bring the statuses into line, or leave the step as work that goes on."
    ARCHIVED_NOWHERE "archived/no-destination" Info
        "A row is archived, and nothing says where it went."
        "Readers cannot tell work that moved from work that was dropped."
        "Give `archived-to` the id of the response or finding it went to, if it went anywhere."
    PERCENT_MISSING "percent/missing" Warning
        "A response does not say how much of it is done."
        "Percentages of its finding and area would be made without it."
        "Give it `percent`, or archive it."
    TOTAL_TWICE "total/twice" Error
        "There are two published totals."
        "A plan has one total; Annexe would not know which to hold against the rows."
        "Keep one [[total]]."
    UNUSED_OBJECTIVE "unused/objective" Warning
        "An objective has no actions."
        "Its section would be empty."
        "Add its actions, or take it out."
    UNUSED_WEAKNESS "unused/weakness" Warning
        "No objective answers an area of weakness."
        "The plan must answer every area that the inspection named."
        "Add its id to the `weaknesses` of an objective."
    UNUSED_ROLE "unused/role" Info
        "A role answers for nothing."
        "It may be left over."
        "Take it out if it is not needed any more."
    UNUSED_PRIORITY "unused/priority" Warning
        "No intention serves a priority."
        "The document names it as a priority and then does nothing about it."
        "Add an [[intention]] for it, or take the priority out."
    UNUSED_NARRATIVE "unused/narrative" Warning
        "No document includes a narrative file."
        "Somebody may be editing words that nobody will read."
        "Include it in a template, or move it out of content/."
    UNUSED_IMAGE "unused/image" Warning
        "No document shows a picture of content/images."
        "Somebody may believe that it is published."
        "Show it in a document, or delete it."
    THEME_CONTRAST "theme/contrast" Warning
        "Text on a RAG colour of the theme is hard to read."
        "WCAG 2.2 AA, and so the law for public bodies, asks for a contrast of 4.5 to 1."
        "Make one of the two colours lighter or darker."
    ACKNOWLEDGED_UNUSED "acknowledged/unused" Warning
        "An entry of content/acknowledged.toml fits no finding."
        "What it settled is put right, or the entry has a slip and settles nothing."
        "Take the entry out, or correct it."
    ACKNOWLEDGED_EXPIRED "acknowledged/expired" Warning
        "An entry of content/acknowledged.toml is past its date."
        "It was agreed only until then, so the finding counts again."
        "Put the cause right, or agree a new date."

    // Spreadsheets: src/exchange.
    IMPORT_SHEET "import/sheet" Error
        "A spreadsheet cannot be read, or it is not clear which sheet is meant."
        "Nothing can be taken from a file that is damaged, protected, or made to unpack without end."
        "Open the file, delete what is not part of the table, and save it as .xlsx or .csv. Name the sheet with --sheet."
    IMPORT_CSV "import/csv" Error
        "A line of a CSV file does not hold together."
        "A quote that is never closed, or a comma too many, puts words into the wrong fields."
        "Close the quote, double quotes inside a quoted cell, and give each row as many cells as the header."
    IMPORT_CELL "import/cell" Error
        "A cell does not say one thing for its row: a formula, an error, merged cells."
        "The value that a spreadsheet keeps for a formula may be out of date, and nobody can tell which rows a merged cell is for."
        "Paste the values over the formulas; unmerge cells and fill in each row."
    IMPORT_COLUMN "import/column" Error
        "A column is missing, or there are two of the same name."
        "Every row would lack the field, or have the wrong one."
        "Correct the header, or the mapping."
    IMPORT_COLUMN_UNUSED "import/column-unused" Warning
        "A column is read into no field."
        "What owners wrote there is not taken over."
        "Map it to a field, or name it under `ignore` in the mapping."
    IMPORT_WORD "import/word" Error
        "A word that the mapping has no value for."
        "Nobody has said what it means in the plan, and a guess would be worse than a question."
        "Correct the cell, or add the word to the field's `values` in the mapping."
    IMPORT_MAPPING "import/mapping" Error
        "A mapping says something that cannot be done."
        "Rows would be read wrongly or not at all."
        "docs/spreadsheets.md tells what a mapping may say; content/import/ holds mappings that work."
    IMPORT_JOIN "import/join" Error
        "A row has no partner in a file that is joined, or that file has two for it."
        "The record would lack what the other file should have said."
        "Add the row to the joined file; or say `optional = true` for the join."
    IMPORT_TARGET "import/target" Error
        "Records cannot be put into this file."
        "Imported records belong into a TOML file of content/plan, where the plan is read from, in the form [[kind]]."
        "Name a file such as content/plan/risks.toml with --to, and write its records as [[tables]]."
    EXPORT_LEFT_OUT "export/left-out" Warning
        "A sheet cannot hold all that a record says."
        "Owners would miss it. Importing the sheet again leaves it as it is."
        "Edit it in the plan's TOML file; parts of records have sheets of their own."
    EXPORT_FILES "export/several-files" Warning
        "The records of a kind stand in several files."
        "An import goes into one file, and would take records of another for new ones."
        "Export one file at a time with --from."
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code == code).copied()
}
