//! Kinds of record that a project declares: from nothing but files to tables, sheets and findings.

mod example;

use std::fmt::Write as _;

use annexe::assemble::{Options, assemble};
use annexe::diag::Severity;
use annexe::project::Project;

use crate::load::TestProject;

const SUPPLIER: &str = r#"
about = "Who delivers a service."
[field.name]
type = "text"
needed = true
help = "its name"
"#;

const CONTRACT: &str = r#"
about = "A contract that the partnership pays for."
[field.title]
type = "text"
needed = true
help = "what is bought"
[field.about]
type = "rich-text"
help = "what it is for"
[field.supplier]
type = "reference"
to = "supplier"
back = "contracts"
help = "id of who delivers it"
[field.owners]
type = "reference"
to = "role"
many = true
back = "contracts"
help = "ids of who answers for it"
[field.value]
type = "money"
help = "its whole value"
[field.spent]
type = "money"
history = true
help = "what was spent so far"
[field.share]
type = "computed"
from = "spent / value * 100"
gives = "percent"
decimals = 0
help = "how much was spent"
[field.size]
type = "computed"
from = "'large' if value > 100000 else 'small'"
gives = "choice"
choices = ["small", "large"]
help = "how large it is"
[field.runs]
type = "computed"
from = "days(starts, as_at)"
gives = "whole"
help = "days it has run"
[field.starts]
type = "date"
help = "its first day"
[field.review]
type = "due"
help = "when it is reviewed"
[field.state]
type = "rating"
scheme = "contracts"
help = "how it stands"
[field.renewable]
type = "yes-no"
help = "whether it may be renewed"
[field.tags]
type = "text"
many = true
help = "words to find it by"
"#;

const PLAN: &str = r#"
[[role]]
id = "lead"
name = "Lead officer"
[[supplier]]
id = "S1"
name = "Riverside Therapies"
[[supplier]]
id = "S2"
name = "Ash House"
[[contract]]
id = "C1"
title = "Therapy"
about = "Therapy **in schools**"
supplier = "S1"
owners = ["lead"]
value = 125000
spent = [{ on = 2022-01-10, is = 25000 }, { on = 2022-04-10, is = 50000.5 }]
starts = 2022-04-01
review = { due = 2022-03-31, revised = [{ on = 2022-03-01, to = 2022-06-15 }] }
state = "good"
renewable = true
tags = ["health", "schools"]
[[contract]]
id = "C2"
title = "Short breaks"
supplier = "S1"
value = 80000
spent = "c"
starts = 2022-04-30
added = 2022-02-01
[[scheme]]
id = "contracts"
name = "Contracts"
of = "risk"
[[scheme.rating]]
id = "good"
letter = "G"
word = "Going well"
meaning = "Nothing to do."
colour = "green"
"#;

/// A project with contracts and suppliers, and a document of `body`.
fn project(body: &str) -> TestProject {
    TestProject::new()
        .file("content/kinds/supplier.toml", SUPPLIER)
        .file("content/kinds/contract.toml", CONTRACT)
        .file("content/plan/contracts.toml", PLAN)
        .file("templates/contracts.md", format!("+++\ntitle = \"Contracts\"\n+++\n{body}\n"))
}

/// The text of the one document, and what was found that is no note.
fn text(project: &TestProject, as_at: Option<&str>) -> (String, Vec<String>) {
    let (loaded, findings) = project.load();
    let loaded: Project = loaded.unwrap_or_else(|_| panic!("{findings:?}"));
    let day = as_at.map_or(loaded.settings.as_at, |day| day.parse().unwrap());
    let mut all = findings;
    all.extend(annexe::check::check(&loaded, None));
    let template = loaded.templates.values().next().unwrap();
    let options = Options {
        edition: "full".to_owned(),
        as_at: day,
        parameters: std::collections::BTreeMap::new(),
    };
    let assembly = assemble(&loaded, template, &options);
    all.extend(assembly.findings.iter().cloned());
    let found = all.iter().filter(|finding| finding.severity > Severity::Info);
    let found = found.map(|finding| format!("{} {}", finding.rule.code, finding.message));
    (annexe::write::text::text(&assembly.document), found.collect())
}

/// What `{{ expression }}` shows.
fn shown(expression: &str) -> String {
    let (text, _) = text(&project(&format!("Shown: {{{{ {expression} }}}}.")), None);
    let line = text.lines().find_map(|line| line.strip_prefix("Shown: "));
    line.unwrap_or_else(|| panic!("{expression}: {text}")).trim_end_matches('.').to_owned()
}

#[test]
fn every_type_of_field_has_its_value_in_expressions() {
    for (expression, is) in [
        ("contract.C1.title", "Therapy"),
        ("contract.C1.name", "Therapy"),
        ("contract.C1", "Therapy"),
        ("contract.C1.about", "Therapy **in schools**"),
        ("contract.C1.supplier", "Riverside Therapies"),
        ("contract.C1.supplier.name", "Riverside Therapies"),
        ("contract.C1.supplier.contracts[1].supplier.id", "S1"),
        ("contract.C1.owners", "Lead officer"),
        ("role.lead.contracts", "Therapy"),
        ("contract.C1.value", "£125,000"),
        ("contract.C1.spent", "£50,000.50"),
        ("contract.C1.share", "40%"),
        ("contract.C1.size", "large"),
        ("contract.C1.runs", "29"),
        ("contract.C1.starts", "1 April 2022"),
        ("contract.C1.review", "15 June 2022"),
        ("contract.C1.review.first", "31 March 2022"),
        ("contract.C1.review.moved", "1"),
        ("'yes' if contract.C1.review.overdue else 'no'", "no"),
        ("contract.C1.state.word", "Going well"),
        ("'yes' if contract.C1.renewable else 'no'", "yes"),
        ("contract.C1.tags", "health and schools"),
        ("contract.C2.share | stated", "confidential"),
        ("plan.contracts | length", "2"),
        ("supplier.S1.contracts", "Therapy and Short breaks"),
        ("plan.contracts | map(attribute='value') | sum", "£205,000"),
        ("plan.contracts | sum('value')", "£205,000"),
        ("plan.contracts | mean('value')", "£102,500"),
        ("plan.contracts | sort(attribute='value')", "Short breaks and Therapy"),
        ("plan.contracts | sort(attribute='starts', reverse=true)", "Short breaks and Therapy"),
        ("plan.contracts | group('supplier') | map(attribute='count')", "2"),
        ("(plan.contracts | group('size'))[0].items", "Therapy"),
    ] {
        assert_eq!(shown(expression), is, "{expression}");
    }
}

#[test]
fn an_earlier_day_knows_what_was_known_then() {
    let body =
        "Spent {{ contract.C1.spent }} of {{ plan.contracts | length }}, {{ contract.C1.review }}.";
    let project = project(body);
    let on = |day: &str| {
        let (text, _) = text(&project, Some(day));
        text.lines().find(|line| line.starts_with("Spent")).unwrap_or_default().to_owned()
    };
    assert_eq!(on("2022-06-01"), "Spent £50,000.50 of 2, 15 June 2022.");
    assert_eq!(on("2022-02-15"), "Spent £25,000 of 2, 31 March 2022.");
    assert_eq!(on("2022-01-15"), "Spent £25,000 of 1, 31 March 2022.");
}

#[test]
fn a_table_of_them_is_a_table() {
    let body = "::: rows in=plan.contracts as=c caption=\"Contracts\" summary=\"Each contract.\"
| Contract | Value | Share |
|---|---|---|
| {{ c.title }} | {{ c.value }} | {{ c.share | stated }} |
:::";
    let (text, found) = text(&project(body), None);
    assert!(text.contains("| Therapy | £125,000 | 40%"), "{text}");
    assert!(text.contains("| Short breaks | £80,000 | confidential"), "{text}");
    let suppressed =
        "computed/suppressed `share` of contract \"C2\" needs `spent`, which is confidential";
    assert!(found.iter().any(|line| line == suppressed), "{found:?}");
}

#[test]
fn a_misspelt_name_is_told_with_the_nearest() {
    for (expression, message) in [
        ("contract.C1.valeu", "`contract.C1` has no `valeu`"),
        ("contract.C9.value", "`contract` has no `C9`"),
        ("plan.contrats", "`plan` has no `contrats`"),
    ] {
        let (_, found) = text(&project(&format!("{{{{ {expression} }}}}")), None);
        let told = format!("reference/unknown {message}");
        assert!(found.contains(&told), "{found:?}");
    }
}

#[test]
fn a_kind_that_there_is_gets_fields() {
    let risk = r#"
about = "How likely and how bad a risk is."
[field.likelihood]
type = "whole"
least = 1
most = 5
needed = true
help = "how likely it is"
[field.impact]
type = "whole"
least = 1
most = 5
help = "how bad it would be"
[field.score]
type = "computed"
from = "likelihood * impact"
gives = "whole"
help = "the one times the other"
[field.contracts]
type = "reference"
to = "contract"
many = true
back = "risks"
help = "ids of contracts it bears on"
"#;
    let risks = r#"
[[risk]]
id = "R1"
raised = 2022-01-05
title = "Staff leave"
severity = "good"
mitigation = "Pay"
likelihood = 4
impact = 5
contracts = ["C2"]
[[risk]]
id = "R2"
raised = 2022-01-05
title = "Rooms are lost"
severity = "good"
mitigation = "Lease"
likelihood = 6
"#;
    let body = "R1 {{ risk.R1.score }}, {{ plan.risks[0].score }}, {{ risk.R1.contracts }}; {{ contract.C2.risks }}; {{ risk.R2.impact or \"not rated\" }}.";
    let project =
        project(body).file("content/kinds/risk.toml", risk).file("content/plan/risks.toml", risks);
    let (text, found) = text(&project, None);
    assert!(text.contains("R1 20, 20, Short breaks; Staff leave; not rated."), "{text}");
    let wrong = "value/wrong-type expected a whole number from 1 to 5, found 6";
    assert!(found.iter().any(|line| line == wrong), "{found:?}");
}

#[test]
fn two_hundred_kinds_are_too_many_and_so_are_a_hundred_fields() {
    let mut project = TestProject::new();
    for n in 0..200 {
        project = project.file(&format!("content/kinds/kind{n}.toml"), SUPPLIER);
    }
    let mut many = "about = \"Many fields.\"\n".to_owned();
    for n in 0..100 {
        write!(many, "[field.f{n}]\ntype = \"text\"\nhelp = \"words\"\n").unwrap();
    }
    let (loaded, lines) = project.file("content/kinds/a.toml", many).lines();
    let loaded = loaded.unwrap();
    assert_eq!(loaded.plan.kinds.all.len(), 100);
    assert_eq!(
        lines,
        [
            "content/kinds:0:0 kind/too-many 201 kinds are declared here; 100 are read",
            "content/kinds/a.toml:1:1 kind/too-many 100 fields are declared here; a kind has 60",
        ]
    );
}

#[test]
fn ten_thousand_records_are_read_checked_and_shown() {
    let mut plan = PLAN.to_owned();
    for n in 0..10_000 {
        write!(
            plan,
            "[[contract]]\nid = \"M{n}\"\ntitle = \"Number {n}\"\nsupplier = \"S2\"\nvalue = {}\nspent = 50\n",
            n + 100
        )
        .unwrap();
    }
    let body = "All {{ plan.contracts | length }}, of S2 {{ supplier.S2.contracts | length }}.\n
::: rows in=plan.contracts as=c caption=\"Contracts\" summary=\"Each contract.\"
| Contract | Supplier | Value | Share |
|---|---|---|---|
| {{ c.title }} | {{ c.supplier }} | {{ c.value }} | {{ c.share | stated }} |
:::";
    let project = project(body).file("content/plan/contracts.toml", plan);
    let (text, found) = text(&project, None);
    assert!(text.contains("All 10,002, of S2 10,000."), "{}", &text[..400]);
    assert!(text.contains("| Number 9999 | Ash House | £10,099 | 0%"));
    assert_eq!(found.len(), 1, "{found:?}");
}

const RISK: &str = r#"
about = "How likely and how bad a risk is."
[field.likelihood]
type = "whole"
help = "how likely it is"
[field.impact]
type = "whole"
help = "how bad it would be"
"#;

/// Risks with a likelihood and an impact each.
fn risks(of: &[(&str, &str)]) -> String {
    let mut plan = String::new();
    for (n, (likelihood, impact)) in of.iter().enumerate() {
        let n = n + 1;
        write!(
            plan,
            "[[risk]]\nid = \"R{n}\"\nraised = 2022-01-05\ntitle = \"Risk {n}\"\nseverity = \"good\"\nmitigation = \"Care\"\n{likelihood}\n{impact}\n"
        )
        .unwrap();
    }
    plan
}

/// The text of a matrix of risks, and what was found.
fn matrix(attributes: &str, of: &[(&str, &str)]) -> (String, Vec<String>) {
    let body = format!(
        "::: matrix in=plan.risks as=r across=r.impact down=r.likelihood corner=\"Likelihood by impact\" {attributes}\n:::"
    );
    let project = project(&body)
        .file("content/kinds/risk.toml", RISK)
        .file("content/plan/risks.toml", risks(of));
    let (text, found) = text(&project, None);
    let is_ours = |line: &String| !line.starts_with("computed/") && !line.starts_with("unused/");
    (text, found.into_iter().filter(is_ours).collect())
}

const THREE: [(&str, &str); 3] = [
    ("likelihood = 2", "impact = 3"),
    ("likelihood = 2", "impact = 3"),
    ("likelihood = 1", "impact = 2"),
];

#[test]
fn a_matrix_counts_by_two_fields() {
    let (text, found) = matrix("columns=[1,2,3] rows=[2,1]", &THREE);
    assert_eq!(found, [""; 0]);
    for line in ["= Likelihood by impact | 1 | 2 | 3", "| 2 | 0 | 0 | 2", "| 1 | 0 | 1 | 0"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    // Without columns and rows there are those that come up, in order.
    let (text, _) = matrix("", &THREE);
    assert!(text.contains("= Likelihood by impact | 2 | 3\n| 1 | 1 | 0\n| 2 | 0 | 2"), "{text}");
}

#[test]
fn a_matrix_lists_and_is_coloured_by_a_scheme() {
    let colour = "show=\"list\" item=\"{{ r.id }}\" scheme=\"contracts\" rating=\"good\"";
    let (text, found) =
        matrix(&colour.replace("\"good\"", "(\"good\"if(count>0)else(none))"), &THREE);
    assert_eq!(found, [""; 0]);
    assert!(text.contains("[G Going well]"), "{text}");
    assert!(text.contains("R1") && text.contains("R2") && text.contains("None"), "{text}");
}

#[test]
fn what_has_no_place_in_a_matrix_is_told() {
    let (_, found) = matrix("columns=[1,2]", &THREE);
    let told = "directive/malformed \"Risk 1\" has no place in this matrix: there is no \"3\"";
    assert_eq!(found[0], told);
    let (_, found) = matrix("", &[("likelihood = 2", "")]);
    let told = "figure/absent \"Risk 1\" has no place in this matrix: `across` says nothing";
    assert_eq!(found, [told]);
    let (_, found) = matrix("scheme=\"contrcts\" rating=(\"good\")", &THREE);
    assert_eq!(found[0], "reference/unknown there is no scheme \"contrcts\"");
    let (_, found) = matrix("scheme=\"contracts\" rating=(\"bad\")", &THREE);
    assert_eq!(found, ["rag/unknown-rating the scheme \"contracts\" has no rating \"bad\""]);
}

#[test]
fn no_kind_takes_the_name_of_a_list_there_is() {
    let (loaded, _) = project("{{ plan.zzzzzzzzzzzz }}").load();
    let loaded = loaded.unwrap_or_else(|_| panic!("the project does not load"));
    let template = loaded.templates.values().next().unwrap();
    let options = Options {
        edition: "full".to_owned(),
        as_at: loaded.settings.as_at,
        parameters: std::collections::BTreeMap::new(),
    };
    // What `plan` has is told by the help of a name that it has not.
    let assembly = assemble(&loaded, template, &options);
    let mut unknown = assembly.findings.iter().filter(|f| f.rule.code == "reference/unknown");
    let help = unknown.next().and_then(|finding| finding.help.clone()).unwrap();
    let lists: Vec<&str> = help.strip_prefix("it has: ").unwrap().split(", ").collect();
    assert!(lists.len() > 15, "{lists:?}");
    let own = ["contracts", "suppliers"];
    for list in lists.into_iter().filter(|list| !own.contains(list)) {
        let plural = list.replace('_', "-");
        let kind = format!("plural = \"{plural}\"{SUPPLIER}");
        let (_, lines) = TestProject::new().file("content/kinds/thing.toml", kind).lines();
        let told = format!("`plan.{list}` is the name of another list already");
        assert!(lines.iter().any(|line| line.contains(&told)), "{list}: {lines:?}");
    }
}
