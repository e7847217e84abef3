//! Rules about reading files: `load`.

rules! {
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
    WORDS_KEEP "words/keep" Warning
        "content/words.toml keeps a word that is on no list of hard words."
        "The line does nothing; as a rule the word is misspelt, and the hard word is still found."
        "Correct the word, or delete the line."
}
