//! Drawings: an organisation chart of any shape that a council may have, with nothing over anything.

use annexe::document::{
    Block, BlockKind, Document, Drawing, DrawingKind, Link, LinkKey, LinkKind, Organisation,
    OrganisationBody, Tier,
};
use annexe::write::pdf::{ThemeFile, ThemeInput, layout, standard_theme};

use super::theme::{standard_files, theme_of};
use crate::support::drawing_png;
use crate::support::pdf_text::Pdf;
use crate::support::sample::{meta, organisation};

/// A theme whose drawing entry asserts instead of only drawing.
fn checking_theme() -> ThemeInput {
    let mut files = standard_files();
    let check =
        ThemeFile { bytes: include_bytes!("check-drawing.typ").as_slice().into(), source: None };
    files.insert("drawing.typ".into(), check);
    theme_of(files)
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// How many charts are tried.
const CHARTS: u64 = 24;

const NAMES: &[&str] = &[
    "Council",
    "Health and Wellbeing Board",
    "SEND Improvement Board",
    "Parent Carer Forum",
    "Communications and Engagement",
    "Preparing for Adulthood Group",
    "Joint Commissioning Executive Group",
    "Data",
    "Neurodevelopmental Pathway Transformation Programme",
    "Schools Forum",
];
const DETAILS: &[&str] =
    &["Chaired by the commissioner", "Objective 2", "Every four weeks, with parents"];

/// A chart of `tiers` tiers of 1 to 7 bodies, with lines of every kind.
pub fn chart(seed: u64, tiers: usize) -> Organisation {
    let mut dice = Dice(seed);
    let tiers: Vec<Tier> = (0..tiers)
        .map(|tier| {
            let bodies = (0..=dice.below(7))
                .map(|index| OrganisationBody {
                    id: format!("{tier}-{index}"),
                    name: NAMES[dice.below(NAMES.len())].into(),
                    detail: (dice.below(2) == 0).then(|| DETAILS[dice.below(DETAILS.len())].into()),
                    lead: tier == 1 && index == 0,
                })
                .collect();
            let band = (dice.below(4) == 0)
                .then(|| "Co-production with families and young people".to_owned());
            Tier { band, bodies }
        })
        .collect();
    let mut links = Vec::new();
    let pick = |dice: &mut Dice, tier: usize| {
        let bodies = &tiers[tier].bodies;
        bodies[dice.below(bodies.len())].id.clone()
    };
    for (tier, Tier { bodies, .. }) in tiers.iter().enumerate().skip(1) {
        for body in bodies {
            links.push(Link {
                from: body.id.clone(),
                to: pick(&mut dice, tier - 1),
                line: LinkKind::Reports,
            });
        }
    }
    for _ in 0..dice.below(6) {
        let (a, b) = (dice.below(tiers.len()), dice.below(tiers.len()));
        let line = if dice.below(2) == 0 { LinkKind::Informs } else { LinkKind::Challenges };
        links.push(Link { from: pick(&mut dice, a), to: pick(&mut dice, b), line });
    }
    links.retain(|link| link.from != link.to);
    let key = [
        (LinkKind::Reports, "reports to"),
        (LinkKind::Informs, "informs"),
        (LinkKind::Challenges, "holds to account"),
    ];
    let key = key.map(|(line, words)| LinkKey { line, words: words.into() }).to_vec();
    Organisation { tiers, links, key }
}

#[test]
fn nothing_in_an_organisation_chart_lies_over_anything_else() {
    let theme = checking_theme();
    let mut faults = Vec::new();
    for seed in 0..CHARTS {
        let tiers = 2 + seed as usize % 5;
        if let Err(findings) =
            drawing_png(&DrawingKind::Organisation(chart(seed, tiers)), &theme, 1.0)
        {
            faults.push(format!("chart {seed} of {tiers} tiers: {}", findings[0].message));
        }
    }
    assert!(faults.is_empty(), "{} of {CHARTS}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn lines_to_all_bodies_of_a_band_end_at_the_band() {
    let mut sized = [0.0; 2];
    for (size, band) in sized.iter_mut().zip([Some("Co-production with families".to_owned()), None])
    {
        let mut chart = (0..)
            .map(|seed| chart(seed, 2))
            .find(|chart| (3..5).contains(&chart.tiers[1].bodies.len()))
            .unwrap();
        chart.tiers[1].band = band;
        let (top, bodies) = (chart.tiers[0].bodies[0].id.clone(), &chart.tiers[1].bodies);
        let link = |from: &str, to: &str, line| Link { from: from.into(), to: to.into(), line };
        chart.links = bodies
            .iter()
            .flat_map(|body| {
                [
                    link(&body.id, &top, LinkKind::Reports),
                    link(&top, &body.id, LinkKind::Challenges),
                ]
            })
            .collect();
        let drawn = drawing_png(&DrawingKind::Organisation(chart), &checking_theme(), 1.0);
        *size = drawn.unwrap_or_else(|findings| panic!("{}", findings[0].message)).height;
    }
    // Two straight lines need no tracks, so that even with the band's words the chart is no higher.
    assert!(sized[0] <= sized[1] + 40.0, "{sized:?}");
}

#[test]
fn a_drawing_for_word_is_as_large_as_it_says() {
    let theme = standard_theme().unwrap();
    let picture = drawing_png(&DrawingKind::Organisation(organisation()), &theme, 2.0).unwrap();
    let side = |at: usize| u32::from_be_bytes(picture.png[at..at + 4].try_into().unwrap());
    assert_eq!(&picture.png[1..4], b"PNG");
    assert_eq!(f64::from(side(16)), (picture.width * 2.0).round());
    assert_eq!(f64::from(side(20)), (picture.height * 2.0).round());
    // It fits between the margins of an upright page.
    assert!(picture.width <= (210.0 - 2.0 * 22.0) / 25.4 * 72.0 + 0.01);
}

#[test]
fn a_line_to_a_body_that_is_not_there_is_a_finding() {
    let mut chart = organisation();
    chart.links[0].to = "nobody".into();
    let findings = drawing_png(&DrawingKind::Organisation(chart), &standard_theme().unwrap(), 1.0)
        .unwrap_err();
    assert!(findings[0].message.contains("nobody"), "{}", findings[0].message);
}

#[test]
fn a_chart_higher_than_the_page_is_drawn_smaller() {
    let drawing = Drawing {
        drawing: DrawingKind::Organisation(chart(4, 6)),
        alt: "Organisation chart".into(),
        title: None,
        caption: None,
        anchor: None,
        figures: Vec::new(),
    };
    let document = Document {
        meta: meta(),
        blocks: vec![Block::new(BlockKind::Drawing(drawing))],
        assets: Default::default(),
    };
    let laid = layout(&document, &standard_theme().unwrap()).unwrap();
    assert_eq!(laid.pages(), 1);
    let pdf = Pdf::read(&laid.pdf().unwrap());
    assert_eq!(pdf.beyond_the_edge(), []);
    assert_eq!(pdf.overlaps(), []);
    let bottom =
        pdf.runs.iter().filter(|run| run.mcid.is_some()).map(|run| run.y).fold(f64::MAX, f64::min);
    assert!(bottom > 40.0, "drawn down to {bottom} pt above the edge");
}
