//! Reads the records of `content/plan/*.toml`, but for measures ([`crate::load::measure`]).
//!
//! Each `read` is the one place that says which keys a record has and what they mean;
//! the JSON Schema is made from the same words.

use crate::load::history::{DayOrBy, HistoryOf, KnownOf, RatingOf, entered, life};
use crate::load::record::{FromTable, Record};
use crate::load::value::{
    ActionRating, Choice, DayOrMonth, Flag, Id, IdOf, OneOf, RiskRating, Text, Whole,
};
use crate::plan::roll_up::Convention;
use crate::plan::{
    Action, Body, BodyLinks, Done, EasyRating, Event, Factor, FeedbackGroup, FeedbackPoint, Kpi,
    Milestone, Objective, Period, Phase, Plan, PlanDate, Rating, Revision, Risk, Role, Schedule,
    Scheme, SchemeOf, Weakness,
};
use crate::source::At;

/// One file of `content/plan/`: any kinds of record, in any order.
impl FromTable for Plan {
    const WHAT: &'static str = "";
    const DOC: &'static str =
        "Data of an improvement plan: any of these lists, in any file of content/plan.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        Some(Plan {
            objectives: r.records("objective", "What the plan sets out to do."),
            weaknesses: r.records("weakness", "Areas of significant weakness."),
            roles: r.records("role", "Posts and bodies that answer for actions."),
            actions: r.records("action", "Actions with their milestones."),
            measures: r.records("measure", "Why KPIs show improvement."),
            kpis: r.records("kpi", "Measures with their series."),
            periods: r.records("period", "Reporting periods of the scorecard, in order."),
            risks: r.records("risk", "The risk register."),
            feedback: r.records("feedback", "What groups of people said."),
            replies: r.records("reply", "What people said, and what partners did about it."),
            bodies: r.records("body", "Governance bodies."),
            phases: r.records("phase", "Phases of the programme."),
            events: r.records("event", "What happened or is to happen, for timelines."),
            factors: r.records("factor", "Why progress was not enough, and the response."),
            statement: crate::load::statement::read(r),
            priorities: r.records("priority", "What a self-evaluation puts first."),
            groups: r.records("group", "Groups of criteria, in order."),
            criteria: r.records("criterion", "What a self-evaluation is made against."),
            parts: r.records("part", "The parts that every criterion has, in order."),
            intentions: r.records("intention", "Rows of the criteria's action tables."),
            signatories: r.records("signatory", "Who signs the foreword, in order."),
            terms: r.records("term", "The glossary, and names that need no explanation."),
            schemes: r.records("scheme", "Rating schemes."),
            kinds: crate::plan::Kinds::default(),
            declared: crate::load::declared::read(r),
            unread: Vec::new(),
        })
    }
}

impl FromTable for Objective {
    const WHAT: &'static str = "objective";
    const DOC: &'static str = "What the plan sets out to do.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the objective's id: \"SL\"");
        let name = r.need::<Text>("name", "its name");
        let summary = r.get::<Text>("summary", "a sentence on what it is for");
        let weaknesses =
            r.list::<IdOf<Weakness>>("weaknesses", "ids of the areas of weakness it answers");
        let sponsor = r.get::<IdOf<Role>>("sponsor", "id of the role that sponsors it");
        let life = life(r);
        Some(Objective { id: id?, name: name?, summary, weaknesses, sponsor, life })
    }
}

impl FromTable for Weakness {
    const WHAT: &'static str = "weakness";
    const DOC: &'static str = "An area of significant weakness that the inspection named.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the area's id: \"ASW1\"");
        let name = r.need::<Text>("name", "a few words: \"Co-production\"");
        let finding = r.need::<Text>("finding", "what the inspection found, in a sentence");
        let life = life(r);
        Some(Weakness { id: id?, name: name?, finding: finding?, life })
    }
}

impl FromTable for Role {
    const WHAT: &'static str = "role";
    const DOC: &'static str = "A post or body that answers for actions.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the role's id: \"ad-send\"");
        let name = r.need::<Text>("name", "the post's name");
        let organisation = r.get::<Text>("organisation", "who employs it");
        Some(Role { id: id?, name: name?, organisation })
    }
}

impl FromTable for Revision {
    const WHAT: &'static str = "revision";
    const DOC: &'static str = "A move of the due date.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let on = r.need::<DayOrBy>(
            "on",
            "the day it was moved; \"by 2022-04-30\" when that is not known",
        );
        let to = r.need::<PlanDate>("to", "the new due date");
        let why = r.get::<Text>("why", "why it was moved");
        let on = on?;
        let (day, by_then) = on.value;
        Some(Revision { on: At::new(day, on.span), by_then, to: to?, why })
    }
}

/// The dates of an action or milestone.
pub(super) fn schedule(r: &mut Record<'_, '_, '_>) -> Schedule {
    let due = r.get::<PlanDate>("due", "the due date as first set; never changed later");
    let mut revised: Vec<Revision> =
        r.records("revised", "moves of the due date: { on = 2022-06-01, to = 2022-07-15 }");
    revised.sort_by_key(|revision| revision.on.value);
    let started = r.get::<KnownOf<DayOrMonth>>("started", "when it started");
    let done = r.get::<KnownOf<Done>>(
        "done",
        "when it was done; \"by 2022-04-30\" when the day is not known",
    );
    let embedded = r.get::<KnownOf<DayOrMonth>>("embedded", "from when the change is embedded");
    Schedule {
        due,
        revised,
        started: started.map(|at| at.value),
        done: done.map(|at| at.value),
        embedded: embedded.map(|at| at.value),
    }
}

impl FromTable for Action {
    const WHAT: &'static str = "action";
    const DOC: &'static str = "An action of an objective.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the action's id: \"A1\"");
        let objective = r.need::<IdOf<Objective>>("objective", "id of its objective");
        let title = r.need::<Text>("title", "what will be done");
        let detail = r.get::<Text>("detail", "more about it");
        let officers = r.need_list::<IdOf<Role>>("officers", "ids of the roles responsible");
        let schedule = schedule(r);
        let progress = r.get::<HistoryOf<Text>>("progress", "how it is going");
        let note = r.get::<HistoryOf<Text>>("note", "a remark to show");
        let rag = r.get::<RatingOf<ActionRating>>("rag", "a rating given by hand");
        let links = r.list::<IdOf<Action>>("links", "ids of actions it hangs together with");
        let life = life(r);
        let mut before: Option<PlanDate> = None;
        let milestones = r.records_with("milestone", "its steps", |milestone| {
            let help =
                before.map(|date| format!("the milestone before it is due {}", date.prose()));
            milestone.help_with_dates(help);
            let read = <Milestone as FromTable>::read(milestone);
            milestone.help_with_dates(None);
            before = read.as_ref().and_then(|read: &Milestone| read.schedule.original_due());
            read
        });
        Some(Action {
            id: id?,
            objective: objective?,
            title: title?,
            detail,
            officers,
            schedule,
            progress: progress.map(|progress| progress.value),
            note: note.map(|note| note.value),
            rag: rag.map(|rag| rag.value),
            links,
            milestones,
            life,
        })
    }
}

impl FromTable for Milestone {
    const WHAT: &'static str = "milestone";
    const DOC: &'static str = "A step of an action.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.need::<Text>("title", "what will be done");
        let group = r.get::<Text>("group", "a heading that milestones in a row share");
        let schedule = schedule(r);
        let note = r.get::<HistoryOf<Text>>("note", "a remark to show");
        let progress = r.get::<HistoryOf<Text>>("progress", "how it is going");
        let rag = r.get::<RatingOf<ActionRating>>("rag", "a rating given by hand");
        let life = life(r);
        Some(Milestone {
            title: title?,
            group,
            schedule,
            note: note.map(|note| note.value),
            progress: progress.map(|progress| progress.value),
            rag: rag.map(|rag| rag.value),
            life,
        })
    }
}

impl FromTable for Period {
    const WHAT: &'static str = "period";
    const DOC: &'static str = "A reporting period of the scorecard.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the period's id: \"6\"");
        let name = r.need::<Text>("name", "its name: \"6 months\"");
        let by = r.need::<DayOrMonth>("by", "the month or day it ends; targets name the same");
        Some(Period { id: id?, name: name?, by: by? })
    }
}

impl FromTable for Risk {
    const WHAT: &'static str = "risk";
    const DOC: &'static str = "A risk of the register.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the risk's id: \"R1\"");
        let raised = r.need::<DayOrMonth>("raised", "the day it was put on the register");
        let title = r.need::<Text>("title", "what could happen");
        let severity = r
            .need::<HistoryOf<IdOf<RiskRating>>>("severity", "id of a rating in a scheme of risks");
        let mitigation = r.need::<Text>("mitigation", "what is done about it");
        let progress = r.get::<HistoryOf<Text>>("progress", "what has come of that");
        let owner = r.get::<IdOf<Role>>("owner", "id of the role that owns it");
        let actions = r.list::<IdOf<Action>>("actions", "ids of actions that bear on it");
        let kpis = r.list::<IdOf<Kpi>>("kpis", "ids of KPIs that show it");
        let closed = r.get::<KnownOf<DayOrMonth>>("closed", "the day it was closed");
        let life = entered(r);
        Some(Risk {
            id: id?,
            raised: raised?,
            title: title?,
            severity: severity?.value,
            mitigation: mitigation?,
            progress: progress.map(|progress| progress.value),
            owner,
            actions,
            kpis,
            closed: closed.map(|closed| closed.value),
            life,
        })
    }
}

impl FromTable for FeedbackGroup {
    const WHAT: &'static str = "feedback";
    const DOC: &'static str = "What one group of people said.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the group's id: \"young-people\"");
        let name = r.need::<Text>("name", "the group's name");
        let source = r.get::<Text>("source", "who gathered it or spoke for them");
        let points = r.records("point", "what they said");
        Some(FeedbackGroup { id: id?, name: name?, source, points })
    }
}

impl FromTable for FeedbackPoint {
    const WHAT: &'static str = "point";
    const DOC: &'static str = "One thing that people said.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let text = r.need::<Text>("text", "the view, reported");
        let theme = r.get::<Text>("theme", "what it is about, to group by");
        let objectives =
            r.list::<IdOf<Objective>>("objectives", "ids of the objectives that take it up");
        let life = life(r);
        Some(FeedbackPoint { text: text?, theme, objectives, life })
    }
}

impl FromTable for Body {
    const WHAT: &'static str = "body";
    const DOC: &'static str = "A governance body.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the body's id: \"sib\"");
        let name = r.need::<Text>("name", "its name");
        let detail = r.get::<Text>("detail", "a smaller line in the diagram");
        let role = r.get::<Text>("role", "what it does");
        let chair = r.get::<Text>("chair", "who chairs it");
        let meets = r.get::<Text>("meets", "how often it meets: \"every 4 weeks\"");
        let members = r.list::<Text>("members", "who sits on it");
        let tier = r.need::<Whole<20>>("tier", "its tier in the diagram, 1 at the top");
        let band = r.get::<Text>("band", "words of a band drawn around its tier");
        let lead = r.get::<Flag>("lead", "whether it is the one that decides");
        let structures = r.list::<Id>(
            "structures",
            "the structures it belongs to, by your own names; when there is only one, none is needed",
        );
        let reports_to = r.list::<IdOf<Body>>("reports-to", "ids of bodies it reports to");
        let informs = r.list::<IdOf<Body>>("informs", "ids of bodies it informs");
        let challenges = r.list::<IdOf<Body>>("challenges", "ids of bodies it holds to account");
        let life = life(r);
        Some(Body {
            id: id?,
            name: name?,
            detail,
            role,
            chair,
            meets,
            members,
            tier: tier?,
            band,
            lead: lead.is_some_and(|lead| lead.value),
            structures,
            links: BodyLinks { reports_to, informs, challenges },
            life,
        })
    }
}

impl FromTable for Phase {
    const WHAT: &'static str = "phase";
    const DOC: &'static str = "A phase of the programme.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the phase's id: \"setup\"");
        let name = r.need::<Text>("name", "its name");
        let from = r.need::<DayOrMonth>("from", "its first month or day");
        let to = r.need::<DayOrMonth>("to", "its last month or day");
        let items = r.list::<Text>("items", "what belongs to it");
        let life = life(r);
        Some(Phase { id: id?, name: name?, from: from?, to: to?, items, life })
    }
}

impl FromTable for Event {
    const WHAT: &'static str = "event";
    const DOC: &'static str = "Something that happened or is to happen.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let title = r.need::<Text>("title", "what it is");
        let at = r.need::<DayOrMonth>("at", "the day or month, or when it began");
        let to =
            r.get::<DayOrMonth>("to", "when it ended or is to end, where it goes on for a time");
        let detail = r.get::<Text>("detail", "more about it");
        Some(Event { title: title?, at: at?, to, detail })
    }
}

impl FromTable for Factor {
    const WHAT: &'static str = "factor";
    const DOC: &'static str = "Why progress was not enough, and what is done about it.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let weakness =
            r.get::<IdOf<Weakness>>("weakness", "id of the area of weakness; none: the programme");
        let cause = r.need::<Text>("cause", "why progress was not enough");
        let response = r.need::<Text>("response", "what is done about it");
        let objectives = r.list::<IdOf<Objective>>("objectives", "ids of objectives that do it");
        let because_of =
            r.list::<IdOf<Weakness>>("because-of", "ids of weaknesses it follows from");
        let life = life(r);
        Some(Factor { weakness, cause: cause?, response: response?, objectives, because_of, life })
    }
}

impl Choice for SchemeOf {
    const WHAT: &'static str = "kind of scheme";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("action", SchemeOf::Action),
        ("kpi", SchemeOf::Kpi),
        ("risk", SchemeOf::Risk),
        ("response", SchemeOf::Response),
    ];
}

impl FromTable for Scheme {
    const WHAT: &'static str = "scheme";
    const DOC: &'static str = "A rating scheme; its ratings are tried in order.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the scheme's id; templates name it");
        let name = r.need::<Text>("name", "its name");
        let of = r.need::<OneOf<SchemeOf>>("of", "what it rates: action, kpi, risk or response");
        let key_order = r.list::<Id>("key", "ids of the ratings in the order a key shows them");
        let ratings = r.records("rating", "its ratings, in the order they are tried");
        let roll_up = r.get::<Convention>("roll-up", "how rows are rolled up, for statements");
        let roll_up = roll_up.map_or_else(Convention::default, |roll_up| roll_up.value);
        Some(Scheme { id: id?, name: name?, of: of?, ratings, key_order, roll_up })
    }
}

impl FromTable for Rating {
    const WHAT: &'static str = "rating";
    const DOC: &'static str = "One rating of a scheme.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let id = r.id("the rating's id: \"red\"");
        let letter = r.need::<Text>("letter", "the letter in the chip");
        let word = r.need::<Text>("word", "the word beside it");
        let meaning = r.need::<Text>("meaning", "what it means, for the key");
        let colour = r.need::<Id>("colour", "the name of a RAG colour of the theme");
        let when = r.get::<Text>("when", "the rule; none on the last rating: otherwise");
        let allowed =
            r.get::<Text>("allowed", "where no rule decides, a declaration stands if this holds");
        let exception = r.get::<Flag>("exception", "whether a report tells rows with it first");
        let easy = r.get::<EasyRating>("easy", "how easy read shows it");
        let span = r.span();
        Some(Rating {
            id: id?,
            letter: letter?,
            word: word?,
            meaning: meaning?,
            colour: colour?,
            when,
            allowed,
            exception: exception.is_some_and(|exception| exception.value),
            easy: easy.map(|easy| easy.value),
            span,
        })
    }
}

impl FromTable for EasyRating {
    const WHAT: &'static str = "easy";
    const DOC: &'static str = "How easy read shows a rating.";

    fn read(r: &mut Record<'_, '_, '_>) -> Option<Self> {
        let image = r.need::<Id>("image", "a picture of the library: \"face-happy\"");
        let words = r.need::<Text>("words", "the words beside it: \"Going well\"");
        Some(EasyRating { image: image?, words: words? })
    }
}
