//! Charts: what the theme draws from figures.
//!
//! Every label is words already, and says what its value says; values are kept beside them only
//! to be put in their place on a scale. What has no value is left out of the drawing and named in
//! the notes, never drawn as zero. Which labels are shown is decided here too, so that what the
//! PDF shows is known without drawing it.

use serde::Serialize;

/// A chart of bars, columns or lines: one panel, or several of the same scale side by side.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chart {
    /// How values are drawn.
    pub form: ChartForm,
    /// What the values are, over the plot: "Pupils (per cent)".
    pub measure: String,
    /// What is drawn for each label along the axis: one bar or one line each.
    pub series: Vec<ChartSeries>,
    /// Whether a key over the plot names the series. Else each is named where it is drawn.
    pub key: bool,
    /// The panels; one unless these are small multiples.
    pub panels: Vec<Panel>,
    /// Where values stand.
    pub scale: Scale,
    /// What has no value, and why: a line each, under the plot.
    pub notes: Vec<String>,
}

/// How a chart draws its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChartForm {
    /// Bars from left to right, one under the other.
    Bars,
    /// Bars in parts.
    StackedBars,
    /// Bars that stand, side by side.
    Columns,
    /// Columns in parts.
    StackedColumns,
    /// Points joined by lines.
    Lines,
}

impl ChartForm {
    /// Whether bars are divided into parts that stand on each other.
    pub fn is_stacked(self) -> bool {
        matches!(self, ChartForm::StackedBars | ChartForm::StackedColumns)
    }

    /// Whether values lie from left to right, with their labels at the left.
    pub fn is_level(self) -> bool {
        matches!(self, ChartForm::Bars | ChartForm::StackedBars)
    }
}

/// One of the things that are compared at each label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChartSeries {
    /// Its name as shown; empty when there is but one, which the title names.
    pub name: String,
    /// Stands for comparison: drawn in grey.
    pub comparator: bool,
    /// The last value in words, beside the name at the end of a line.
    pub last: Option<String>,
}

/// One plot.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Panel {
    /// What it is of, when there are several.
    pub title: Option<String>,
    /// Its labels along the axis, each with its values.
    pub groups: Vec<ChartGroup>,
}

/// One label along the axis, and a mark for each series.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ChartGroup {
    /// The label.
    pub label: String,
    /// Whether the label is drawn: of many points in time, some are.
    pub shown: bool,
    /// Stands for comparison.
    pub comparator: bool,
    /// The marks, in the order of the series.
    pub marks: Vec<Mark>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Mark {
    /// Where it stands on the scale; `None` when there is no figure.
    pub value: Option<f64>,
    /// The figure in words, or why there is none.
    pub words: String,
    /// Whether the words are drawn beside it.
    pub shown: bool,
}

/// A scale and the values marked on it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Scale {
    /// Its lower end.
    pub from: f64,
    /// Its upper end; above `from`.
    pub to: f64,
    /// The values that are marked; none where each mark says its own.
    pub ticks: Vec<Tick>,
}

/// A marked value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tick {
    /// Where.
    pub at: f64,
    /// In words.
    pub words: String,
}

/// Parts of a whole, as a donut: a ring.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Donut {
    /// The parts, clockwise from the top.
    pub parts: Vec<DonutPart>,
    /// What the whole is, inside the ring.
    pub whole: String,
}

/// One part of a donut.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct DonutPart {
    /// Its name.
    pub label: String,
    /// Its share of the whole, from 0 to 1.
    pub share: f64,
    /// Its figure in words.
    pub words: String,
}

/// A small line without words: how a measure moved, and what it was to reach.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Sparkline {
    /// Its points from left to right, both from 0 to 1; values from the foot.
    pub points: Vec<SparkPoint>,
    /// The band that the target is met in, from 0 to 1, its lower end first.
    pub band: Option<(f64, f64)>,
    /// Whether it stands in a column of a table, where there is less room.
    pub narrow: bool,
}

/// A point of a small line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct SparkPoint {
    /// When, from 0 to 1.
    pub x: f64,
    /// How much, from 0 to 1.
    pub y: f64,
}

/// Events and phases in the order of time, each on a line of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Timeline {
    /// Marked times, from 0 to 1: years or months.
    pub ticks: Vec<Tick>,
    /// The day the document speaks for, from 0 to 1, and its words.
    pub today: Option<Tick>,
    /// What happened or will.
    pub spans: Vec<TimeSpan>,
}

/// An event or a phase.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TimeSpan {
    /// What it is called.
    pub title: String,
    /// When, in words.
    pub when: String,
    /// Where it starts, from 0 to 1.
    pub from: f64,
    /// Where it ends; the same as `from` for an event.
    pub to: f64,
    /// Whether it lies before the day the document speaks for.
    pub past: bool,
}

impl Chart {
    /// The words drawn, in the order in which a theme draws them.
    pub(super) fn labels(&self) -> Vec<String> {
        let names = || self.series.iter().map(|one| one.name.clone());
        let named = self.series.len() > 1 && !self.key;
        let mut labels = vec![self.measure.clone()];
        if self.key {
            labels.extend(names());
        }
        for panel in &self.panels {
            labels.extend(panel.title.clone());
            labels.extend(self.scale.ticks.iter().map(|tick| tick.words.clone()));
            match self.form {
                ChartForm::Bars | ChartForm::StackedBars => {
                    for group in &panel.groups {
                        labels.push(group.label.clone());
                        for (mark, one) in group.marks.iter().zip(&self.series) {
                            if named && self.form == ChartForm::Bars {
                                labels.push(one.name.clone());
                            }
                            labels.extend(mark.shown.then(|| mark.words.clone()));
                        }
                    }
                }
                ChartForm::Columns | ChartForm::StackedColumns | ChartForm::Lines => {
                    let shown = panel.groups.iter().filter(|group| group.shown);
                    labels.extend(shown.map(|group| group.label.clone()));
                    let marks = panel.groups.iter().flat_map(|group| &group.marks);
                    let shown = marks.filter(|mark| mark.shown);
                    labels.extend(shown.map(|mark| mark.words.clone()));
                }
            }
        }
        if named && !self.form.is_level() {
            for one in &self.series {
                labels.push(one.name.clone());
                labels.extend(one.last.clone());
            }
        }
        labels.extend(self.notes.iter().cloned());
        labels
    }

    /// The same words, each once, to be set typographically.
    pub(super) fn labels_mut(&mut self) -> Vec<&mut String> {
        let mut labels = vec![&mut self.measure];
        for one in &mut self.series {
            labels.push(&mut one.name);
            labels.extend(one.last.as_mut());
        }
        for panel in &mut self.panels {
            labels.extend(panel.title.as_mut());
            for group in &mut panel.groups {
                labels.push(&mut group.label);
                labels.extend(group.marks.iter_mut().map(|mark| &mut mark.words));
            }
        }
        labels.extend(self.scale.ticks.iter_mut().map(|tick| &mut tick.words));
        labels.extend(self.notes.iter_mut());
        labels
    }
}

impl Donut {
    /// The words drawn, in the order in which a theme draws them.
    pub(super) fn labels_mut(&mut self) -> Vec<&mut String> {
        let parts = self.parts.iter_mut().flat_map(|part| [&mut part.label, &mut part.words]);
        std::iter::once(&mut self.whole).chain(parts).collect()
    }
}

impl Timeline {
    /// The words drawn, in the order in which a theme draws them.
    pub(super) fn labels_mut(&mut self) -> Vec<&mut String> {
        let ticks = self.ticks.iter_mut().chain(&mut self.today).map(|tick| &mut tick.words);
        let spans = self.spans.iter_mut().flat_map(|span| [&mut span.title, &mut span.when]);
        ticks.chain(spans).collect()
    }
}
