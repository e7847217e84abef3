//! Faults of a theme, and text it cannot draw: findings, never a wrong page or a hang.

use std::time::{Duration, Instant};

use annexe::diag::{Finding, Place, Severity};
use annexe::document::{Block, BlockKind, Document, Inline, Paragraph, ParagraphRole};
use annexe::source::{Sources, Span};
use annexe::write::pdf::{ThemeInput, layout, standard_theme};

use super::theme::{standard_files, theme_of};
use crate::support::sample::meta;

fn document_saying(words: &str) -> Document {
    Document { meta: meta(), blocks: vec![Block::paragraph(words)], assets: Default::default() }
}

/// The standard theme with `theme.typ` replaced, known to `sources` as a project's theme would be.
fn theme_with_entry(text: &str, sources: &mut Sources) -> ThemeInput {
    let mut files = standard_files();
    let source = sources.add("templates/themes/standard/theme.typ", text);
    let entry = files.get_mut("theme.typ").unwrap();
    entry.bytes = text.as_bytes().into();
    entry.source = Some(source);
    theme_of(files)
}

fn faults_of(text: &str) -> (Vec<Finding>, Sources) {
    let mut sources = Sources::default();
    let theme = theme_with_entry(text, &mut sources);
    (layout(&document_saying("Words."), &theme).err().expect("a fault"), sources)
}

#[test]
fn a_fault_in_a_theme_points_at_its_line() {
    let (findings, sources) = faults_of("#let a = 1\n#b\n");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule.code, "theme/fault");
    assert_eq!(findings[0].message, "unknown variable: b");
    assert_eq!(
        findings[0].location(&sources),
        ("templates/themes/standard/theme.typ".into(), 2, 2)
    );
}

#[test]
fn a_fault_in_a_file_that_is_no_source_names_file_and_line_in_words() {
    let mut files = standard_files();
    files.get_mut("cover.typ").unwrap().bytes = b"#let x = (\n".as_slice().into();
    let findings = layout(&document_saying("Words."), &theme_of(files)).err().unwrap();
    assert_eq!(findings[0].rule.code, "theme/fault");
    assert_eq!(findings[0].place, Place::Path("templates/themes/standard/cover.typ".into()));
    assert!(
        findings[0].notes.iter().any(|note| note.starts_with("at cover.typ:1:")),
        "{:?}",
        findings[0].notes
    );
}

#[test]
fn an_unknown_font_is_an_error_that_names_the_nearest() {
    let (findings, sources) = faults_of("#set text(font: \"Noto Sens\")\nWords\n");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].rule.code, "theme/font");
    assert_eq!(findings[0].severity, Severity::Error);
    assert_eq!(findings[0].help.as_deref(), Some("did you mean \"Noto Sans\"?"));
    assert_eq!(findings[0].location(&sources).1, 1);
}

#[test]
fn an_unknown_font_in_the_tokens_is_found_before_anything_is_laid_out() {
    let mut tokens = standard_theme().unwrap().tokens;
    tokens.fonts.body = "Gill Sans".into();
    let findings =
        ThemeInput::new("own", tokens, standard_files(), Default::default()).err().unwrap();
    assert_eq!(findings[0].rule.code, "theme/font");
    assert_eq!(findings[0].place, Place::Path("templates/themes/own/theme.toml".into()));
}

#[test]
fn bytes_that_are_no_font_are_a_finding() {
    let fonts = [("fonts/own.ttf".to_owned(), b"no font".to_vec())].into();
    let tokens = standard_theme().unwrap().tokens;
    let findings = ThemeInput::new("own", tokens, standard_files(), fonts).err().unwrap();
    assert_eq!(findings[0].place, Place::Path("templates/themes/own/fonts/own.ttf".into()));
}

#[test]
fn a_theme_may_bring_its_own_font() {
    let mut tokens = standard_theme().unwrap().tokens;
    tokens.fonts.body = "Noto Sans".into();
    let fonts = [("fonts/own.ttf".to_owned(), notosans::REGULAR_TTF.to_vec())].into();
    let theme = ThemeInput::new("own", tokens, standard_files(), fonts).unwrap();
    assert!(layout(&document_saying("Words."), &theme).is_ok());
}

#[test]
fn a_theme_that_runs_away_is_given_up() {
    let mut sources = Sources::default();
    // Long enough to outlast the limit, short enough not to burden the tests after it.
    let mut theme = theme_with_entry(
        "#let n = 0\n#for i in range(2000) { for j in range(1000) { n += 1 } }\n#n",
        &mut sources,
    );
    theme.time_limit = Duration::from_millis(100);
    let start = Instant::now();
    let findings = layout(&document_saying("Words."), &theme).err().unwrap();
    assert!(start.elapsed() < Duration::from_secs(30));
    assert_eq!(findings[0].rule.code, "theme/fault");
    assert_eq!(findings[0].message, "the layout was not done after 0.1 seconds");
}

#[test]
fn packages_and_files_outside_the_theme_cannot_be_reached() {
    let (findings, _) = faults_of("#import \"@preview/cetz:0.3.0\"\n");
    assert!(findings[0].message.contains("packages cannot be used"), "{}", findings[0].message);
    for path in ["/etc/passwd", "../../../etc/passwd", "other.typ"] {
        let (findings, _) = faults_of(&format!("#read({path:?})\n"));
        assert_eq!(findings[0].rule.code, "theme/fault", "{path}");
    }
}

#[test]
fn the_clock_is_the_document_s_day() {
    let mut sources = Sources::default();
    let theme = theme_with_entry(
        "#set document(title: \"T\")\n#assert.eq(datetime.today(), datetime(year: 2022, month: 4, day: 30))\n",
        &mut sources,
    );
    assert!(layout(&document_saying("Words."), &theme).is_ok());
}

#[test]
fn a_letter_that_no_font_has_is_a_finding_at_its_block() {
    let mut sources = Sources::default();
    let file = sources.add("content/a.md", "Words ꧁ here");
    let span = Span::new(file, 0..9);
    let paragraph =
        Paragraph { role: ParagraphRole::Body, content: vec![Inline::text("Words ꧁ here")] };
    let document = Document {
        blocks: vec![Block::at(BlockKind::Paragraph(paragraph), span)],
        ..document_saying("")
    };
    let findings = layout(&document, &standard_theme().unwrap()).err().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule.code, "text/glyph");
    assert_eq!(findings[0].place, Place::Span(span));
}

#[test]
fn every_letter_of_western_europe_and_of_tables_is_drawn() {
    let document = document_saying(
        "ŵŷâêîôû ÀÉÎÕÜ ß ñ ç — – ‘’ “” … • ≥ ≤ ± × ÷ − ½ £ € ° ✓ ▲ ▼ ● → \u{2011} \u{a0}",
    );
    assert!(layout(&document, &standard_theme().unwrap()).unwrap().pdf().is_ok());
}

#[test]
fn what_is_accessible_but_not_fit_for_archives_is_written_and_told() {
    let mut sources = Sources::default();
    // PDF/A-2 allows no attached files that are not PDF/A themselves.
    let theme = theme_with_entry(
        "#set document(title: \"T\")\n#set text(lang: \"en\")\nWords.\n#pdf.attach(\"a.csv\", bytes(\"a,b\"), description: \"A\")\n",
        &mut sources,
    );
    let (bytes, found) = layout(&document_saying("Words."), &theme).unwrap().archived().unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(found[0].rule.code, "theme/archive", "{found:#?}");
    assert_eq!(found[0].severity, annexe::diag::Severity::Warning);
    assert!(annexe::diag::render::short(&found[0], &sources).contains("theme.typ:4"), "{found:#?}");
    let (_, none) =
        layout(&document_saying("Words."), &standard_theme().unwrap()).unwrap().archived().unwrap();
    assert!(none.is_empty(), "{none:#?}");
}
