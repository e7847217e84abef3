//! Prints findings: for people, one a line for editors, and as JSON for machines.
//!
//! All three are made from the same data in the same order; none adds or leaves out a
//! finding. Text from files is shown with control characters taken out, so that a file
//! cannot write to a terminal.

use std::ops::Range;
use std::time::Duration;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};
use serde_json::{Value as Json, json};

use crate::diag::{Finding, Findings, Place, Severity, slashed};
use crate::source::{Sources, Span};

/// Columns that printed findings keep to.
const WIDTH: usize = 120;
/// Bytes of a long line that are shown on each side of the marked words.
const AROUND: usize = 200;

/// A finding for people, with the author's own line; `colour` adds terminal colours.
pub fn human(finding: &Finding, sources: &Sources, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(WIDTH);
    renderer.render(&[group(finding, sources)])
}

/// A finding as one line: `file:line:column: severity[code]: message`, as editors and `grep` like it.
pub fn short(finding: &Finding, sources: &Sources) -> String {
    let (file, line, column) = finding.location(sources);
    let place = match (file.is_empty(), line) {
        (true, _) => String::new(),
        (false, 0) => format!("{file}: "),
        (false, _) => format!("{file}:{line}:{column}: "),
    };
    let severity = finding.severity.word();
    plain(&format!("{place}{severity}[{}]: {}", finding.rule.code, finding.message))
}

/// Findings for machines: `{"findings":[{"code","severity","message","file","line","column","help"}]}`.
/// Line and column are 0 where a whole file or the project is meant.
pub fn json(findings: &Findings, sources: &Sources) -> String {
    let list: Vec<Json> = findings
        .iter()
        .map(|finding| {
            let (file, line, column) = finding.location(sources);
            json!({
                "code": finding.rule.code,
                "severity": finding.severity.word(),
                "message": finding.message,
                "file": file,
                "line": line,
                "column": column,
                "help": finding.help,
            })
        })
        .collect();
    json!({ "findings": list }).to_string()
}

/// The closing line: "2 errors, 2 warnings in 14 files (38 ms).  annexe explain date/impossible tells more."
pub fn summary(findings: &Findings, sources: &Sources, took: Duration) -> String {
    let errors = count(findings.count(Severity::Error), "error");
    let warnings = count(findings.count(Severity::Warning), "warning");
    let notes = match findings.count(Severity::Info) {
        0 => String::new(),
        infos => format!(", {}", count(infos, "note")),
    };
    let files = count(sources.iter().filter(|(_, file)| !file.built_in).count(), "file");
    let line = format!("{errors}, {warnings}{notes} in {files} ({} ms).", took.as_millis());
    // The gravest finding is the one to read about first.
    let worst = findings.iter().max_by_key(|finding| finding.severity).map(|worst| worst.severity);
    match findings.iter().find(|finding| Some(finding.severity) == worst) {
        Some(finding) => format!("{line}  annexe explain {} tells more.", finding.rule.code),
        None => line,
    }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A text without anything a terminal would obey.
fn plain(text: &str) -> String {
    normalize_untrusted_str(text).lines().collect::<Vec<_>>().join(" ")
}

fn group<'a>(finding: &'a Finding, sources: &'a Sources) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut group = Group::with_title(level.primary_title(&finding.message).id(finding.rule.code));
    match &finding.place {
        Place::Span(span) => {
            let label = finding.label.as_deref();
            group = shown(group, sources, *span, AnnotationKind::Primary, label);
        }
        Place::Path(path) => group = group.element(Origin::path(slashed(path))),
        Place::Project => {}
    }
    for (span, what) in &finding.related {
        group = shown(group, sources, *span, AnnotationKind::Context, Some(what));
    }
    let notes = finding.notes.iter().map(|note| Level::NOTE.message(plain(note)));
    let help = finding.help.iter().map(|help| Level::HELP.message(plain(help)));
    group.elements(notes).elements(help)
}

/// Adds the line that `span` starts on, with the words in question marked.
fn shown<'a>(
    group: Group<'a>,
    sources: &'a Sources,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Group<'a> {
    let file = sources.file(span.file);
    let position = sources.position(span);
    let start = file.line_start(position.line).unwrap_or(0);
    let rest = file.text.get(start..).unwrap_or("");
    let line = rest.lines().next().unwrap_or("");
    let (window, marked) = window(line, span.range(), start);
    let annotation = kind.span(marked);
    let annotation = match label {
        Some(label) => annotation.label(label),
        None => annotation,
    };
    let snippet = Snippet::source(window).line_start(position.line).annotation(annotation);
    let path = slashed(&file.path);
    if window.len() == line.len() {
        return group.element(snippet.path(path));
    }
    // Of a line shown in part, the columns that the snippet would count are not the file's.
    let origin = Origin::path(path).line(position.line).char_column(position.column);
    group.element(origin).element(snippet)
}

/// The part of `line` (which starts at byte `start` of its file) to show, and where in it the
/// marked words are. All cuts fall between characters.
fn window(line: &str, span: Range<usize>, start: usize) -> (&str, Range<usize>) {
    let floor = |at: usize| (0..=at.min(line.len())).rev().find(|&i| line.is_char_boundary(i));
    let floor = |at: usize| floor(at).unwrap_or(0);
    let from = floor(span.start.saturating_sub(start));
    let to = floor(span.end.saturating_sub(start)).max(from);
    let left = if from > AROUND { floor(from - AROUND) } else { 0 };
    let right = floor((to + AROUND).min(from + 2 * AROUND));
    let shown = line.get(left..right).unwrap_or("");
    (shown, from - left..to.min(right) - left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::rules::{DATE_IMPOSSIBLE, FILE_MISSING, KEY_UNKNOWN};

    fn example() -> (Findings, Sources) {
        let mut sources = Sources::default();
        let text = "[[action]]\nid = \"AP1\"\ndue = \"31 Nov 2022\"\nnte = \"é\"\n";
        let file = sources.add("content/plan/actions.toml", text);
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(file, start..start + words.len())
        };
        let mut findings = Findings::default();
        findings.push(
            Finding::new(&DATE_IMPOSSIBLE, "31 November 2022 is not a date")
                .at(at("\"31 Nov 2022\""))
                .label("November has 30 days")
                .note("due dates are never changed later")
                .help("the milestone before it is due 30 October 2022")
                .related(at("AP1"), "of this action"),
        );
        findings.push(Finding::new(&KEY_UNKNOWN, "action \"AP1\" can have no `nte`").at(at("nte")));
        findings.push(Finding::new(&FILE_MISSING, "there is no a.md").in_file("content/a.md"));
        (findings, sources)
    }

    #[test]
    fn people_see_the_line_the_reason_and_the_help() {
        let (findings, sources) = example();
        let expected = "\
error[date/impossible]: 31 November 2022 is not a date
  ╭▸ content/plan/actions.toml:3:7
  │
3 │ due = \"31 Nov 2022\"
  │       ━━━━━━━━━━━━━ November has 30 days
";
        let all = |colour| {
            let shown = findings.iter().map(|finding| human(finding, &sources, colour));
            shown.collect::<Vec<_>>().join("\n\n")
        };
        let shown = all(false);
        assert!(shown.starts_with(expected), "{shown}");
        for part in [
            "note: due dates are never changed later",
            "help: the milestone before it",
            "of this action",
            "content/a.md",
        ] {
            assert!(shown.contains(part), "{shown}");
        }
        assert!(!shown.contains('\u{1b}'));
        assert!(all(true).contains('\u{1b}'));
    }

    #[test]
    fn one_line_each_for_editors() {
        let (findings, sources) = example();
        let lines: Vec<_> = findings.iter().map(|finding| short(finding, &sources)).collect();
        let expected = [
            "content/plan/actions.toml:3:7: error[date/impossible]: 31 November 2022 is not a date",
            "content/plan/actions.toml:4:1: error[key/unknown]: action \"AP1\" can have no `nte`",
            "content/a.md: error[file/missing]: there is no a.md",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn machines_get_every_field() {
        let (findings, sources) = example();
        let json: Json = serde_json::from_str(&json(&findings, &sources)).unwrap();
        assert_eq!(json["findings"].as_array().unwrap().len(), 3);
        assert_eq!(
            json["findings"][0],
            json!({
                "code": "date/impossible",
                "severity": "error",
                "message": "31 November 2022 is not a date",
                "file": "content/plan/actions.toml",
                "line": 3,
                "column": 7,
                "help": "the milestone before it is due 30 October 2022",
            })
        );
        assert_eq!(json["findings"][1]["help"], Json::Null);
    }

    #[test]
    fn the_closing_line_counts_and_points_to_explain() {
        let (mut findings, sources) = example();
        let took = Duration::from_millis(38);
        let line = summary(&findings, &sources, took);
        let expected =
            "3 errors, 0 warnings in 1 file (38 ms).  annexe explain date/impossible tells more.";
        assert_eq!(line, expected);
        findings.iter_mut().for_each(|finding| finding.severity = Severity::Info);
        let line = summary(&findings, &sources, took);
        assert!(line.starts_with("0 errors, 0 warnings, 3 notes in 1 file (38 ms)."), "{line}");
        let line = summary(&Findings::default(), &Sources::default(), took);
        assert_eq!(line, "0 errors, 0 warnings in 0 files (38 ms).");
    }

    #[test]
    fn a_long_line_is_shown_in_part_with_its_true_column() {
        let mut sources = Sources::default();
        let text = format!("{}here{}", "é".repeat(40_000), "x".repeat(40_000));
        let file = sources.add("a.md", text);
        let place = Span::new(file, 80_000..80_004);
        let finding = Finding::new(&KEY_UNKNOWN, "what").at(place).label("this");
        let shown = human(&finding, &sources, false);
        assert!(shown.contains("a.md:1:40001") && shown.contains("here"), "{shown}");
        assert!(shown.chars().count() < 1_200, "{}", shown.chars().count());
    }

    #[test]
    fn any_span_can_be_shown() {
        let mut sources = Sources::default();
        let text = "é\n\nab\u{1b}[31m";
        let file = sources.add("a.md", text);
        for start in 0..text.len() + 3 {
            for end in start..text.len() + 3 {
                let span = Span::new(file, start..end);
                let finding = Finding::new(&KEY_UNKNOWN, "what\u{1b}[2J").at(span).label("x");
                let shown = human(&finding, &sources, false) + &short(&finding, &sources);
                assert!(!shown.contains('\u{1b}'), "{shown}");
            }
        }
    }
}
