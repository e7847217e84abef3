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
        "Split the file. Narrative and data files may have 5 MB, lines 100,000 characters, nesting 40 levels."
    WRITE_FAILED "write/failed" Error
        "A document could not be written."
        "The file that was there before is left as it was."
        "See the note for the reason: a full disk, a folder without permission, a file open in Word."
    WRITE_UNSHOWN "write/unshown" Error
        "A document holds something that this format cannot show."
        "What a writer cannot show it must not leave out silently, or PDF and Word would say different things."
        "The note says what is missing: a picture that was not read, a link that leads nowhere, a colour that the theme does not have."
    THEME_FAULT "theme/fault" Error
        "The theme does not compile, or took too long."
        "A theme is Typst code in templates/themes; a fault in it stops every document that uses it."
        "The note gives the theme's file and line."
}

/// The rule with this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code == code).copied()
}
