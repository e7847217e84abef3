//! The template's parameters: as given, or by default. What is wrong with them is findings.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::assemble::Options;
use crate::diag::{Finding, nearest, rules};
use crate::plan::date::day_in_words;
use crate::project::{Parameter, ParameterValue, Project, Template};

/// The date parameter of this name is the day that changes are told from.
pub const SINCE: &str = "since";

/// Values by the names of parameters.
pub type Values = BTreeMap<String, ParameterValue>;

/// The values of the parameters of `template`.
pub fn read(
    project: &Project,
    template: &Template,
    options: &Options,
    findings: &mut Vec<Finding>,
) -> Values {
    let names = || template.parameters.iter().map(|p| p.name.as_str());
    for name in options.parameters.keys() {
        if !names().any(|n| n == name) {
            let mut finding = Finding::new(
                &rules::PARAMETER_UNKNOWN,
                format!("{} has no parameter \"{name}\"", template.name),
            );
            finding = match nearest(name, names()) {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None if template.parameters.is_empty() => finding.help("it has no parameters"),
                None => finding.help(format!("it has: {}", names().collect::<Vec<_>>().join(", "))),
            };
            findings.push(finding);
        }
    }
    let mut values = Values::new();
    for parameter in &template.parameters {
        let given = given(options, parameter);
        let words = given.or(parameter.default.as_ref());
        let value = match words.map(|w| (w, parameter.read(w, &project.plan, options.as_at))) {
            None => ParameterValue::Nothing,
            Some((_, Ok(value))) => value,
            Some((words, Err(refusal))) => {
                let known = refusal.known.iter().map(String::as_str);
                let message = format!(
                    "the parameter \"{}\" takes {}, not \"{words}\"",
                    *parameter.name, refusal.takes
                );
                let mut finding = Finding::new(&rules::PARAMETER_UNKNOWN, message);
                finding = match nearest(words, known) {
                    Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                    None if refusal.known.is_empty() => finding,
                    None => finding.help(format!("there are: {}", refusal.known.join(", "))),
                };
                findings.push(placed(finding, parameter, given.is_some()));
                ParameterValue::Nothing
            }
        };
        values.insert(parameter.name.value.clone(), value);
    }
    values
}

/// The day that changes are told from: it must lie before the as-at day.
pub fn since(
    template: &Template,
    options: &Options,
    values: &Values,
    findings: &mut Vec<Finding>,
) -> Option<NaiveDate> {
    let Some(ParameterValue::Day(since)) = values.get(SINCE) else { return None };
    if *since < options.as_at {
        return Some(*since);
    }
    let (from, to) = (day_in_words(*since), day_in_words(options.as_at));
    let message = match *since == options.as_at {
        true => format!(
            "changes are told from {from}, and the document speaks for that same day: no time lies between"
        ),
        false => format!("changes cannot be told from {from} back to {to}"),
    };
    let finding = Finding::new(&rules::SINCE_ORDER, message)
        .help(format!("give a day before the as-at day: --since, or `{SINCE}` of the template"));
    let parameter = template.parameters.iter().find(|parameter| *parameter.name == SINCE);
    findings.extend(
        parameter
            .map(|parameter| placed(finding, parameter, options.parameters.contains_key(SINCE))),
    );
    // The document is stopped already; without a day each table would be a fault of its own.
    Some(*since)
}

/// What was given for `parameter`, if that is not its default.
fn given<'o>(options: &'o Options, parameter: &Parameter) -> Option<&'o String> {
    let words = options.parameters.get(parameter.name.as_str());
    words.filter(|words| Some(*words) != parameter.default.as_ref())
}

/// A default that is wrong stands in the template; a value that was given, on the command line.
fn placed(finding: Finding, parameter: &Parameter, given: bool) -> Finding {
    if given { finding } else { finding.at(parameter.name.span) }
}
