//! Makes a small website of documents: their pages, in parts where they are long, and the pages
//! around them. Files of the build stand beside them to be taken away.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::cache::Cache;
use super::changed::Earlier;
use super::draw::theme_inputs;
use super::enclosed;
use super::fingerprint::{self, Hash, Manner};
use super::memory::File;
use super::place::Folder;
use super::select::{Format, Job};
use super::statement;
use super::threads;
use super::{Built, Review, Terms, of_document};
use crate::diag::{Finding, Findings, rules};
use crate::document::{
    Block, BlockKind, Document, Drawn, Heading, drawings, line, register, words_of,
};
use crate::plan::date::day_in_words;
use crate::project::{Numbers, Project};
use crate::write::html::site::{About, Card, CardEdition, Found, Site, SitePage};
use crate::write::html::{
    Alternate, DatasetNote, Extras, Frame, all_headings, html, places, style_sheet,
};
use crate::write::{DrawnSvg, pdf};

/// The file that lists what the site is made of, so that the next build can take away what is no more.
const LIST: &str = "site-files.txt";

/// A page of more bytes than this goes in parts.
const LONG: usize = 300_000;

/// The pages of documents, before it is known which files stand beside them.
#[derive(Debug)]
pub struct Pages {
    site: Site,
    statement: SitePage,
    jobs: Vec<Made>,
}

/// What comes of one job.
#[derive(Debug)]
struct Made {
    document: String,
    edition: String,
    title: String,
    subject: String,
    edition_title: String,
    pages: Vec<(String, File)>,
    found: Vec<Found>,
    register: Option<(String, File)>,
    changed: Option<(SitePage, NaiveDate)>,
}

/// What is kept of a job besides its files.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    pages: Vec<String>,
    found: Vec<Found>,
    register: Option<String>,
}

/// Draws the pages of every job that no finding stops; none when there is none.
pub fn pages(
    project: &Project,
    jobs: &[Job<'_>],
    review: &Review,
    terms: Terms,
    earlier: Option<&Earlier>,
    (folder, cache): (&Folder, &Cache),
) -> (Option<Pages>, Findings) {
    let mut findings = Findings::default();
    let ready: Vec<(&Job<'_>, &Document)> = jobs
        .iter()
        .zip(&review.documents)
        .filter(|(job, _)| !review.stops(job, terms.limit))
        .filter_map(|(job, document)| Some((job, document.as_ref()?)))
        .collect();
    let Some((_, document)) = ready.first() else { return (None, findings) };
    let themes = match theme_inputs(project, ready.iter().map(|(job, _)| job.edition.as_str())) {
        Ok(themes) => themes,
        Err(found) => {
            findings.extend(found);
            return (None, findings);
        }
    };
    let site = Site {
        title: format!("Documents for {}", document.meta.area),
        publisher: document.meta.author.clone(),
        language: document.meta.language.clone(),
        css: style_sheet(&project.theme.tokens),
        address: project.settings.website.address.clone(),
    };
    let statement = statement::page(&site, &project.settings);
    let made = threads::each(&ready, terms.threads, |(job, document)| {
        let theme = themes.get(&job.edition)?;
        let edition = project.edition(&job.edition)?;
        let print = fingerprint::theme(&edition.theme);
        let print = fingerprint::document(document, print, Manner::of(edition));
        let at = At { project, site: &site, ready: &ready, folder, cache };
        let made = at.of_job(job, document, theme, print);
        let changed = earlier.and_then(|e| e.page(&site, job, document, &project.sources));
        Some(made.map(|made| Made { changed, ..made }))
    });
    let mut jobs = Vec::new();
    for ((job, _), made) in ready.iter().zip(made) {
        let name = &job.template.name;
        match made.flatten() {
            Some(Ok(made)) => jobs.push(made),
            Some(Err(faults)) => {
                findings.extend(faults.into_iter().map(|fault| of_document(fault, name)));
            }
            None => findings.push(super::broke_down(job)),
        }
    }
    pdf::forget(0);
    (Some(Pages { site, statement, jobs }), findings)
}

impl Pages {
    /// Puts the site down, with the PDF and Word files of `built` beside it. What was not built is
    /// not in it. Says how many files it has.
    pub fn put_down(self, built: &[Built], folder: &Folder) -> Result<usize, Box<Finding>> {
        let mut files: Vec<(String, File)> = Vec::new();
        let mut cards: Vec<(String, Card)> = Vec::new();
        let mut all_found = Vec::new();
        for made in self.jobs {
            let own: Vec<&Built> = built
                .iter()
                .filter(|built| built.document == made.document && built.edition == made.edition)
                .collect();
            if own.is_empty() {
                continue;
            }
            let mut downloads = Vec::new();
            for file in own {
                let kind = match file.format {
                    Format::Pdf => "PDF",
                    Format::PdfData => "PDF with data",
                    Format::Docx => "Word",
                    Format::Epub => "E-book",
                    Format::Html | Format::Png => continue,
                };
                let Some(path) = file.paths.first() else { continue };
                let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
                let bytes = fs::read(path).map_err(|error| {
                    let message = format!("cannot read {}", path.display());
                    Box::new(Finding::new(&rules::WRITE_FAILED, message).note(error.to_string()))
                })?;
                downloads.push((kind.to_owned(), size(bytes.len()), name.to_owned()));
                files.push((name.to_owned(), File::Drawn(bytes)));
            }
            if cards.last().is_none_or(|(last, _)| *last != made.document) {
                let card = Card { title: made.title, subject: made.subject, ..Card::default() };
                cards.push((made.document.clone(), card));
            }
            if let Some((_, card)) = cards.last_mut() {
                let page = made.pages.first().map(|(name, _)| name.clone()).unwrap_or_default();
                card.editions.push(CardEdition { title: made.edition_title, page, downloads });
                if let Some((page, day)) = made.changed {
                    let words = format!("What changed since {}", day_in_words(day));
                    card.changed = Some((page.name.clone(), words));
                    files.push((page.name, File::Drawn(page.markup.into_bytes())));
                }
                if let Some(register) = made.register.filter(|_| card.register.is_none()) {
                    card.register = Some(register.0.clone());
                    files.push(register);
                }
            }
            files.extend(made.pages);
            all_found.extend(made.found);
        }
        if cards.is_empty() {
            return Ok(0);
        }
        let cards: Vec<Card> = cards.into_iter().map(|(_, card)| card).collect();
        for page in [self.statement, self.site.search(&all_found), self.site.start(&cards)] {
            files.push((page.name, File::Drawn(page.markup.into_bytes())));
        }
        let _held = folder.prepare()?;
        let count = files.len();
        let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let list = names.iter().map(|name| format!("{name}\n")).collect::<String>();
        let before = folder.listed(LIST);
        let mut staged = Vec::new();
        for (name, file) in &files {
            if let Some(bytes) = file.bytes().filter(|bytes| !folder.holds(name, bytes)) {
                staged.push(folder.stage(name, bytes)?);
            }
        }
        staged.push(folder.stage(LIST, list.as_bytes())?);
        for file in staged {
            folder.put(file)?;
        }
        // Pages of documents that are no more would still be found; other files are not ours.
        for name in before.iter().filter(|name| !names.contains(name.as_str())) {
            folder.remove(name)?;
        }
        Ok(count)
    }
}

/// "291 kB", as the start page says it.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

fn edition_title(project: &Project, edition: &str) -> String {
    project.edition(edition).map_or_else(|| edition.to_owned(), |edition| edition.title.clone())
}

/// What stands in file names for a job.
fn stem(job: &Job<'_>) -> String {
    format!("{}.{}", job.template.name, job.copy())
}

/// What the pages of all jobs are made with.
struct At<'s> {
    project: &'s Project,
    site: &'s Site,
    ready: &'s [(&'s Job<'s>, &'s Document)],
    folder: &'s Folder,
    cache: &'s Cache,
}

impl At<'_> {
    /// The pages of one job, whose document has the fingerprint `print`: drawn, unless an earlier build
    /// kept them.
    fn of_job(
        &self,
        job: &Job<'_>,
        document: &Document,
        theme: &pdf::ThemeInput,
        print: Hash,
    ) -> Result<Made, Vec<Finding>> {
        let At { project, site, ready, cache, .. } = *self;
        let stem = stem(job);
        let others = ready.iter().filter(|(other, _)| {
            other.template.name == job.template.name && other.edition != job.edition
        });
        let alternates: Vec<Alternate> = others
            .map(|(other, _)| Alternate {
                to: format!("{}.html", self::stem(other)),
                kind: "text/html".to_owned(),
                title: edition_title(project, &other.edition),
            })
            .collect();
        let easy = project.edition(&job.edition).is_some_and(|e| e.numbers == Numbers::Easy);
        let links: Vec<(String, String)> =
            alternates.iter().map(|other| (other.title.clone(), other.to.clone())).collect();
        let Site { title, publisher, language, css, address } = site;
        let key = fingerprint::Made::of("site")
            .with_hash(print)
            .with_hash(fingerprint::told(project, document))
            .with_value(&(title, publisher, language, css, address, &stem, &links))
            .hash();
        let (pages, found, register) = match self.kept(key) {
            Some(kept) => kept,
            None => {
                let base = Extras {
                    provenance: !easy,
                    origins: enclosed::origins(project, &document.blocks),
                    sorting: !easy,
                    datasets: enclosed::datasets(project, &document.blocks),
                    reading_help: easy,
                    alternates,
                    site: Some(Frame { before: site.navigation(&links), ..Frame::default() }),
                    ..Extras::default()
                };
                let (pages, found) = drawn(site, document, &stem, &base, theme)?;
                let register = register_page(site, &stem, document, &base.datasets);
                let names = pages.iter().map(|page| page.name.clone()).collect();
                let listed = Listed {
                    pages: names,
                    found,
                    register: register.as_ref().map(|page| page.name.clone()),
                };
                let all = pages.into_iter().chain(register);
                let files: Vec<Vec<u8>> = all.map(|page| page.markup.into_bytes()).collect();
                cache.keep(key, &listed, &files);
                apart(listed, files.into_iter().map(File::Drawn).collect())
            }
        };
        Ok(Made {
            document: job.template.name.clone(),
            edition: job.edition.clone(),
            title: document.meta.title.clone(),
            subject: document.meta.subject.clone(),
            edition_title: edition_title(project, &job.edition),
            pages,
            found,
            register,
            changed: None,
        })
    }

    /// What an earlier build kept under `key`, when all of it is there.
    fn kept(&self, key: Hash) -> Option<Parts> {
        let record = self.cache.record::<Listed>(key)?;
        let names = record.facts.pages.iter().chain(&record.facts.register);
        let mut files = Vec::new();
        for (name, object) in names.zip(&record.files) {
            // No record leads out of the folder, whoever wrote it.
            if name.contains(['/', '\\']) || name.starts_with('.') {
                return None;
            }
            files.push(if object.stands_at(&self.folder.path().join(name)) {
                File::Stands(object.bytes)
            } else {
                File::Kept(self.cache.bytes(object)?)
            });
        }
        Some(apart(record.facts, files))
    }
}

/// Pages, what can be found in them, and the register's page.
type Parts = (Vec<(String, File)>, Vec<Found>, Option<(String, File)>);

/// Gives each file of `listed` its name: the pages, then the register.
fn apart(listed: Listed, files: Vec<File>) -> Parts {
    let mut files = files.into_iter();
    let pages = listed.pages.into_iter().zip(files.by_ref()).collect();
    (pages, listed.found, listed.register.zip(files.next()))
}

/// The pages of `document`, and what can be found in them.
fn drawn(
    site: &Site,
    document: &Document,
    stem: &str,
    base: &Extras,
    theme: &pdf::ThemeInput,
) -> Result<(Vec<SitePage>, Vec<Found>), Vec<Finding>> {
    let kinds: Vec<_> = drawings(&document.blocks).into_iter().map(|d| &d.drawing).collect();
    let svgs = pdf::drawing_svgs(&kinds, theme)?;
    let name = format!("{stem}.html");
    let extras =
        Extras { drawings: svgs.clone(), canonical: site.canonical(&name), ..base.clone() };
    let whole = html(document, &theme.tokens, &extras)?;
    let runs = if whole.len() > LONG { parts(&document.blocks) } else { Vec::new() };
    if runs.len() >= 2 {
        return in_parts(site, document, stem, &runs, base, svgs, theme);
    }
    let at = places(&document.blocks);
    let found = found(document, &document.blocks, |anchor| {
        at.get(anchor).map_or_else(|| name.clone(), |id| format!("{name}#{id}"))
    });
    Ok((vec![SitePage { name, markup: whole }], found))
}

/// The pages of a long document: one a part, each with the contents of all.
fn in_parts(
    site: &Site,
    document: &Document,
    stem: &str,
    runs: &[Vec<Block>],
    base: &Extras,
    svgs: Vec<DrawnSvg>,
    theme: &pdf::ThemeInput,
) -> Result<(Vec<SitePage>, Vec<Found>), Vec<Finding>> {
    let names: Vec<String> = (1..=runs.len())
        .map(|n| if n == 1 { format!("{stem}.html") } else { format!("{stem}.{n}.html") })
        .collect();
    let mut elsewhere = BTreeMap::new();
    for (name, run) in names.iter().zip(runs) {
        for (anchor, id) in places(run) {
            elsewhere.insert(anchor, format!("{name}#{id}"));
        }
    }
    let outline: Vec<Heading> = all_headings(&document.blocks).into_iter().cloned().collect();
    let title = |run: &[Block]| {
        all_headings(run).first().map_or_else(|| document.meta.title.clone(), |h| line(&h.content))
    };
    let titles: Vec<String> = runs.iter().map(|run| title(run)).collect();
    let is_contents = |block: &&Block| matches!(block.kind, BlockKind::Contents(_));
    let contents = document.blocks.iter().find(is_contents);
    let (mut pages, mut all_found) = (Vec::new(), Vec::new());
    let mut svgs = svgs.into_iter();
    for (at, run) in runs.iter().enumerate() {
        let mut part = Document {
            meta: document.meta.clone(),
            blocks: Vec::new(),
            assets: document.assets.clone(),
        };
        if at > 0 {
            part.blocks.extend(contents.cloned());
            let title = titles.get(at).map_or("", String::as_str);
            part.meta.title = format!("{title} – {}", document.meta.title);
        }
        part.blocks.extend(run.iter().cloned());
        let link = |at: Option<usize>| {
            at.and_then(|at| Some((titles.get(at)?.as_str(), names.get(at)?.as_str())))
        };
        let after = site.steps(link(at.checked_sub(1)), link(Some(at + 1)));
        let before = base.site.as_ref().map(|site| site.before.clone()).unwrap_or_default();
        let extras = Extras {
            drawings: svgs.by_ref().take(drawings(run).len()).collect(),
            site: Some(Frame { before, after }),
            elsewhere: elsewhere.clone(),
            outline: Some(outline.clone()),
            canonical: names.get(at).and_then(|name| site.canonical(name)),
            ..base.clone()
        };
        let markup = html(&part, &theme.tokens, &extras)?;
        all_found.extend(found(document, run, |anchor| {
            elsewhere.get(anchor).cloned().unwrap_or_default()
        }));
        let name = names.get(at).cloned().unwrap_or_default();
        pages.push(SitePage { name, markup });
    }
    Ok((pages, all_found))
}

/// The runs of blocks that each begin with a heading of level 1, or of level 2 where that were a
/// page too large; what comes before the first is with it.
fn parts(blocks: &[Block]) -> Vec<Vec<Block>> {
    let mut flat = Vec::new();
    gather(blocks, false, &mut |block| flat.push(block.clone()));
    let runs = split(flat, 1);
    let is_large = |run: &[Block]| run.iter().map(weight).sum::<usize>() > LARGE;
    let deeper = runs.into_iter().map(|run| if is_large(&run) { split(run, 2) } else { vec![run] });
    deeper.flatten().collect()
}

/// A run of blocks is too large for one page when its words and cells weigh more than this.
const LARGE: usize = 130_000;

/// About how many bytes a block's words and cells take.
fn weight(block: &Block) -> usize {
    let words = words_of(block, Drawn::Labels);
    words.iter().map(|words| words.len() + 60).sum()
}

fn split(blocks: Vec<Block>, level: u8) -> Vec<Vec<Block>> {
    let mut runs: Vec<Vec<Block>> = Vec::new();
    let mut begun = false;
    for block in blocks {
        let begins = begins_part(&block, level);
        match runs.last_mut() {
            Some(run) if !(begins && begun) => run.push(block),
            _ => runs.push(vec![block]),
        }
        // What stands before the first heading is with it.
        begun |= begins;
    }
    runs
}

fn begins_part(block: &Block, level: u8) -> bool {
    match &block.kind {
        BlockKind::Heading(heading) => heading.level <= level,
        BlockKind::Opener(opener) => opener.blocks.first().is_some_and(|b| begins_part(b, level)),
        _ => false,
    }
}

/// What can be found in `blocks`: a section for each heading, with its words once each.
fn found(document: &Document, blocks: &[Block], to: impl Fn(&str) -> String) -> Vec<Found> {
    let meta = &document.meta;
    let mut sections: Vec<(Found, BTreeSet<String>)> = Vec::new();
    gather(blocks, true, &mut |block| {
        if let BlockKind::Heading(heading) = &block.kind {
            let number = heading.number.as_ref().map(|n| format!("{n} ")).unwrap_or_default();
            let found = Found {
                to: to(&heading.anchor),
                of: meta.title.clone(),
                heading: format!("{number}{}", line(&heading.content)),
                words: String::new(),
            };
            sections.push((found, BTreeSet::new()));
        } else if let Some((_, words)) = sections.last_mut() {
            for text in words_of(block, Drawn::Labels) {
                let split = text.split(|c: char| !c.is_alphanumeric());
                words.extend(split.filter(|word| word.chars().count() > 2).map(str::to_lowercase));
            }
        }
    });
    let join = |words: BTreeSet<String>| words.into_iter().collect::<Vec<_>>().join(" ");
    sections.into_iter().map(|(found, words)| Found { words: join(words), ..found }).collect()
}

/// The blocks in reading order, those of sections and, where `openers` says so, openers one by one.
fn gather(blocks: &[Block], openers: bool, visit: &mut impl FnMut(&Block)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Section(section) => gather(&section.blocks, openers, visit),
            BlockKind::Opener(opener) if openers => gather(&opener.blocks, openers, visit),
            _ => visit(block),
        }
    }
}

/// The register of a document's figures as a page.
fn register_page(
    site: &Site,
    stem: &str,
    document: &Document,
    datasets: &[DatasetNote],
) -> Option<SitePage> {
    let rows: Vec<Vec<String>> = register(&document.blocks)
        .into_iter()
        .filter(|entry| entry.is_sourced())
        .map(|entry| {
            let heading = entry.heading.map(|heading| line(&heading.content)).unwrap_or_default();
            let text = |value: Option<String>| value.unwrap_or_default();
            vec![
                entry.name,
                entry.value,
                text(entry.unit),
                text(entry.at),
                text(entry.source),
                heading,
            ]
        })
        .collect();
    let title = format!("Figures of {}", document.meta.title);
    let lead = "Each figure with what it is, the period it holds for and where it came from.";
    let head = ["Figure", "Value", "Unit", "Period", "Source", "Where it stands"];
    let name = format!("{stem}.figures.html");
    let about = About { datasets, ..About::new(&name, &title) };
    (!rows.is_empty()).then(|| site.table(&about, lead, &head, &rows))
}
