//! Reads the records of a self-evaluation.

use toml::Spanned;
use toml::de::DeValue;

use crate::diag::Finding;
use crate::diag::rules::VALUE_EMPTY;
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{FromValue, IdOf, Text};
use crate::plan::{Criterion, Group, Intention, Part, Priority, Signatory};
use crate::source::At;

impl FromTable for Priority {
    const WHAT: &'static str = "priority";
    const DOC: &'static str = "What a self-evaluation puts first.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the priority's id: \"1\"");
        let name = r.need::<Text>("name", "its name");
        let summary = r.get::<Text>("summary", "a sentence or two on it");
        Some(Priority { id: id?, name: name?, summary })
    }
}

impl FromTable for Criterion {
    const WHAT: &'static str = "criterion";
    const DOC: &'static str = "What the framework of a self-evaluation asks.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the criterion's id: \"1.1\"");
        let group = r.need::<IdOf<Group>>("group", "id of the group that it stands in");
        let name = r.need::<Text>("name", "the criterion in the framework's words");
        let short = r.get::<Text>("short", "the same in a few words, for headings");
        let narrative =
            r.get::<Text>("narrative", "the name of its narrative file, for templates to include");
        Some(Criterion { id: id?, group: group?, name: name?, short, narrative })
    }
}

impl FromTable for Group {
    const WHAT: &'static str = "group";
    const DOC: &'static str = "A group of criteria.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the group's id: \"1\"");
        let name = r.need::<Text>("name", "its name");
        let summary = r.get::<Text>("summary", "a sentence or two on it");
        Some(Group { id: id?, name: name?, summary })
    }
}

impl FromTable for Part {
    const WHAT: &'static str = "part";
    const DOC: &'static str = "A part that every criterion has.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("ends the id of the part's heading: \"positive\" for {#help-positive}");
        let name = r.need::<Text>("name", "its name: \"Positive signs\"");
        Some(Part { id: id?, name: name? })
    }
}

impl FromTable for Signatory {
    const WHAT: &'static str = "signatory";
    const DOC: &'static str = "Somebody who signs a foreword.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let name = r.need::<Text>("name", "who signs");
        let role = r.need::<Text>("role", "their post");
        let organisation = r.get::<Text>("organisation", "who they speak for");
        Some(Signatory { name: name?, role: role?, organisation })
    }
}

impl FromTable for Intention {
    const WHAT: &'static str = "intention";
    const DOC: &'static str = "A row of a criterion's action table.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let criterion = r.need::<IdOf<Criterion>>("criterion", "id of its criterion");
        let priority = r.need::<IdOf<Priority>>("priority", "id of the priority it serves");
        let intention = r.need::<Text>("intention", "where we want to be");
        let implementation =
            r.need::<Items>("implementation", "what we do about it: items divided by |");
        let implementation = implementation?;
        let at = implementation.span;
        let items = implementation.value.into_iter().map(|item| At::new(item, at));
        Some(Intention {
            criterion: criterion?,
            priority: priority?,
            intention: intention?,
            implementation: items.collect(),
            span: r.span(),
        })
    }
}

/// A text of items divided by `|`.
struct Items;

impl FromValue for Items {
    type Out = Vec<String>;

    fn schema() -> serde_json::Value {
        Text::schema()
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Vec<String>> {
        let text = Text::read(value, context)?;
        if text.is_empty() {
            return Some(Vec::new());
        }
        let (items, empty): (Vec<&str>, Vec<&str>) =
            text.split('|').map(str::trim).partition(|item| !item.is_empty());
        if !empty.is_empty() {
            let finding = Finding::new(&VALUE_EMPTY, "an item between two | is empty");
            context.report(finding.at(context.span(value.span())));
        }
        Some(items.into_iter().map(str::to_owned).collect())
    }

    fn is_empty(items: &Vec<String>) -> bool {
        items.is_empty()
    }

    fn stand_in() -> Option<Vec<String>> {
        Some(Vec::new())
    }
}
