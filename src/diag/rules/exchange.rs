//! Rules about spreadsheets: `exchange`.

rules! {
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
