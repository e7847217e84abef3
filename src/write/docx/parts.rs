//! The small parts: settings, fonts, properties.

use crate::document::Meta;
use crate::theme::Tokens;

use super::styles::W;
use super::xml::Xml;

/// `word/settings.xml`. Fields are not updated on opening: the contents are filled already,
/// and Word would ask the reader about it.
pub fn settings(language: &str) -> String {
    let mut xml = Xml::part();
    xml.open("w:settings", &[("xmlns:w", &W)]);
    xml.empty("w:zoom", &[("w:percent", &100)]);
    xml.val("w:defaultTabStop", 720);
    xml.val("w:characterSpacingControl", "doNotCompress");
    xml.open("w:footnotePr", &[]);
    xml.empty("w:footnote", &[("w:id", &-1)]);
    xml.empty("w:footnote", &[("w:id", &0)]);
    xml.close("w:footnotePr");
    xml.open("w:compat", &[]);
    // 15 is Word 2013 and later: without it Word opens the file in compatibility mode.
    for (name, value) in [
        ("compatibilityMode", "15"),
        ("overrideTableStyleFontSizeAndJustification", "1"),
        ("enableOpenTypeFeatures", "1"),
        ("doNotFlipMirrorIndents", "1"),
        ("differentiateMultirowTableHeaders", "1"),
    ] {
        let attributes: super::xml::Attributes = &[
            ("w:name", &name),
            ("w:uri", &"http://schemas.microsoft.com/office/word"),
            ("w:val", &value),
        ];
        xml.empty("w:compatSetting", attributes);
    }
    xml.close("w:compat");
    xml.empty("w:themeFontLang", &[("w:val", &language)]);
    xml.val("w:decimalSymbol", ".");
    xml.val("w:listSeparator", ",");
    xml.close("w:settings");
    xml.finish()
}

/// `word/fontTable.xml`.
pub fn fonts(tokens: &Tokens) -> String {
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", &W)]);
    xml.open("w:font", &[("w:name", &tokens.fonts.word)]);
    xml.val("w:charset", "00");
    xml.val("w:family", "swiss");
    xml.val("w:pitch", "variable");
    xml.close("w:font");
    xml.close("w:fonts");
    xml.finish()
}

/// `docProps/core.xml`. Both dates are the day the document speaks for.
pub fn core(meta: &Meta) -> String {
    let mut xml = Xml::part();
    xml.open(
        "cp:coreProperties",
        &[
            (
                "xmlns:cp",
                &"http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
            ),
            ("xmlns:dc", &"http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", &"http://purl.org/dc/terms/"),
            ("xmlns:xsi", &"http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    let keywords = meta.keywords.join(", ");
    let day = format!("{}T00:00:00Z", meta.as_at.format("%Y-%m-%d"));
    xml.element("dc:title", &[], &meta.title);
    xml.element("dc:subject", &[], &meta.subject);
    xml.element("dc:creator", &[], &meta.author);
    xml.element("cp:keywords", &[], &keywords);
    xml.element("cp:lastModifiedBy", &[], &meta.author);
    xml.element("dcterms:created", &[("xsi:type", &"dcterms:W3CDTF")], &day);
    xml.element("dcterms:modified", &[("xsi:type", &"dcterms:W3CDTF")], &day);
    xml.element("dc:language", &[], &meta.language);
    xml.close("cp:coreProperties");
    xml.finish()
}

/// `docProps/app.xml`.
pub fn app() -> String {
    let mut xml = Xml::part();
    let name = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties";
    xml.open("Properties", &[("xmlns", &name)]);
    xml.element("Application", &[], "Annexe");
    xml.close("Properties");
    xml.finish()
}
