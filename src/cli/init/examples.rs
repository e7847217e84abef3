//! The examples of `examples/`, as projects to start from: `annexe init DIR --like NAME`.

/// A file of the priority action plan.
macro_rules! example {
    ($path:literal) => {
        include_str!(concat!("../../../examples/priority-action-plan/", $path))
    };
}

/// A project to start from, by name: paths and what stands there.
pub const EXAMPLES: &[(&str, &[(&str, &str)])] = &[("priority-action-plan", PRIORITY_ACTION_PLAN)];

const PRIORITY_ACTION_PLAN: &[(&str, &str)] = &[
    ("README.md", example!("README.md")),
    ("content/data/quarterly.csv", example!("content/data/quarterly.csv")),
    ("content/data/quarterly.toml", example!("content/data/quarterly.toml")),
    ("content/easy/plan.md", example!("content/easy/plan.md")),
    ("content/images/calendar.svg", example!("content/images/calendar.svg")),
    ("content/images/done.svg", example!("content/images/done.svg")),
    ("content/images/email.svg", example!("content/images/email.svg")),
    ("content/images/face-happy.svg", example!("content/images/face-happy.svg")),
    ("content/images/face-neutral.svg", example!("content/images/face-neutral.svg")),
    ("content/images/face-sad.svg", example!("content/images/face-sad.svg")),
    ("content/images/family.svg", example!("content/images/family.svg")),
    ("content/images/index.toml", example!("content/images/index.toml")),
    ("content/images/our-plan.svg", example!("content/images/our-plan.svg")),
    ("content/images/phone.svg", example!("content/images/phone.svg")),
    ("content/kinds/action.toml", example!("content/kinds/action.toml")),
    ("content/kinds/agency.toml", example!("content/kinds/agency.toml")),
    ("content/kinds/decision.toml", example!("content/kinds/decision.toml")),
    ("content/kinds/objective.toml", example!("content/kinds/objective.toml")),
    ("content/kinds/risk.toml", example!("content/kinds/risk.toml")),
    ("content/narrative/summary.md", example!("content/narrative/summary.md")),
    ("content/plan/actions.toml", example!("content/plan/actions.toml")),
    ("content/plan/areas.toml", example!("content/plan/areas.toml")),
    ("content/plan/decisions.toml", example!("content/plan/decisions.toml")),
    ("content/plan/people.toml", example!("content/plan/people.toml")),
    ("content/plan/ratings.toml", example!("content/plan/ratings.toml")),
    ("content/plan/risks.toml", example!("content/plan/risks.toml")),
    ("content/project.toml", example!("content/project.toml")),
    ("templates/priority-action-plan.md", example!("templates/priority-action-plan.md")),
];
