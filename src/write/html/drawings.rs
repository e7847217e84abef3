//! Drawings: the theme's own, with words as text, and the figures that each shows as a table.

use super::Writer;
use crate::document::{Chart, Donut, Drawing, DrawingKind, Organisation, Timeline, line};

impl<'d> Writer<'d> {
    pub(super) fn drawing(&mut self, drawing: &'d Drawing) {
        let id =
            drawing.anchor.as_deref().and_then(|anchor| self.ids.get(anchor)).map(str::to_owned);
        let is_small = matches!(drawing.drawing, DrawingKind::Sparkline(_));
        if is_small && drawing.title.is_none() && drawing.caption.is_none() {
            self.out.open("div", &[("class", Some("spark")), ("id", id.as_deref())]);
            self.drawn(drawing);
            self.out.close("div");
            return;
        }
        self.out.open("div", &[("class", Some("drawing")), ("id", id.as_deref())]);
        self.out.open("figure", &[]);
        if let Some(title) = &drawing.title {
            self.line("p", "drawing-title", title);
        }
        let name = drawing.title.as_deref().map_or_else(|| drawing.alt.clone(), line);
        let label = self.region(&format!("Drawing: {name}"));
        let region = [
            ("class", Some("scroll")),
            ("role", Some("region")),
            ("aria-label", Some(label.as_str())),
            ("tabindex", Some("0")),
        ];
        self.out.open("div", &region);
        self.drawn(drawing);
        self.out.close("div");
        if let Some(caption) = &drawing.caption {
            self.line("figcaption", "caption", caption);
        }
        self.out.close("figure");
        self.shown_figures(drawing, &name);
        self.out.close("div");
    }

    /// The drawing itself: one image to those who hear it, its words text to all others.
    pub(super) fn drawn(&mut self, drawing: &'d Drawing) {
        let n = self.drawn;
        self.drawn += 1;
        let Some(svg) = self.extras.drawings.get(n) else {
            self.unshown("a drawing is missing", "the theme did not draw it");
            return;
        };
        let (title, words) = (format!("drawn--{n}-title"), format!("drawn--{n}-words"));
        let named = drawing.title.as_deref().map(line);
        let label = match &named {
            Some(_) => format!("{title} {words}"),
            None => words.clone(),
        };
        let length = |points: f64| format!("{:.0}", points * 96.0 / 72.0);
        let size = (length(svg.width), length(svg.height));
        let view = format!("0 0 {:.2} {:.2}", svg.width, svg.height);
        // What is not much wider than a phone fits there as it is.
        let class = if svg.width > 300.0 { "drawn wide" } else { "drawn" };
        let attributes = [
            ("xmlns", Some("http://www.w3.org/2000/svg")),
            ("class", Some(class)),
            ("role", Some("img")),
            ("viewBox", Some(view.as_str())),
            ("width", Some(size.0.as_str())),
            ("height", Some(size.1.as_str())),
            ("aria-labelledby", Some(label.as_str())),
        ];
        self.out.open("svg", &attributes);
        if let Some(named) = named {
            self.out.element("title", &[("id", Some(&title))], &named);
        }
        self.out.element("desc", &[("id", Some(&words))], &drawing.alt);
        self.out.raw(&svg.markup);
        self.out.close("svg");
    }

    /// What the drawing shows, as a table that opens under it.
    fn shown_figures(&mut self, drawing: &Drawing, name: &str) {
        let rows = match &drawing.drawing {
            DrawingKind::Chart(chart) => of_chart(chart),
            DrawingKind::Donut(donut) => of_donut(donut),
            DrawingKind::Timeline(timeline) => of_timeline(timeline),
            DrawingKind::Organisation(organisation) => of_organisation(organisation),
            DrawingKind::Sparkline(_) => return,
        };
        let Some((head, body)) = rows.split_first().filter(|(_, body)| !body.is_empty()) else {
            return;
        };
        self.out.open("details", &[("class", Some("shown-figures")), ("data-added", Some(""))]);
        self.out.raw("<summary>");
        let what = match &drawing.drawing {
            DrawingKind::Organisation(_) => "Show as a table",
            _ => "Show the figures",
        };
        self.out.text(what);
        self.out.element("span", &[("class", Some("vh"))], &format!(": {name}"));
        self.out.raw("</summary>\n");
        let label = self.region(&format!("Figures: {name}"));
        let region = [
            ("class", Some("scroll")),
            ("role", Some("region")),
            ("aria-label", Some(label.as_str())),
            ("tabindex", Some("0")),
        ];
        self.out.open("div", &region);
        self.out.raw("<table class=\"table plain\">");
        self.out.element("caption", &[], name);
        self.out.raw("<thead><tr>");
        for cell in head {
            self.out.element("th", &[("scope", Some("col"))], cell);
        }
        self.out.raw("</tr></thead><tbody>\n");
        for row in body {
            self.out.raw("<tr>");
            for (at, cell) in row.iter().enumerate() {
                if at == 0 {
                    self.out.element("th", &[("scope", Some("row"))], cell);
                } else {
                    self.out.element("td", &[], cell);
                }
            }
            self.out.raw("</tr>\n");
        }
        self.out.raw("</tbody></table></div></details>");
    }
}

type Rows = Vec<Vec<String>>;

fn of_chart(chart: &Chart) -> Rows {
    let several = chart.panels.len() > 1;
    let mut head = vec!["Group".to_owned()];
    if several {
        head.insert(0, "Panel".to_owned());
    }
    head.extend(chart.series.iter().map(|one| match one.name.as_str() {
        "" => chart.measure.clone(),
        name => name.to_owned(),
    }));
    let mut rows = vec![head];
    for panel in &chart.panels {
        for group in &panel.groups {
            let mut row = vec![group.label.clone()];
            if several {
                row.insert(0, panel.title.clone().unwrap_or_default());
            }
            row.extend(group.marks.iter().map(|mark| mark.words.clone()));
            rows.push(row);
        }
    }
    rows
}

fn of_donut(donut: &Donut) -> Rows {
    let head = vec!["Part".to_owned(), donut.whole.clone()];
    let parts = donut.parts.iter().map(|part| vec![part.label.clone(), part.words.clone()]);
    std::iter::once(head).chain(parts).collect()
}

fn of_timeline(timeline: &Timeline) -> Rows {
    let head = vec!["What".to_owned(), "When".to_owned()];
    let spans = timeline.spans.iter().map(|span| vec![span.title.clone(), span.when.clone()]);
    std::iter::once(head).chain(spans).collect()
}

fn of_organisation(organisation: &Organisation) -> Rows {
    let head = ["Body", "About it", "Leads to"].map(str::to_owned).to_vec();
    let bodies = || organisation.tiers.iter().flat_map(|tier| &tier.bodies);
    let name = |id: &str| bodies().find(|body| body.id == id).map(|body| body.name.clone());
    let meaning = |link: &crate::document::Link| {
        let key = organisation.key.iter().find(|key| key.line == link.line);
        let other = name(&link.to).unwrap_or_else(|| link.to.clone());
        match key {
            Some(key) => format!("{} ({})", other, key.words),
            None => other,
        }
    };
    let rows = bodies().map(|body| {
        let links = organisation.links.iter().filter(|link| link.from == body.id);
        let links: Vec<String> = links.map(meaning).collect();
        let or_none = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        vec![
            body.name.clone(),
            or_none(body.detail.clone().unwrap_or_default()),
            or_none(links.join("; ")),
        ]
    });
    std::iter::once(head).chain(rows).collect()
}
