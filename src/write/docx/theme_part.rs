//! `word/theme/theme1.xml`: the tokens as Word's theme, so that its colour and font pickers
//! offer the document's own.

use crate::theme::Tokens;

use super::measure::colour;
use super::xml::Xml;

/// The part.
pub fn part(tokens: &Tokens) -> String {
    let mut xml = Xml::part();
    let name = "http://schemas.openxmlformats.org/drawingml/2006/main";
    xml.open("a:theme", &[("xmlns:a", &name), ("name", &"Annexe")]);
    xml.open("a:themeElements", &[]);
    colours(tokens, &mut xml);
    xml.open("a:fontScheme", &[("name", &"Annexe")]);
    for kind in ["a:majorFont", "a:minorFont"] {
        xml.open(kind, &[]);
        xml.empty("a:latin", &[("typeface", &tokens.fonts.word)]);
        xml.empty("a:ea", &[("typeface", &"")]);
        xml.empty("a:cs", &[("typeface", &"")]);
        xml.close(kind);
    }
    xml.close("a:fontScheme");
    effects(&mut xml);
    xml.close("a:themeElements");
    xml.close("a:theme");
    xml.finish()
}

fn colours(tokens: &Tokens, xml: &mut Xml) {
    let colours = &tokens.colours;
    let white = "#FFFFFF".to_owned();
    // A theme must have six accents; ours come first, then the ratings' colours.
    let mut accents: Vec<&String> = vec![&colours.accent];
    accents.extend(tokens.rag.values().map(|chip| &chip.fill));
    accents.resize(6, &colours.accent);
    xml.open("a:clrScheme", &[("name", &"Annexe")]);
    let fixed = [
        ("a:dk1", &colours.ink),
        ("a:lt1", &white),
        ("a:dk2", &colours.quiet),
        ("a:lt2", &colours.tint),
    ];
    let names = ["a:accent1", "a:accent2", "a:accent3", "a:accent4", "a:accent5", "a:accent6"];
    let links = [("a:hlink", &colours.accent), ("a:folHlink", &colours.quiet)];
    for (name, hex) in fixed.into_iter().chain(names.into_iter().zip(accents)).chain(links) {
        // The schema wants six digits here, where styles may say "auto".
        let value = match colour(hex) {
            auto if auto == "auto" => "000000".to_owned(),
            digits => digits,
        };
        xml.open(name, &[]);
        xml.empty("a:srgbClr", &[("val", &value)]);
        xml.close(name);
    }
    xml.close("a:clrScheme");
}

/// Three fills, lines, effects and grounds, which every theme must have: all plain.
fn effects(xml: &mut Xml) {
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    xml.open("a:fmtScheme", &[("name", &"Annexe")]);
    for (list, child) in [
        ("a:fillStyleLst", fill.to_owned()),
        ("a:lnStyleLst", format!("<a:ln w=\"6350\">{fill}</a:ln>")),
        ("a:effectStyleLst", "<a:effectStyle><a:effectLst/></a:effectStyle>".to_owned()),
        ("a:bgFillStyleLst", fill.to_owned()),
    ] {
        xml.open(list, &[]);
        for _ in 0..3 {
            xml.raw(&child);
        }
        xml.close(list);
    }
    xml.close("a:fmtScheme");
}
