//! Reads the glossary's terms.

use crate::load::record::{FromTable, Record};
use crate::load::value::{Flag, Text};
use crate::plan::Term;

impl FromTable for Term {
    const WHAT: &'static str = "term";
    const DOC: &'static str = "A term of the glossary, or a name that needs no explanation.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let name = r.need::<Text>(
            "name",
            "as it is written inside a sentence: \"education, health and care plan\"",
        );
        let short = r.list::<Text>("short", "its short forms: [\"EHC plan\", \"EHCP\"]");
        let means = r.get::<Text>("means", "what it means");
        let easy = r.get::<Text>("easy", "what it means, in easy words");
        let also = r.list::<Text>("also", "other names for it");
        let known = r
            .get::<Flag>("known", "true: everybody knows it, so it is never written out or listed");
        Some(Term {
            name: name?,
            short,
            means,
            easy,
            also,
            known: known.is_some_and(|known| known.value),
            span: r.span(),
        })
    }
}
