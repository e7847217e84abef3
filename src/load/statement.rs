//! Reads the records of a written statement of action, and the convention of its roll-ups.

use serde_json::{Value as Json, json};
use toml::Spanned;
use toml::de::DeValue;

use crate::diag::Finding;
use crate::diag::rules::VALUE_TYPE;
use crate::load::history::{HistoryOf, RatingOf, entered};
use crate::load::record::{Context, FromTable, Record};
use crate::load::value::{Choice, FromValue, Id, IdOf, Named, OneOf, ResponseRating, Text, Whole};
use crate::plan::PlanDate;
use crate::plan::roll_up::{Convention, Counted, Published, Rounding, SectionMean, TotalMean};
use crate::plan::statement::{
    Area, Commitment, DeliveryStatus, MainFinding, Response, Stage, Statement, Step, Total,
    Workstream,
};
use crate::source::At;

/// The statement's lists in one file of `content/plan/`.
pub fn read(r: &mut Record<'_, '_, '_>) -> Statement {
    Statement {
        workstreams: r.records("workstream", "Streams of work that share responses out."),
        statuses: r.records("delivery-status", "The words for how far a row has come."),
        areas: r.records("area", "Areas of weakness of a statement of action."),
        findings: r.records("finding", "Main findings in those areas."),
        responses: r.records("response", "Responses to findings."),
        steps: r.records("step", "Steps of responses."),
        totals: r.records("total", "The whole statement's published roll-up; one at most."),
    }
}

impl FromTable for Workstream {
    const WHAT: &'static str = "workstream";
    const DOC: &'static str = "A stream of work that shares responses out.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the workstream's id: \"building-capacity\"");
        let name = r.need::<Text>("name", "its name");
        let lead = r.get::<Text>("lead", "who leads it");
        let year = r.get::<Whole<99>>("year", "the year of the programme it belongs to");
        let mark = r.need::<Text>("mark", "two or three letters for it in tables: \"BC\"");
        Some(Workstream { id: id?, name: name?, lead, year, mark: mark? })
    }
}

impl Choice for Stage {
    const WHAT: &'static str = "stage";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("not-started", Stage::NotStarted),
        ("delayed", Stage::Delayed),
        ("in-progress", Stage::InProgress),
        ("completed", Stage::Completed),
        ("archived", Stage::Archived),
    ];
}

impl FromTable for DeliveryStatus {
    const WHAT: &'static str = "delivery status";
    const DOC: &'static str = "One word for how far a row has come.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the status's id, often its number: \"5\"");
        let name = r.need::<Text>("name", "its name: \"Completed\"");
        let stage = r.need::<OneOf<Stage>>("stage", "what rules may ask of it");
        Some(DeliveryStatus { id: id?, name: name?, stage: stage? })
    }
}

impl FromTable for Area {
    const WHAT: &'static str = "area";
    const DOC: &'static str = "An area of weakness.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the area's id: \"1\"");
        let name = r.need::<Text>("name", "a few words: \"No joined-up strategy\"");
        let published = published(r);
        Some(Area { id: id?, name: name?, published })
    }
}

impl FromTable for MainFinding {
    const WHAT: &'static str = "finding";
    const DOC: &'static str = "A main finding in an area of weakness.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the finding's id: \"1.1\"");
        let area = r.need::<IdOf<Area>>("area", "id of its area of weakness");
        let name = r.need::<Text>("name", "a few words, for summaries and headings");
        let text = r.need::<Text>("text", "what was found");
        let outcome = r.get::<Text>("outcome", "what should come of the responses");
        let author = r.get::<Text>("author", "who wrote the outcome");
        let start = r.get::<PlanDate>("start", "when work on it starts");
        let due = r.get::<PlanDate>("due", "when it is due");
        let published = published(r);
        Some(MainFinding {
            id: id?,
            area: area?,
            name: name?,
            text: text?,
            outcome,
            author,
            start,
            due,
            published,
        })
    }
}

impl FromTable for Response {
    const WHAT: &'static str = "response";
    const DOC: &'static str = "A response to a main finding.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the response's id: \"1.1a\"");
        let finding = r.need::<IdOf<MainFinding>>("finding", "id of its main finding");
        let text = r.need::<Text>("text", "what will be done");
        let criteria = r.get::<Text>("criteria", "how success will show");
        let author = r.get::<Text>("author", "who wrote the criteria");
        let percent =
            r.get::<HistoryOf<Whole<100>>>("percent", "how much of it is done, in percent");
        let row = row(r, id, text)?;
        let percent = percent.map(|percent| percent.value);
        Some(Response { row, finding: finding?, criteria, author, percent })
    }
}

impl FromTable for Step {
    const WHAT: &'static str = "step";
    const DOC: &'static str = "A step of a response.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the step's id: \"1.1a.1\"");
        let response = r.need::<IdOf<Response>>("response", "id of its response");
        let text = r.need::<Text>("text", "what will be done");
        let row = row(r, id, text)?;
        Some(Step { row, response: response? })
    }
}

/// What responses and steps have in common.
fn row(
    r: &mut Record<'_, '_, '_>,
    id: Option<At<String>>,
    text: Option<At<String>>,
) -> Option<Commitment> {
    let reference = r.get::<Text>("ref", "what is printed as its reference; the id when absent");
    let start = r.get::<PlanDate>("start", "when it starts");
    let due = r.get::<PlanDate>("due", "the due date as first set; never changed later");
    let expected =
        r.get::<HistoryOf<PlanDate>>("expected", "the expected end, where it differs from due");
    let status = r.need::<HistoryOf<IdOf<DeliveryStatus>>>("status", "id of its delivery status");
    let rag = r.get::<RatingOf<ResponseRating>>("rag", "the rating given by hand");
    let workstreams =
        r.list::<IdOf<Workstream>>("workstreams", "ids of the workstreams it belongs to");
    let archived_to =
        r.list::<Id>("archived-to", "ids of the responses or findings an archived row went to");
    let note = r.get::<HistoryOf<Text>>("note", "a remark to show");
    let life = entered(r);
    Some(Commitment {
        id: id?,
        reference,
        text: text?,
        start,
        due,
        expected: expected.map(|expected| expected.value),
        status: status?.value,
        rag: rag.map(|rag| rag.value),
        workstreams,
        archived_to,
        note: note.map(|note| note.value),
        life,
    })
}

impl FromTable for Total {
    const WHAT: &'static str = "total";
    const DOC: &'static str = "The whole statement's published roll-up.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let span = r.span();
        let published = r.need::<Published>("published", "the figures that were published");
        Some(Total { published: published?.value, span })
    }
}

fn published(r: &mut Record<'_, '_, '_>) -> Option<Published> {
    let doc = "the roll-up that was published, to hold against the computed one";
    r.get::<Published>("published", doc).map(|published| published.value)
}

/// The most rows that a roll-up may count.
const ROWS: u32 = 1_000_000;

/// `{ responses = 6, red = 0, archived = 1, percent = 99 }`: besides these three keys, a key is a rating's id.
impl FromValue for Published {
    type Out = Published;

    fn schema() -> Json {
        json!({
            "type": "object",
            "properties": {
                "responses": { "type": "integer", "minimum": 0, "description": "how many rows are counted" },
                "archived": { "type": "integer", "minimum": 0, "description": "how many are archived" },
                "percent": { "type": "integer", "minimum": 0, "maximum": 100, "description": "how much is done" },
            },
            "additionalProperties": {
                "type": "integer", "minimum": 0, "description": "how many have the rating with this id",
            },
        })
    }

    fn read(value: &Spanned<DeValue<'_>>, context: &mut Context<'_>) -> Option<Published> {
        let span = context.span(value.span());
        let mut published =
            Published { rows: None, archived: None, percent: None, ratings: Vec::new(), span };
        for (key, number) in Named::<Whole<ROWS>>::read(value, context)? {
            match key.as_str() {
                "responses" => published.rows = Some(number),
                "archived" => published.archived = Some(number),
                "percent" if *number > 100 => {
                    let message = "expected a whole number from 0 to 100";
                    context.report(Finding::new(&VALUE_TYPE, message).at(number.span));
                }
                "percent" => published.percent = Some(number),
                _ => published.ratings.push((key, number)),
            }
        }
        Some(published)
    }
}

impl Choice for Counted {
    const WHAT: &'static str = "kind of row to count";
    const WORDS: &'static [(&'static str, Self)] =
        &[("responses", Counted::Responses), ("steps", Counted::Steps)];
}

impl Choice for SectionMean {
    const WHAT: &'static str = "mean of a section";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("mean-of-subsections", SectionMean::SubSections),
        ("mean-of-responses", SectionMean::Responses),
    ];
}

impl Choice for TotalMean {
    const WHAT: &'static str = "mean of the total";
    const WORDS: &'static [(&'static str, Self)] =
        &[("mean-of-responses", TotalMean::Responses), ("mean-of-sections", TotalMean::Sections)];
}

impl Choice for Rounding {
    const WHAT: &'static str = "way of rounding";
    const WORDS: &'static [(&'static str, Self)] =
        &[("half-up", Rounding::HalfUp), ("down", Rounding::Down)];
}

impl FromTable for Convention {
    const WHAT: &'static str = "roll-up";
    const DOC: &'static str = "How rows are rolled up into counts and percentages.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let usual = Convention::default();
        let count = r.get::<OneOf<Counted>>("count", "which rows are counted by rating");
        let left_out = r.has("percent-leaves-out");
        let leaves_out = r.list::<OneOf<Stage>>(
            "percent-leaves-out",
            "stages of responses that have no part in percentages; archived when absent",
        );
        let section = r.get::<OneOf<SectionMean>>("section", "what an area's percentage is");
        let total = r.get::<OneOf<TotalMean>>("total", "what the whole plan's percentage is");
        let rounding = r.get::<OneOf<Rounding>>("rounding", "how a percentage is rounded");
        Some(Convention {
            count: count.map_or(usual.count, |count| count.value),
            percent_leaves_out: if left_out {
                leaves_out.into_iter().map(|stage| stage.value).collect()
            } else {
                usual.percent_leaves_out
            },
            section: section.map_or(usual.section, |section| section.value),
            total: total.map_or(usual.total, |total| total.value),
            rounding: rounding.map_or(usual.rounding, |rounding| rounding.value),
        })
    }
}
