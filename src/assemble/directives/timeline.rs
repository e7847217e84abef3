//! `timeline`: events and phases of the plan along a line of time, and a table of them.

use chrono::{Datelike, NaiveDate};

use crate::assemble::Assembler;
use crate::assemble::blocks::column_share;
use crate::diag::{Finding, rules};
use crate::document::*;
use crate::narrative::tree::Directive;
use crate::plan::PlanDate;
use crate::plan::date::short_month;
use crate::source::{At, Span};

/// The most lines that a drawn timeline has.
const MOST: usize = 40;
/// Letters that have room along the line of time.
const LETTERS: usize = 52;
/// Days of a year, for choosing what is marked.
const YEAR: i64 = 366;

/// An event or a phase on its way to the page.
struct Entry<'p> {
    title: &'p str,
    detail: Option<&'p str>,
    from: PlanDate,
    to: Option<PlanDate>,
}

impl Entry<'_> {
    fn start(&self) -> Option<NaiveDate> {
        self.from.first_day()
    }

    /// The last day it covers; its first when it has no end.
    fn end(&self) -> Option<NaiveDate> {
        self.to.and_then(PlanDate::last_day).or(self.from.last_day()).or(self.start())
    }

    fn when(&self) -> String {
        match self.to {
            Some(to) if to != self.from => format!("{} to {}", self.from.prose(), to.prose()),
            _ => self.from.prose(),
        }
    }
}

impl<'a> Assembler<'a> {
    pub(super) fn timeline(&mut self, directive: &Directive, span: Span) -> Vec<Block> {
        let Some(entries) = self.timeline_entries(directive) else { return Vec::new() };
        if entries.is_empty() {
            self.no_rows(directive, "events or phases");
            return Vec::new();
        }
        if entries.len() > MOST {
            let message =
                format!("{} lines of a timeline cannot be told apart; {MOST} can", entries.len());
            self.chart_shape(directive, &message, "show fewer with from= and to=");
            return Vec::new();
        }
        let title = self.attribute_inlines(directive, "title").unwrap_or_default();
        if line(&title).trim().is_empty() {
            let example = "title=\"From the first inspection to the plan\"";
            self.malformed(directive.name.span, "a timeline needs a title", example);
            return Vec::new();
        }
        let today = self.attribute_words(directive, "today").filter(|w| !w.trim().is_empty());
        let Some(drawn) = drawn(&entries, self.options.as_at, today) else { return Vec::new() };
        let alt = self.attribute_words(directive, "alt").filter(|alt| !alt.trim().is_empty());
        let alt = alt.unwrap_or_else(|| described(&line(&title), &entries));
        let labels = self.labels(directive, ["When", "What", "More about it"]);
        let summary = self.summary(directive, || {
            "Each row gives when something happens or runs, and what it is.".to_owned()
        });
        let drawing = Drawing {
            drawing: DrawingKind::Timeline(drawn),
            alt,
            title: Some(title),
            caption: None,
            anchor: None,
            figures: Vec::new(),
        };
        let table = table(&entries, &labels, summary);
        vec![Block::at(BlockKind::Drawing(drawing), span), Block::at(BlockKind::Table(table), span)]
    }

    /// What is asked for, the earliest first.
    fn timeline_entries(&mut self, directive: &Directive) -> Option<Vec<Entry<'a>>> {
        let of = self.attribute_words(directive, "of");
        let (events, phases) = match of.as_deref().map(str::trim) {
            None | Some("both" | "") => (true, true),
            Some("events") => (true, false),
            Some("phases") => (false, true),
            Some(word) => {
                let span = directive.attribute("of").map_or(directive.name.span, |a| a.value.span);
                let message = format!("a timeline cannot show \"{word}\"");
                self.unknown_word(message, word, &["events", "phases", "both"], span);
                return None;
            }
        };
        let from = self.timeline_limit(directive, "from").ok()?;
        let to = self.timeline_limit(directive, "to").ok()?;
        let project = self.project;
        let plan = &project.plan;
        let value = |at: &At<PlanDate>| at.value;
        let of_events = plan.events.iter().filter(|_| events).map(|event| Entry {
            title: event.title.as_str(),
            detail: event.detail.as_ref().map(|detail| detail.as_str()),
            from: event.at.value,
            to: event.to.as_ref().map(value),
        });
        let of_phases = plan.phases.iter().filter(|_| phases).map(|phase| Entry {
            title: phase.name.as_str(),
            detail: None,
            from: phase.from.value,
            to: Some(phase.to.value),
        });
        let within = |entry: &Entry<'_>| {
            let (Some(start), Some(end)) = (entry.start(), entry.end()) else { return false };
            from.and_then(PlanDate::first_day).is_none_or(|day| end >= day)
                && to.and_then(PlanDate::last_day).is_none_or(|day| start <= day)
        };
        let mut entries: Vec<Entry<'a>> = of_events.chain(of_phases).filter(within).collect();
        entries.sort_by_key(|entry| (entry.start(), entry.end()));
        Some(entries)
    }

    /// A day or month that an attribute names; `Err`, with a finding, when it names none.
    fn timeline_limit(
        &mut self,
        directive: &Directive,
        name: &str,
    ) -> Result<Option<PlanDate>, ()> {
        let Some(attribute) = directive.attribute(name) else { return Ok(None) };
        let span = attribute.value.span;
        let words = self.attribute_words(directive, name).ok_or(())?;
        match PlanDate::parse(&words) {
            Ok(date) => Ok(Some(date)),
            Err(_) => {
                let message = format!("\"{words}\" is not a date that can be read");
                self.findings.push(
                    Finding::new(&rules::DIRECTIVE_MALFORMED, message)
                        .at(span)
                        .help("write a day or a month: 2022-04-30, 2022-04"),
                );
                Err(())
            }
        }
    }
}

/// Where everything stands; none when no day is known.
fn drawn(entries: &[Entry<'_>], as_at: NaiveDate, today: Option<String>) -> Option<Timeline> {
    let first = entries.iter().filter_map(Entry::start).min()?;
    let last = entries.iter().filter_map(Entry::end).max()?;
    let days = (last - first).num_days();
    // What is marked, and where the line begins and ends: whole years, quarters or months.
    let months = match days {
        days if days > 2 * YEAR => 12,
        days if days > YEAR / 2 => 3,
        _ => 1,
    };
    let open = |day: NaiveDate| {
        let month = day.month0() / months * months + 1;
        NaiveDate::from_ymd_opt(day.year(), month, 1)
    };
    let start = open(first)?;
    let end = open(last)?.checked_add_months(chrono::Months::new(months))?;
    let along = |day: NaiveDate| {
        let whole = (end - start).num_days().max(1) as f64;
        ((day - start).num_days() as f64 / whole).clamp(0.0, 1.0)
    };
    let mut ticks = Vec::new();
    let mut day = start;
    // So many are marked that their words have room beside each other.
    let count = (end - start).num_days() / (i64::from(months) * 30).max(1);
    let most = LETTERS / if months == 12 { "2022 ".len() } else { "Jan 2022 ".len() };
    let fits = |times: &&u32| count / i64::from(**times) <= i64::try_from(most).unwrap_or(1);
    let every = months * [1, 2, 3, 5, 10, 20, 50].iter().find(fits).copied().unwrap_or(100);
    while day < end {
        let words = match months {
            12 => day.year().to_string(),
            _ => format!("{} {}", short_month(day.month()), day.year()),
        };
        ticks.push(Tick { at: along(day), words });
        day = day.checked_add_months(chrono::Months::new(every))?;
    }
    let spans = entries.iter().filter_map(|entry| {
        let (from, to) = (entry.start()?, entry.end()?);
        // A month or a day is a point; a point in a month stands in its middle.
        let is_run = entry.to.is_some_and(|to| to != entry.from);
        let middle = from + (to - from) / 2;
        let (from_at, to_at) = match is_run {
            true => (along(from), along(to)),
            false => (along(middle), along(middle)),
        };
        Some(TimeSpan {
            title: entry.title.to_owned(),
            when: entry.when(),
            from: from_at,
            to: to_at,
            past: to < as_at,
        })
    });
    let today = today.filter(|_| start <= as_at && as_at < end);
    let today = today.map(|words| Tick { at: along(as_at), words });
    Some(Timeline { ticks, today, spans: spans.collect() })
}

/// The timeline in words: every entry, in the order of time.
fn described(title: &str, entries: &[Entry<'_>]) -> String {
    let each = entries.iter().map(|entry| {
        format!(
            "{}: {}.",
            super::chart::upper_first(&entry.when()),
            entry.title.trim_end_matches('.')
        )
    });
    let each: Vec<String> = each.collect();
    format!("Timeline: {}. {}", title.trim_end_matches('.'), each.join(" "))
}

fn table(entries: &[Entry<'_>], labels: &[String; 3], summary: String) -> Table {
    let detailed = entries.iter().any(|entry| entry.detail.is_some());
    let body: Vec<Row> = entries
        .iter()
        .map(|entry| {
            let mut cells = vec![
                Cell::text(super::chart::upper_first(&entry.when())).row_head(),
                Cell::text(entry.title),
            ];
            if detailed {
                cells.push(match entry.detail {
                    Some(detail) => Cell::text(detail),
                    None => super::actions::quiet("No more is recorded"),
                });
            }
            Row::body(cells)
        })
        .collect();
    let heads: Vec<String> = labels.iter().take(if detailed { 3 } else { 2 }).cloned().collect();
    let columns = (0..heads.len())
        .map(|n| Column { share: column_share(&heads, &body, n), align: Align::Start })
        .collect();
    Table {
        role: "plain".into(),
        columns,
        head: vec![super::head_row(&heads)],
        body,
        caption: None,
        summary,
        anchor: None,
    }
}
