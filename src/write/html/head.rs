//! The page's head: what the document is, for people, catalogues and search engines; its style
//! sheet; and the policy that lets nothing else in.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Extras;
use super::markup::{Markup, fit};
use crate::document::Document;

/// Another file of the same document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// Where it is, as the page links to it.
    pub to: String,
    /// Its media type.
    pub kind: String,
    /// What it is called: "Easy read".
    pub title: String,
}

/// A dataset that a document's figures are from, for catalogues.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatasetNote {
    /// What it holds.
    pub title: String,
    /// Its source, as it is cited.
    pub source: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The day or month it was released, as ISO 8601 has it.
    pub released: Option<String>,
    /// Its licence.
    pub licence: Option<String>,
}

impl DatasetNote {
    /// As schema.org's `Dataset`.
    pub(super) fn json(&self) -> serde_json::Value {
        let mut about = json!({
            "@type": "Dataset",
            "name": self.title,
            "description": format!("{} ({})", self.title, self.source),
            "citation": self.source,
        });
        let more = [("datePublished", &self.released), ("license", &self.licence)];
        for (name, value) in more {
            if let Some(value) = value {
                about[name] = json!(value);
            }
        }
        if let Some(publisher) = &self.publisher {
            about["publisher"] = json!({ "@type": "Organization", "name": publisher });
        }
        about
    }
}

/// A Content-Security-Policy for a page of a style sheet and at most one script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy(String);

impl Policy {
    /// Nothing is fetched; pictures are inside the page; of styles and scripts only these run.
    pub fn new(css: &str, script: Option<&str>) -> Self {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
        let script = script
            .map_or_else(|| "'none'".to_owned(), |script| format!("'sha256-{}'", hash(script)));
        Policy(format!(
            "default-src 'none'; img-src data:; style-src 'sha256-{}'; script-src {script}; \
             base-uri 'none'; form-action 'none'",
            hash(css)
        ))
    }

    /// The policy as the header or the meta element says it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a page is, for programs.
pub(super) fn json_script(out: &mut Markup, about: &serde_json::Value) {
    // A script's text is not unescaped: nothing in it may look like markup.
    let about = fit(&about.to_string())
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026");
    out.raw("<script type=\"application/ld+json\">");
    out.raw(&about);
    out.raw("</script>\n");
}

pub(super) fn head(
    out: &mut Markup,
    document: &Document,
    css: &str,
    extras: &Extras,
    script: Option<&str>,
) {
    let meta = &document.meta;
    out.raw("<head>\n<meta charset=\"utf-8\"/>\n");
    let policy = Policy::new(css, script);
    let named = |out: &mut Markup, key: &str, name: &str, content: &str| {
        if !content.is_empty() {
            out.empty("meta", &[(key, Some(name)), ("content", Some(content))]);
            out.line();
        }
    };
    if extras.book {
        out.element("title", &[], &meta.title);
        out.raw("\n<style>");
        out.raw(css);
        out.raw("</style>\n</head>\n");
        return;
    }
    named(out, "http-equiv", "Content-Security-Policy", policy.as_str());
    named(out, "name", "viewport", "width=device-width, initial-scale=1");
    out.element("title", &[], &meta.title);
    out.line();
    let day = meta.as_at.format("%Y-%m-%d").to_string();
    let keywords = meta.keywords.join(", ");
    named(out, "name", "description", &meta.subject);
    named(out, "name", "keywords", &keywords);
    named(out, "name", "author", &meta.author);
    named(out, "name", "generator", concat!("Annexe ", env!("CARGO_PKG_VERSION")));
    named(out, "name", "color-scheme", "light dark");
    out.raw("<link rel=\"schema.DCTERMS\" href=\"http://purl.org/dc/terms/\"/>\n");
    named(out, "name", "DCTERMS.title", &meta.title);
    named(out, "name", "DCTERMS.creator", &meta.author);
    named(out, "name", "DCTERMS.publisher", &meta.author);
    named(out, "name", "DCTERMS.description", &meta.subject);
    named(out, "name", "DCTERMS.subject", &keywords);
    named(out, "name", "DCTERMS.date", &day);
    named(out, "name", "DCTERMS.language", &meta.language);
    named(out, "name", "DCTERMS.spatial", &meta.area);
    named(out, "name", "DCTERMS.type", "Text");
    named(out, "name", "DCTERMS.format", "text/html");
    named(out, "property", "og:type", "article");
    named(out, "property", "og:title", &meta.title);
    named(out, "property", "og:description", &meta.subject);
    named(out, "property", "og:site_name", &meta.author);
    named(out, "property", "og:locale", &meta.language.replace('-', "_"));
    for other in &extras.alternates {
        let link = [
            ("rel", Some("alternate")),
            ("type", Some(other.kind.as_str())),
            ("title", Some(other.title.as_str())),
            ("href", Some(other.to.as_str())),
        ];
        out.empty("link", &link);
        out.line();
    }
    if let Some(canonical) = &extras.canonical {
        out.empty("link", &[("rel", Some("canonical")), ("href", Some(canonical))]);
        out.line();
        named(out, "property", "og:url", canonical);
        named(out, "name", "DCTERMS.identifier", canonical);
    }
    let mut about = json!({
        "@context": "https://schema.org",
        "@type": ["GovernmentDocument", "Report"],
        "name": meta.title,
        "abstract": meta.subject,
        "keywords": meta.keywords,
        "inLanguage": meta.language,
        "temporalCoverage": day,
        "spatialCoverage": { "@type": "AdministrativeArea", "name": meta.area },
        "publisher": { "@type": "GovernmentOrganization", "name": meta.author },
        "isAccessibleForFree": true,
    });
    if let Some(canonical) = &extras.canonical {
        about["url"] = json!(canonical);
    }
    if !extras.datasets.is_empty() {
        about["isBasedOn"] = extras.datasets.iter().map(DatasetNote::json).collect();
    }
    json_script(out, &about);
    out.raw("<style>");
    out.raw(css);
    out.raw("</style>\n</head>\n");
}
