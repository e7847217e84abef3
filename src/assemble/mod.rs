//! Project + template + edition + as-at date → Document.
//!
//! Every choice about content is made here, once: which actions, which edition, which
//! figure, how a number is written, what rating a row has. `context` makes the names
//! that expressions see, `expression` evaluates them, `blocks` walks the template's
//! tree, and each file of `directives` makes the blocks of a few directives.

mod acronyms;
mod blocks;
mod budget;
mod changes_values;
mod chosen;
mod context;
mod cover;
mod data_values;
mod declared_values;
mod directives;
mod easy;
mod edition;
mod evaluation_values;
mod expression;
mod fact_values;
mod figure_register;
pub mod filters;
mod finish;
mod functions;
mod governance_values;
mod hard_words;
mod held;
mod identity_notes;
mod lists;
mod moving;
pub mod pack;
mod paragraphs;
mod parameters;
mod predicates;
mod proof;
mod ratings;
mod reply_values;
mod rich_text;
mod scale;
mod stack;
mod statement_values;
mod typography;
mod value;
mod word_lists;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use minijinja::Environment;
use minijinja::value::Value;

use crate::diag::{Finding, Findings, Severity, rules};
use crate::document::{Asset, Block, BlockKind, Document, Inline, Meta};
use crate::narrative;
use crate::narrative::tree::{Directive, Expression, Node, Words};
use crate::plan::Plan;
use crate::plan::date::day_in_words;
use crate::project::{Edition, Project, Template};
use crate::source::{FileId, Span};

use budget::Budget;
pub(crate) use finish::slug;
use ratings::Ratings;
use value::{Moment, Scope};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The edition.
    pub edition: String,
    /// The day the document speaks for.
    pub as_at: NaiveDate,
    /// Parameters by name, as given; those not given have their defaults.
    pub parameters: BTreeMap<String, String>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Assembly {
    /// The document. Not to be shown when `findings` holds an error.
    pub document: Document,
    /// What is wrong with the template, the narrative it includes, and the figures they quote.
    pub findings: Findings,
    /// The narrative files it read, below `content/`.
    pub narrative: BTreeSet<String>,
}

/// Makes the document of `template`.
pub fn assemble(project: &Project, template: &Template, options: &Options) -> Assembly {
    let mut findings = Vec::new();
    let parameters = parameters::read(project, template, options, &mut findings);
    // A template that names its own day knows what it says.
    if template.as_at != Some(options.as_at) {
        too_early(project, options.as_at, &mut findings);
    }
    let since = parameters::since(template, options, &parameters, &mut findings);
    // From here on there is only what was known on the day.
    let project = &project.as_known(options.as_at);
    let ratings = Ratings::of(project, template, options.as_at);
    let before = since.map(|day| (day, project.as_known(day)));
    let ratings_before = before.as_ref().map(|(day, then)| Ratings::of(then, template, *day));
    let since = before.as_ref().zip(ratings_before.as_ref());
    let since = since.map(|((day, then), ratings)| Since { day: *day, plan: &then.plan, ratings });
    let known = Known { project, ratings: &ratings, since };
    let mut assembler = Assembler::new(known, template, options, parameters, findings);
    let (meta, title) = assembler.meta();
    let text = project.sources.file(template.file).text.clone();
    let mut blocks = Vec::new();
    if template.cover {
        blocks.push(assembler.cover(&meta, &title));
    }
    let body = text.get(template.body..).unwrap_or("");
    let tree = assembler.parse(body, template.file, template.body);
    blocks.extend(assembler.template_blocks(&tree));
    assembler.charts_have_tables();
    assembler.says_something(&blocks);
    assembler.finish(meta, blocks)
}

/// Before the plan's first day there is nothing that a document could say.
fn too_early(project: &Project, as_at: NaiveDate, findings: &mut Vec<Finding>) {
    let Some(first) = project.settings.first_day.as_ref().filter(|first| as_at < first.value)
    else {
        return;
    };
    let (day, first_day) = (day_in_words(as_at), day_in_words(first.value));
    let message = format!("this document is to speak for {day}, and the plan began on {first_day}");
    let finding = Finding::new(&rules::DAY_TOO_EARLY, message).at(first.span);
    findings.push(finding.help("ask for a later day: --as-at, or `as-at` of the template"));
}

/// What was known on the as-at day, and on the day that changes are told from.
struct Known<'a> {
    project: &'a Project,
    ratings: &'a Ratings<'a>,
    since: Option<Since<'a>>,
}

/// The day that changes are told from, and what was known then.
#[derive(Debug, Clone, Copy)]
struct Since<'a> {
    day: NaiveDate,
    plan: &'a Plan,
    ratings: &'a Ratings<'a>,
}

/// The state of one assembly.
struct Assembler<'a> {
    project: &'a Project,
    template: &'a Template,
    options: &'a Options,
    /// The profile of the edition; that of the full one for an edition without, which is an error.
    edition: Option<&'a Edition>,
    /// What the edition leaves out.
    left_out: BTreeSet<String>,
    ratings: &'a Ratings<'a>,
    since: Option<Since<'a>>,
    environment: Environment<'static>,
    root: context::Root,
    locals: Vec<(String, Value)>,
    findings: Vec<Finding>,
    /// Narrative files being read, the outermost first: to find cycles.
    including: Vec<FileId>,
    narrative: BTreeSet<String>,
    trees: HashMap<(FileId, usize), Arc<Vec<Node>>>,
    assets: BTreeMap<String, Asset>,
    /// The charts so far, and what tables show.
    charts: directives::Charts,
    /// What the document may still take.
    budget: Budget,
    /// Added to the level of each heading, inside `include … shift=`.
    shift: u8,
    /// What must follow each opener so far, in order.
    expected: Vec<Option<proof::Expected>>,
    /// Word lists that are to hold only what the document uses.
    word_lists: Vec<word_lists::WordList>,
    /// Days whose remarks were left out, since the document speaks for another.
    left_out_days: BTreeSet<NaiveDate>,
    /// Forms of the terms that a word list of this document gives an easy meaning, in small letters.
    easy_words: BTreeSet<String>,
}

impl<'a> Assembler<'a> {
    fn new(
        known: Known<'a>,
        template: &'a Template,
        options: &'a Options,
        parameters: parameters::Values,
        findings: Vec<Finding>,
    ) -> Self {
        let Known { project, ratings, since } = known;
        let mut document = BTreeMap::new();
        let face = edition::Face::of(template, &options.edition);
        document.insert("title", Value::from(face.title.value.clone()));
        document.insert("name", Value::from(template.name.clone()));
        document.insert("edition", Value::from(options.edition.clone()));
        document.insert("as_at", Moment::day(options.as_at, "document.as_at"));
        let day = since.map(|since| Moment::day(since.day, "document.since"));
        document.insert("since", day.unwrap_or_else(|| Value::from(())));
        document.insert("cycle", Value::from(template.cycle.clone()));
        document.insert("status", Value::from(face.status.map(str::to_owned)));
        let root = context::root(project, options.as_at, document, &parameters, ratings, since);
        let edition = project.edition(&options.edition);
        Assembler {
            project,
            template,
            options,
            edition,
            left_out: edition.map(Edition::left_out).unwrap_or_default(),
            ratings,
            since,
            environment: expression::environment(options.as_at),
            root,
            locals: Vec::new(),
            findings,
            including: vec![template.file],
            narrative: BTreeSet::new(),
            trees: HashMap::new(),
            assets: BTreeMap::new(),
            charts: directives::Charts::default(),
            budget: Budget::new(),
            shift: 0,
            expected: Vec::new(),
            word_lists: Vec::new(),
            left_out_days: BTreeSet::new(),
            easy_words: BTreeSet::new(),
        }
    }

    /// The tree of some Markdown; read once, however often it is included.
    fn parse(&mut self, text: &str, file: FileId, base: usize) -> Arc<Vec<Node>> {
        if let Some(tree) = self.trees.get(&(file, base)) {
            return tree.clone();
        }
        let tree = Arc::new(narrative::parse(text, file, base, &mut self.findings));
        self.trees.insert((file, base), tree.clone());
        tree
    }

    /// Whether the document may go on here. When it may not, a finding says so once.
    fn goes_on(&mut self, span: Span) -> bool {
        if let Some(message) = self.budget.fault() {
            self.findings.push(
                Finding::new(&rules::FILE_TOO_LARGE, message)
                    .at(span)
                    .help("look for a loop in a loop, or a file that is included many times"),
            );
        }
        !self.budget.is_spent()
    }

    /// The value of an expression; `None`, with a finding, when it has none.
    fn evaluate(&mut self, expression: &Expression) -> Option<Value> {
        self.budget.take(0);
        let scope =
            Value::from_object(Scope { root: self.root.clone(), locals: self.locals.clone() });
        match expression::evaluate(&self.environment, expression, &scope) {
            Ok(value) => Some(value),
            Err(finding) => {
                self.findings.push(*finding);
                None
            }
        }
    }

    /// The value of a part of an expression that is evaluated already: no fault of it is told again.
    fn value_of(&mut self, expression: &Expression) -> Option<Value> {
        let scope =
            Value::from_object(Scope { root: self.root.clone(), locals: self.locals.clone() });
        expression::evaluate(&self.environment, expression, &scope).ok()
    }

    /// The plain words of an attribute, its expressions evaluated.
    fn attribute_words(&mut self, directive: &Directive, name: &str) -> Option<String> {
        match &directive.attribute(name)?.value.value {
            narrative::tree::AttributeValue::Words(words) => {
                let content = self.inlines(words);
                Some(crate::document::line(&content))
            }
            narrative::tree::AttributeValue::Expression(expression) => {
                self.evaluate(&expression.clone()).map(|v| v.to_string())
            }
        }
    }

    /// The words of an attribute as inlines.
    fn attribute_inlines(&mut self, directive: &Directive, name: &str) -> Option<Vec<Inline>> {
        match &directive.attribute(name)?.value.value {
            narrative::tree::AttributeValue::Words(words) => Some(self.inlines(words)),
            narrative::tree::AttributeValue::Expression(expression) => {
                Some(self.inlines(&[Words::Expression(expression.clone())]))
            }
        }
    }

    /// The value of an attribute that is an expression.
    fn attribute_value(&mut self, directive: &Directive, name: &str) -> Option<Value> {
        match &directive.attribute(name)?.value.value {
            narrative::tree::AttributeValue::Expression(expression) => {
                self.evaluate(&expression.clone())
            }
            narrative::tree::AttributeValue::Words(_) => {
                self.attribute_words(directive, name).map(Value::from)
            }
        }
    }

    /// The number of an attribute that is one; the parser has seen that it is.
    fn attribute_number(&mut self, directive: &Directive, name: &str) -> Option<u8> {
        self.attribute_words(directive, name)?.trim().parse().ok()
    }

    /// What the document is, and its title as the cover shows it.
    fn meta(&mut self) -> (Meta, String) {
        let template = self.template;
        let face = self.face();
        let title = self.front_matter_words(face.title);
        let settings = &self.project.settings;
        let day = crate::plan::date::day_in_words(self.options.as_at);
        // Files that stand side by side must be told apart by their titles.
        let label = self.edition.and_then(|edition| edition.label.as_deref());
        let whole = label
            .map_or_else(|| title.clone(), |label| format!("{title} ({})", label.to_lowercase()));
        let meta = Meta {
            name: template.name.clone(),
            subject: face
                .subject
                .map(str::to_owned)
                .unwrap_or_else(|| format!("{title}, {}, as at {day}", settings.area)),
            keywords: Vec::new(),
            title: whole,
            area: settings.area.clone(),
            author: settings.author.clone(),
            language: settings.language.clone(),
            edition: self.options.edition.clone(),
            form: template.form,
            as_at: self.options.as_at,
            running_head: format!("{}: {title}", settings.area),
            running_foot: format!("As at {day}"),
        };
        (meta, title)
    }

    /// A document with a cover and nothing else says nothing, unless a fault is the reason.
    fn says_something(&mut self, blocks: &[Block]) {
        let is_empty = blocks.iter().all(|block| matches!(block.kind, BlockKind::Cover(_)));
        let is_faulty = self.findings.iter().any(|f| f.severity == Severity::Error);
        if is_empty && !is_faulty {
            let message = format!("there is nothing in {}", self.template.name);
            self.findings
                .push(Finding::new(&rules::DOCUMENT_EMPTY, message).at(self.template.title.span));
        }
    }

    fn finish(self, meta: Meta, mut blocks: Vec<Block>) -> Assembly {
        let cut = !self.left_out.is_empty();
        let (numbered, acronyms) = (self.face().numbered, self.face().acronyms);
        let mut findings = self.findings;
        findings.extend(self.ratings.faults());
        if cut {
            edition::prune(&mut blocks);
        }
        if self.template.numbered_paragraphs {
            blocks = paragraphs::number(blocks);
        }
        let project = self.project;
        if let Some(mode) = acronyms {
            acronyms::write_out(&mut blocks, mode, project, &mut findings);
        }
        let terms = finish::Terms { numbered, cut };
        let mut blocks = finish::finish(blocks, terms, &project.sources, &mut findings);
        // What is missing because of a fault is no fault of its own.
        if !findings.iter().any(|f| f.severity == Severity::Error) {
            proof::read(&blocks, &project.sources, &self.expected, &mut findings);
        }
        let mut assets = self.assets;
        if let Some(edition) = self.edition {
            findings.extend(edition::show_ratings(&mut blocks, edition, project, &mut assets));
            if edition.hard_words {
                let listed = hard_words::listed(&blocks, &self.easy_words);
                findings.extend(hard_words::explain(&mut blocks, &listed));
            }
            if let Some(most) = edition.table_columns {
                stack::stack(&mut blocks, most as usize);
            }
            if edition.pictured_contents {
                findings.extend(edition::picture_contents(&mut blocks));
            }
        }
        let mut document = Document { meta, blocks, assets };
        for span in word_lists::only_used(&mut document, &self.word_lists) {
            let message = "the document uses no term of this glossary";
            findings.push(Finding::new(&rules::TABLE_EMPTY, message).at(span));
        }
        let mut all = Findings::default();
        all.extend(findings.into_iter().map(|f| f.of_document(&self.template.name)));
        all.sort(&self.project.sources);
        Assembly { document, findings: all, narrative: self.narrative }
    }
}
