//! Puts what docx-rs builds into the order and form the schema asks for.
//!
//! docx-rs writes property elements in an order of its own, empty containers, and ids
//! from counters that threads share. This pass sorts, drops and strips them, and puts
//! our own XML in the place of runs that are marked for it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A run whose style starts with this stands for the fragment with the number after it.
const MARK: &str = "mark:";

/// The style id that marks a run as standing for fragment `index`.
pub fn mark(index: usize) -> String {
    format!("{MARK}{index}")
}

/// Appends `xml`, built by docx-rs, to `out` in normal form; marked runs become their fragments.
pub fn normalise(xml: &str, fragments: &[String], out: &mut String) -> Result<(), String> {
    let mut pass = Pass { reader: Reader::from_str(xml), fragments, marked: None };
    pass.reader.config_mut().check_end_names = false;
    loop {
        match pass.reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => pass.element(&start, out)?,
            Event::Empty(start) => pass.empty(&start, out)?,
            Event::Eof => return Ok(()),
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::End(_) => {
                return Err("text or an end tag outside an element".to_owned());
            }
        }
    }
}

struct Pass<'x> {
    reader: Reader<&'x [u8]>,
    fragments: &'x [String],
    /// The fragment that the run being read stands for.
    marked: Option<usize>,
}

impl Pass<'_> {
    fn element(&mut self, start: &BytesStart, out: &mut String) -> Result<(), String> {
        match order(start.name().as_ref()) {
            Some(order) => self.container(start, order, out),
            None => self.plain(start, out),
        }
    }

    fn empty(&mut self, start: &BytesStart, out: &mut String) -> Result<(), String> {
        if start.name().as_ref() == "w:rStyle" {
            self.marked = mark_of(start).or(self.marked);
        }
        if order(start.name().as_ref()).is_none() {
            tag(start, out)?;
            out.push_str("/>");
        }
        Ok(())
    }

    /// An element whose children stay as they are.
    fn plain(&mut self, start: &BytesStart, out: &mut String) -> Result<(), String> {
        let begin = out.len();
        tag(start, out)?;
        out.push('>');
        loop {
            match self.reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(child) => self.element(&child, out)?,
                Event::Empty(child) => self.empty(&child, out)?,
                Event::Text(text) => out.push_str(&text),
                Event::GeneralRef(entity) => {
                    out.push('&');
                    out.push_str(&entity);
                    out.push(';');
                }
                Event::End(_) => break,
                Event::Eof => return Err("an element is not closed".to_owned()),
                Event::CData(_) | Event::Comment(_) | Event::PI(_) => {}
                Event::Decl(_) | Event::DocType(_) => {}
            }
        }
        if start.name().as_ref() == "w:r"
            && let Some(index) = self.marked.take()
        {
            out.truncate(begin);
            out.push_str(self.fragments.get(index).ok_or("a mark without its fragment")?);
            return Ok(());
        }
        out.push_str("</");
        out.push_str(start.name().as_ref());
        out.push('>');
        Ok(())
    }

    /// A container of properties: its children sorted, itself dropped when it has none.
    fn container(
        &mut self,
        start: &BytesStart,
        order: &[&str],
        out: &mut String,
    ) -> Result<(), String> {
        let mut children: Vec<(usize, String)> = Vec::new();
        loop {
            let (name, child) = match self.reader.read_event().map_err(|e| e.to_string())? {
                Event::Start(child) => {
                    let mut text = String::new();
                    self.element(&child, &mut text)?;
                    (child.name().as_ref().to_owned(), text)
                }
                Event::Empty(child) => {
                    let mut text = String::new();
                    self.empty(&child, &mut text)?;
                    (child.name().as_ref().to_owned(), text)
                }
                Event::End(_) => break,
                Event::Eof => return Err("an element is not closed".to_owned()),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => continue,
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => continue,
            };
            if child.is_empty() {
                continue;
            }
            let rank = order
                .iter()
                .position(|known| *known == name)
                .ok_or_else(|| format!("no place known for {name}"))?;
            children.push((rank, child));
        }
        if children.is_empty() {
            return Ok(());
        }
        children.sort_by_key(|(rank, _)| *rank);
        tag(start, out)?;
        out.push('>');
        for (_, child) in &children {
            out.push_str(child);
        }
        out.push_str("</");
        out.push_str(start.name().as_ref());
        out.push('>');
        Ok(())
    }
}

/// Writes `<name` and the attributes that stay.
fn tag(start: &BytesStart, out: &mut String) -> Result<(), String> {
    out.push('<');
    out.push_str(start.name().as_ref());
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|e| e.to_string())?;
        // Paragraph ids come from a counter that all threads share; Word makes its own.
        if attribute.key.as_ref() == "w14:paraId" {
            continue;
        }
        out.push(' ');
        out.push_str(attribute.key.as_ref());
        out.push_str("=\"");
        out.push_str(&attribute.value);
        out.push('"');
    }
    Ok(())
}

fn mark_of(style: &BytesStart) -> Option<usize> {
    let value = style.try_get_attribute("w:val").ok()??.value;
    value.strip_prefix(MARK)?.parse().ok()
}

/// The order the schema gives the children of a property container; `None` for other elements.
pub fn order(container: &str) -> Option<&'static [&'static str]> {
    match container {
        "w:pPr" => Some(PARAGRAPH),
        "w:rPr" => Some(RUN),
        "w:numPr" => Some(&["w:ilvl", "w:numId", "w:ins"]),
        _ => None,
    }
}

const PARAGRAPH: &[&str] = &[
    "w:pStyle",
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:numPr",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
];

const RUN: &[&str] = &[
    "w:rStyle",
    "w:rFonts",
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:strike",
    "w:dstrike",
    "w:outline",
    "w:shadow",
    "w:emboss",
    "w:imprint",
    "w:noProof",
    "w:snapToGrid",
    "w:vanish",
    "w:webHidden",
    "w:color",
    "w:spacing",
    "w:w",
    "w:kern",
    "w:position",
    "w:sz",
    "w:szCs",
    "w:highlight",
    "w:u",
    "w:effect",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:rtl",
    "w:cs",
    "w:em",
    "w:lang",
    "w:eastAsianLayout",
    "w:specVanish",
    "w:oMath",
];

#[cfg(test)]
mod tests {
    use docx_rs::{BuildXML, Paragraph, Run};

    use super::*;

    #[test]
    fn properties_come_out_in_schema_order_without_ids_or_empty_containers() {
        let paragraph = Paragraph::new()
            .keep_next(true)
            .style("BodyText")
            .add_run(Run::new().add_text("a & b"))
            .add_run(Run::new().bold().style("Strong").add_text("c"));
        let mut out = String::new();
        normalise(&String::from_utf8(paragraph.build()).unwrap(), &[], &mut out).unwrap();
        assert_eq!(
            out,
            "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/><w:keepNext/></w:pPr>\
             <w:r><w:t xml:space=\"preserve\">a &amp; b</w:t></w:r>\
             <w:r><w:rPr><w:rStyle w:val=\"Strong\"/><w:b/><w:bCs/></w:rPr>\
             <w:t xml:space=\"preserve\">c</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn a_marked_run_becomes_its_fragment() {
        let paragraph = Paragraph::new().add_run(Run::new().style(&mark(0)));
        let mut out = String::new();
        normalise(
            &String::from_utf8(paragraph.build()).unwrap(),
            &["<w:r><w:br/></w:r>".to_owned()],
            &mut out,
        )
        .unwrap();
        assert_eq!(out, "<w:p><w:r><w:br/></w:r></w:p>");
    }
}
