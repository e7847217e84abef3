//! How long each stage takes on this project's three annexes, and on plans of 10 and 100 times the rows.
//!
//! `cargo bench` runs all; `cargo bench -- docx` those with that name. A larger plan is
//! this one with its actions, KPIs, measures and risks said again under other ids.
//! Laying out 100 times the rows takes over a gigabyte and half a minute a run, so it
//! stands behind `ANNEXE_BENCH_LARGE=1`.

use std::path::Path;
use std::sync::OnceLock;

use annexe::assemble::{Options, assemble};
use annexe::build::{Folder, Terms, pack};
use annexe::diag::{Findings, Severity};
use annexe::document::Document;
use annexe::figures::{Read, claims, typed};
use annexe::project::Project;
use annexe::source::At;
use annexe::write::docx::{Extras, docx};
use annexe::write::pdf::{layout, standard_theme};
use divan::Bencher;

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [1, 10, 100];

fn laid_out() -> Vec<usize> {
    let large = std::env::var_os("ANNEXE_BENCH_LARGE").is_some();
    SIZES.into_iter().filter(|n| *n < 100 || large).collect()
}

fn own() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(|| {
        let (project, _) = annexe::load::load(Path::new(env!("CARGO_MANIFEST_DIR")));
        project.expect("this project loads")
    })
}

/// This project with `times` the rows.
fn scaled(times: usize) -> Project {
    let mut project = own().clone();
    let plan = own().plan.clone();
    let again = |id: &At<String>, n: usize| At::new(format!("{}-{n}", id.value), id.span);
    for n in 2..=times {
        project.plan.actions.extend(plan.actions.iter().cloned().map(|mut action| {
            action.id = again(&action.id, n);
            action
        }));
        project.plan.kpis.extend(plan.kpis.iter().cloned().map(|mut kpi| {
            kpi.id = again(&kpi.id, n);
            kpi
        }));
        project.plan.measures.extend(plan.measures.iter().cloned().map(|mut measure| {
            measure.kpis = measure.kpis.iter().map(|id| again(id, n)).collect();
            measure
        }));
        project.plan.risks.extend(plan.risks.iter().cloned().map(|mut risk| {
            risk.id = again(&risk.id, n);
            risk
        }));
        let statement = &plan.statement;
        let rows = &mut project.plan.statement;
        rows.areas.extend(statement.areas.iter().cloned().map(|mut area| {
            area.id = again(&area.id, n);
            area
        }));
        rows.findings.extend(statement.findings.iter().cloned().map(|mut finding| {
            (finding.id, finding.area) = (again(&finding.id, n), again(&finding.area, n));
            finding
        }));
        rows.responses.extend(statement.responses.iter().cloned().map(|mut response| {
            response.row.id = again(&response.row.id, n);
            response.finding = again(&response.finding, n);
            response
        }));
        rows.steps.extend(statement.steps.iter().cloned().map(|mut step| {
            step.row.id = again(&step.row.id, n);
            step.response = again(&step.response, n);
            step
        }));
    }
    project
}

/// The appendix to the statement of action, which stands in a table a finding.
fn appendix(project: &Project) -> Document {
    let template = &project.templates["wsoa-appendix"];
    let parameters = template.parameters.iter();
    let options = Options {
        edition: template.editions[0].clone(),
        as_at: project.day_of(template, None),
        parameters: parameters
            .filter_map(|p| Some((p.name.value.clone(), p.default.clone()?)))
            .collect(),
    };
    assemble(project, template, &options).document
}

const PARTS: [usize; 2] = [1, 10];

#[divan::bench(args = PARTS, sample_count = 10)]
fn appendix_assemble(bencher: Bencher, times: usize) {
    let project = scaled(times);
    bencher.bench(|| appendix(&project));
}

#[divan::bench(args = PARTS, sample_count = 10)]
fn appendix_docx(bencher: Bencher, times: usize) {
    let project = scaled(times);
    let document = appendix(&project);
    let extras = Extras::default();
    bencher.bench(|| docx(&document, &project.theme.tokens, &extras).expect("a Word file").len());
}

#[divan::bench(args = PARTS, sample_count = 3)]
fn appendix_pdf(bencher: Bencher, times: usize) {
    let document = appendix(&scaled(times));
    let theme = standard_theme().expect("the shipped theme");
    bencher.bench(|| {
        typst_forget();
        layout(&document, &theme).expect("a layout").pdf().expect("a PDF").len()
    });
}

fn documents(project: &Project) -> Vec<Document> {
    let annexes = project.templates.values().filter(|t| t.name.starts_with("app-annex"));
    annexes
        .map(|template| {
            let options = Options {
                edition: template.editions[0].clone(),
                as_at: project.day_of(template, None),
                parameters: Default::default(),
            };
            assemble(project, template, &options).document
        })
        .collect()
}

#[divan::bench]
fn load(bencher: Bencher) {
    bencher.bench(|| annexe::load::load(Path::new(env!("CARGO_MANIFEST_DIR"))));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn check(bencher: Bencher, times: usize) {
    let project = scaled(times);
    bencher.bench(|| annexe::check::check(&project, None));
}

/// The check of typed figures over every file of the self-evaluation: meant to stay under 0.3 s.
#[divan::bench]
fn typed_figures(bencher: Bencher) {
    let project = own();
    let template = &project.templates["sef"];
    let as_at = project.day_of(template, None);
    let options = Options { edition: "full".into(), as_at, parameters: Default::default() };
    let made = assemble(project, template, &options);
    let files = made.narrative.iter().filter_map(|path| project.narrative.get(path));
    let files: Vec<Read> =
        files.map(|&file| Read { file, base: 0, as_at, documents: Vec::new() }).collect();
    bencher.bench(|| (typed(project, &files), claims(&made.document)));
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn assemble_all(bencher: Bencher, times: usize) {
    let project = scaled(times);
    bencher.bench(|| documents(&project));
}

#[divan::bench(args = laid_out(), sample_count = 3)]
fn typst_layout(bencher: Bencher, times: usize) {
    let documents = documents(&scaled(times));
    let theme = standard_theme().expect("the shipped theme");
    bencher.bench(|| {
        // Typst remembers what it laid out: forget it, as a new process would.
        typst_forget();
        documents.iter().map(|d| layout(d, &theme).expect("a layout").pages()).sum::<usize>()
    });
}

#[divan::bench(args = laid_out(), sample_count = 3)]
fn pdf_export(bencher: Bencher, times: usize) {
    let documents = documents(&scaled(times));
    let theme = standard_theme().expect("the shipped theme");
    let layouts: Vec<_> = documents.iter().map(|d| layout(d, &theme).expect("a layout")).collect();
    bencher.bench(|| layouts.iter().map(|l| l.pdf().expect("a PDF").len()).sum::<usize>());
}

/// Without the pictures of drawings, which the theme draws.
#[divan::bench(args = SIZES, sample_count = 10)]
fn docx_all(bencher: Bencher, times: usize) {
    let project = scaled(times);
    let documents = documents(&project);
    let extras = Extras { drawings: drawings(&documents), ..Extras::default() };
    bencher.bench(|| {
        let files = documents.iter().map(|d| docx(d, &project.theme.tokens, &extras));
        files.map(|f| f.expect("a Word file").len()).sum::<usize>()
    });
}

/// Stand-ins as large as they are many, so that no drawing lacks its picture.
fn drawings(documents: &[Document]) -> Vec<annexe::write::DrawnPicture> {
    let theme = standard_theme().expect("the shipped theme");
    let drawings = documents.iter().flat_map(|d| annexe::document::drawings(&d.blocks));
    let drawings: Vec<_> = drawings.map(|d| &d.drawing).collect();
    annexe::write::pdf::drawing_pngs(&drawings, &theme, 0.1).expect("pictures")
}

/// The papers of every pack as one PDF: their findings are looked for, their Word files made and zipped too.
#[divan::bench(sample_count = 3)]
fn packs(bencher: Bencher) {
    let folder = std::env::temp_dir().join("annexe-bench-packs");
    let terms = Terms { as_at: None, limit: Severity::Error, threads: 1 };
    bencher.bench(|| {
        typst_forget();
        let place = Folder::named(folder.clone());
        let made = own()
            .packs
            .values()
            .map(|one| pack::pack(own(), one, Findings::default(), terms, &place).0.len());
        made.sum::<usize>()
    });
}

fn typst_forget() {
    comemo::evict(0);
}
