//! Names and values on the command line: what cannot be meant is refused, and the right word named.

use super::{Starter, annexe};

/// That `args` are misuse, and that what is printed holds each of `said`.
#[track_caller]
fn refused(starter: &Starter, args: &[&str], said: &[&str]) {
    let ran = starter.run(args).exits(2);
    for words in said {
        assert!(ran.err.contains(words), "{args:?} does not say {words:?}:\n{}", ran.err);
    }
    assert_eq!(ran.out, "");
    assert!(starter.output().is_empty(), "{args:?} wrote something");
}

#[test]
fn unknown_names_name_the_nearest() {
    let starter = Starter::new();
    starter.add_document(
        "letter",
        "[param.objective]\ntype = \"text\"\ndefault = \"O1\"",
        "Words.",
    );
    refused(&starter, &["build", "progres-plan"], &["progres-plan", "\"progress-plan\""]);
    refused(&starter, &["text", "leter"], &["\"letter\""]);
    refused(&starter, &["list", "leter"], &["\"letter\""]);
    refused(&starter, &["build", "--edition", "ful"], &["edition \"ful\"", "\"full\""]);
    refused(&starter, &["build", "--format", "pfd"], &["pfd", "pdf"]);
    refused(&starter, &["build", "--param", "objectve=O1"], &["\"objectve\"", "\"objective\""]);
    refused(&starter, &["explain", "file/unreadble"], &["file/unreadable"]);
    refused(&starter, &["help", "directive"], &["\"directives\""]);
    refused(&starter, &["man", "biuld"], &["\"build\""]);
    refused(&starter, &["biuld"], &["build"]);
}

#[test]
fn a_name_that_is_near_to_none_lists_what_there_is() {
    let starter = Starter::new();
    refused(&starter, &["build", "zzz"], &["progress-plan"]);
    refused(&starter, &["build", "../progress-plan"], &["no document"]);
    refused(&starter, &["build", "--param", "x=1"], &["no parameter"]);
}

#[test]
fn values_of_a_wrong_type_are_refused() {
    let starter = Starter::new();
    let front = "[param.from]\ntype = \"date\"\ndefault = \"2026-01-01\"\n\
                 [param.top]\ntype = \"number\"\ndefault = \"3\"\n\
                 [param.draft]\ntype = \"yes-no\"\ndefault = \"no\"";
    starter.add_document("letter", front, "Words.");
    refused(&starter, &["build", "--param", "from=31 Nov"], &["\"from\"", "YYYY-MM-DD"]);
    refused(&starter, &["build", "--param", "from=2026-11-31"], &["\"from\""]);
    refused(&starter, &["build", "--param", "top=many"], &["\"top\"", "number"]);
    refused(&starter, &["build", "--param", "top=inf"], &["\"top\""]);
    refused(&starter, &["build", "--param", "draft=maybe"], &["\"draft\"", "yes"]);
    refused(&starter, &["build", "--param", "draft"], &["name=value"]);
    refused(&starter, &["build", "--as-at", "2026-02-30"], &["--as-at"]);
    refused(&starter, &["build", "--jobs", "0"], &["--jobs"]);
    let right = ["--param", "from=2026-05-01", "--param", "top=2.5", "--param", "draft=yes"];
    starter.run(&[&["build", "letter", "--format", "docx"], right.as_slice()].concat()).exits(0);
}

#[test]
fn a_document_that_needs_a_value_is_left_out_of_a_whole_build_and_asks_when_it_is_named() {
    let starter = Starter::new();
    let front = "[param.objective]\ntype = \"text\"\nhelp = \"The objective's id\"";
    starter.add_document("letter", front, "Words.");
    refused(&starter, &["build", "letter"], &["--param objective=", "The objective's id"]);
    let ran = starter.run(&["build"]).exits(0);
    assert!(
        ran.out.contains("letter") && ran.out.contains("left out: it needs --param objective=")
    );
    assert!(!starter.output().iter().any(|name| name.starts_with("letter")));
    starter.run(&["build", "letter", "--param", "objective=O1"]).exits(0);
    assert!(starter.path("output/letter.full.o1.pdf").exists());
}

#[test]
fn rag_is_short_for_the_parameter_of_that_meaning() {
    let starter = Starter::new();
    let front = "[param.ratings]\ndefault = \"declared\"\nhelp = \"whose\"";
    starter.add_document("letter", front, "Ratings: {{ param.ratings }}.");
    assert!(starter.run(&["text", "letter"]).exits(0).out.contains("Ratings: declared."));
    let computed = starter.run(&["text", "letter", "--rag", "computed"]).exits(0);
    assert!(computed.out.contains("Ratings: computed."));
    refused(&starter, &["text", "progress-plan", "--rag", "computed"], &["ratings"]);
}

#[test]
fn every_rule_can_be_explained() {
    let list = annexe(&["explain"]).exits(0).out;
    for rule in annexe::diag::rules::ALL.iter() {
        assert!(list.contains(rule.code), "{} is not listed", rule.code);
        let told = annexe(&["explain", rule.code]).exits(0).out;
        for part in [rule.code, rule.severity.word(), rule.summary, rule.why, rule.fix] {
            assert!(told.contains(part), "{} does not say {part:?}", rule.code);
            assert!(!part.trim().is_empty(), "{} has an empty part", rule.code);
        }
    }
}

#[test]
fn every_directive_is_in_the_help() {
    let told = annexe(&["help", "directives"]).exits(0).out;
    for directive in annexe::narrative::DIRECTIVES.iter() {
        assert!(told.contains(&format!("\n::: {}", directive.name)), "{}", directive.name);
        for attribute in directive.attributes {
            assert!(told.contains(attribute.doc), "{}: {}", directive.name, attribute.name);
        }
    }
}

#[test]
fn every_expression_in_the_help_has_a_value_in_the_starter_project() {
    let told = annexe(&["help", "expressions"]).exits(0).out;
    let mut body = String::new();
    for filter in annexe::assemble::filters::NAMES {
        let listed = told.lines().any(|line| {
            line.starts_with(filter.example) && line.ends_with(&format!("   {}", filter.gives))
        });
        assert!(listed, "{} is not listed", filter.name);
        let used = [format!("| {}", filter.name), format!("{{{{ {}(", filter.name)];
        assert!(used.iter().any(|used| filter.example.contains(used)), "{}", filter.name);
        body += &format!("{}\n\nNext.\n\n", filter.example);
    }
    let or = told.lines().find_map(|line| line.split_once("instead: ")).expect("`or` is shown").1;
    body += or;
    let starter = Starter::new();
    let front = "rag = { action = \"delivery\", kpi = \"measures\", risk = \"risk\" }";
    starter.add_document("examples", front, &body);
    starter.run(&["check", "--strict"]).exits(0);
    let text = starter.run(&["text", "examples"]).exits(0).out;
    for shown in ["21 May 2025", "4 Jun 2025", "November 2025", "10 to 14 March 2025", "16,935"] {
        assert!(text.contains(shown), "{shown} is not in:\n{text}");
    }
    for shown in ["up 17 percentage points", "7 percentage points below", "improved"] {
        assert!(text.contains(shown), "{shown} is not in:\n{text}");
    }
    assert!(text.contains("about 6 out of 10") && text.contains("None yet"), "{text}");
}

#[test]
fn a_filter_that_does_not_exist_names_the_nearest() {
    let starter = Starter::new();
    starter.add_document("slip", "", "{{ inspection.dates | date_rage }}");
    let ran = starter.run(&["check"]).exits(1);
    assert!(ran.out.contains("expression/unknown-function"), "{}", ran.out);
    assert!(ran.out.contains("did you mean `date_range`?"), "{}", ran.out);
}

#[test]
fn help_version_completions_and_manual_go_to_standard_output() {
    let commands =
        ["build", "check", "list", "text", "explain", "init", "help", "completions", "man"];
    let help = annexe(&["--help"]).exits(0);
    assert_eq!(help.err, "");
    assert_eq!(help.out, annexe(&["help"]).exits(0).out);
    for command in commands {
        assert!(help.out.contains(command), "{command}");
        assert!(annexe(&["help", command]).exits(0).out.contains("Usage: annexe"), "{command}");
        assert!(annexe(&["man", command]).exits(0).out.contains(".TH"), "{command}");
    }
    assert!(annexe(&["--version"]).exits(0).out.starts_with("annexe "));
    assert!(annexe(&["man"]).exits(0).out.contains(".TH annexe 1"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(annexe(&["completions", shell]).exits(0).out.contains("as-at"), "{shell}");
    }
}
