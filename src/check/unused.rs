//! Nothing lies about that no document shows.

use std::collections::BTreeSet;

use crate::diag::rules::{
    UNUSED_IMAGE, UNUSED_NARRATIVE, UNUSED_OBJECTIVE, UNUSED_PICTURES, UNUSED_ROLE, UNUSED_WEAKNESS,
};
use crate::diag::{Finding, Findings, Rule};
use crate::plan::Plan;
use crate::project::{Picture, Project};
use crate::source::{At, Span};

pub fn check(plan: &Plan, findings: &mut Findings) {
    let mut unused = |rule: &'static Rule, id: &At<String>, used: &BTreeSet<&str>, what: &str| {
        if !used.contains(id.as_str()) {
            findings.push(Finding::new(rule, format!("{what} {}", id.value)).at(id.span));
        }
    };
    let acting = plan.actions.iter().map(|action| action.objective.as_str()).collect();
    for objective in &plan.objectives {
        unused(&UNUSED_OBJECTIVE, &objective.id, &acting, "no action has the objective");
    }
    let answered =
        plan.objectives.iter().flat_map(|objective| &objective.weaknesses).map(|id| id.as_str());
    let answered = answered.collect();
    for weakness in &plan.weaknesses {
        unused(&UNUSED_WEAKNESS, &weakness.id, &answered, "no objective answers the weakness");
    }
    let officers = plan.actions.iter().flat_map(|action| &action.officers);
    let owners = plan.risks.iter().filter_map(|risk| risk.owner.as_ref());
    let sponsors = plan.objectives.iter().filter_map(|objective| objective.sponsor.as_ref());
    // Records of kinds that the project declares name roles too.
    let declared = plan.declared.iter().flat_map(|declared| {
        let fields = declared.kind.references().filter(|(_, to, _)| to.as_str() == "role");
        fields.flat_map(|(place, ..)| declared.records.iter().flat_map(move |r| r.ids(place)))
    });
    let named = officers.chain(owners).chain(sponsors).map(|id| id.as_str());
    let named = named.chain(declared).collect();
    for role in &plan.roles {
        unused(&UNUSED_ROLE, &role.id, &named, "nothing names the role");
    }
}

/// Narrative files that no document includes. Which do is known only after assembling, so the
/// caller gives the paths (below `content/`) that were included.
pub fn narrative(project: &Project, included: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::default();
    for (path, &file) in &project.narrative {
        // A README tells people what a folder is for.
        let is_readme = path.rsplit('/').next() == Some("README.md");
        if !included.contains(path) && !is_readme {
            let message = format!("no document includes {path}");
            let finding = Finding::new(&UNUSED_NARRATIVE, message).at(Span::new(file, 0..0));
            findings.push(finding);
        }
    }
    findings
}

/// Pictures of `content/images/` that no document shows; the caller gives the names of those shown.
/// The library may hold spare ones: they are told together, and stop nothing.
pub fn images(project: &Project, shown: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::default();
    // A rating's picture is shown when a row has that rating: on another day, perhaps.
    let ratings = project.plan.schemes.iter().flat_map(|scheme| &scheme.ratings);
    let kept: BTreeSet<&str> =
        ratings.filter_map(|rating| Some(rating.easy.as_ref()?.image.as_str())).collect();
    let is_spare = |picture: &&Picture| {
        !shown.contains(&picture.file.value) && !kept.contains(picture.id.as_str())
    };
    let spare: Vec<&Picture> = project.pictures.values().filter(is_spare).collect();
    if let Some(first) = spare.first() {
        let ids: Vec<&str> = spare.iter().map(|picture| picture.id.as_str()).collect();
        let message = match ids.as_slice() {
            [one] => format!("no document shows the picture {one}"),
            ids => format!("no document shows {} pictures of the library", ids.len()),
        };
        let finding = Finding::new(&UNUSED_PICTURES, message).at(first.id.span);
        findings.push(finding.note(ids.join(", ")));
    }
    let listed: BTreeSet<&str> =
        project.pictures.values().map(|picture| picture.file.as_str()).collect();
    let unlisted = project.images.keys().filter(|name| !listed.contains(name.as_str()));
    for name in unlisted.filter(|name| !shown.contains(*name)) {
        let finding = Finding::new(&UNUSED_IMAGE, format!("no document shows {name}"));
        findings.push(finding.in_file(format!("content/images/{name}")));
    }
    findings
}
