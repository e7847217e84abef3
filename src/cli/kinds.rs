//! `annexe help kinds`: the kinds of record that plan files hold, the project's own included, and
//! what a declaration of one may say.

use std::io::{self, Write};

use serde_json::Value as Json;

use crate::cli::Console;
use crate::cli::project::root;
use crate::load;
use crate::plan::kind::{Field, FieldType, Kinds, formula};

/// Prints the kinds.
pub fn print(console: &mut Console<'_>) -> io::Result<()> {
    // Asked outside a project, it tells of Annexe's own kinds.
    let kinds = root(console).map(|root| load::kinds(&root)).unwrap_or_default();
    let out = &mut *console.out;
    own(&kinds, out)?;
    built_in(&load::schema::plan(), &kinds, out)?;
    writeln!(
        out,
        "\nA kind of your own is a file content/kinds/NAME.toml: `about` says what one is,"
    )?;
    writeln!(
        out,
        "and a table [field.NAME] declares each field with `type` and `help`. A file named"
    )?;
    writeln!(out, "after one of the kinds above adds fields to it. docs/kinds.md shows how.")?;
    writeln!(out, "\nTypes of field")?;
    for (word, takes) in FieldType::WORDS {
        writeln!(out, "    {word:<12}{takes}")?;
    }
    writeln!(
        out,
        "\nAny field: `label`, `examples`, `needed`; one that is neither `due` nor `computed`"
    )?;
    writeln!(out, "also `many` (a list) or `history` (what it was from which day).")?;
    writeln!(
        out,
        "\nExpressions of computed fields: the kind's own fields, `as_at`, + - * / ( ),"
    )?;
    writeln!(out, "comparisons, `x if y else z`, and")?;
    for (form, gives) in formula::FUNCTIONS {
        writeln!(out, "    {form:<18}{gives}")?;
    }
    Ok(())
}

/// The project's own kinds, field by field.
fn own(kinds: &Kinds, out: &mut dyn Write) -> io::Result<()> {
    for kind in kinds.own() {
        let path = kind.path();
        writeln!(out, "[[{}]]  plan.{}, {path}.ID", *kind.name, kind.plural)?;
        writeln!(out, "    {}", kind.about)?;
        kind.fields.iter().try_for_each(|field| write_field(field, out))?;
        for (other, called) in ways_to(kinds, &kind.name) {
            writeln!(out, "    {called:<20}each {other} that names it")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Annexe's own kinds by name, with what the project adds.
fn built_in(plan: &Json, kinds: &Kinds, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "Kinds of Annexe's own; docs/schema/plan.json has their fields.")?;
    for (name, schema) in plan["properties"].as_object().into_iter().flatten() {
        let about = schema["items"]["description"].as_str().unwrap_or_default();
        writeln!(out, "    {:<20}{about}", format!("[[{name}]]"))?;
        let added = kinds.extension(name);
        for field in added.iter().flat_map(|kind| &kind.fields) {
            write!(out, "    ")?;
            write_field(field, out)?;
        }
        for (other, called) in ways_to(kinds, name) {
            writeln!(out, "        {called:<20}each {other} that names it")?;
        }
    }
    Ok(())
}

fn write_field(field: &Field, out: &mut dyn Write) -> io::Result<()> {
    let mut takes = field.takes.word().to_owned();
    match &field.takes {
        FieldType::Reference { to, .. } => takes = format!("{takes} to {}", **to),
        FieldType::Choice(words) => takes = format!("one of {}", words.join(", ")),
        FieldType::Rating(scheme) => takes = format!("{takes} of {}", **scheme),
        FieldType::Computed { formula, .. } => takes = format!("= {}", formula.source),
        _ => {}
    }
    let marks = [(field.needed, "needed"), (field.many, "many"), (field.history, "history")];
    let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, mark)| *mark).collect();
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    writeln!(out, "    {:<20}{takes}{marks}: {}", *field.name, field.help)
}

/// What records of `kind` call those of declared kinds that name them.
fn ways_to<'k>(kinds: &'k Kinds, kind: &'k str) -> impl Iterator<Item = (&'k str, &'k str)> {
    kinds.all.iter().flat_map(move |other| {
        let back = other.references().filter(move |(_, to, _)| to.as_str() == kind);
        back.filter_map(move |(_, _, back)| Some((other.word.as_str(), back?.as_str())))
    })
}
