//! A theme as the PDF writer takes it: tokens, Typst files and fonts, read and parsed once.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use typst::foundations::Bytes;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_kit::fonts::FontStore;

use crate::diag::{Finding, nearest, rules};
use crate::source;
use crate::theme::Tokens;

use super::fonts;

/// The name of the theme that is built in.
pub const STANDARD: &str = "standard";

/// The built-in theme's files: what a project uses when it has no theme folder of that name.
const STANDARD_FILES: &[(&str, &str)] = &[
    ("theme.typ", include_str!("../../../templates/themes/standard/theme.typ")),
    ("paper.typ", include_str!("../../../templates/themes/standard/paper.typ")),
    ("pack.typ", include_str!("../../../templates/themes/standard/pack.typ")),
    ("drawing.typ", include_str!("../../../templates/themes/standard/drawing.typ")),
    ("tokens.typ", include_str!("../../../templates/themes/standard/tokens.typ")),
    ("inlines.typ", include_str!("../../../templates/themes/standard/inlines.typ")),
    ("blocks.typ", include_str!("../../../templates/themes/standard/blocks.typ")),
    ("boxes.typ", include_str!("../../../templates/themes/standard/boxes.typ")),
    ("cover.typ", include_str!("../../../templates/themes/standard/cover.typ")),
    ("openers.typ", include_str!("../../../templates/themes/standard/openers.typ")),
    ("pages.typ", include_str!("../../../templates/themes/standard/pages.typ")),
    ("tables.typ", include_str!("../../../templates/themes/standard/tables.typ")),
    ("routing.typ", include_str!("../../../templates/themes/standard/routing.typ")),
    ("organisation.typ", include_str!("../../../templates/themes/standard/organisation.typ")),
    ("drawings.typ", include_str!("../../../templates/themes/standard/drawings.typ")),
    ("tiles.typ", include_str!("../../../templates/themes/standard/tiles.typ")),
    ("chart.typ", include_str!("../../../templates/themes/standard/chart.typ")),
    ("chart-parts.typ", include_str!("../../../templates/themes/standard/chart-parts.typ")),
    ("chart-level.typ", include_str!("../../../templates/themes/standard/chart-level.typ")),
    ("chart-upright.typ", include_str!("../../../templates/themes/standard/chart-upright.typ")),
    ("chart-lines.typ", include_str!("../../../templates/themes/standard/chart-lines.typ")),
    ("donut.typ", include_str!("../../../templates/themes/standard/donut.typ")),
    ("sparkline.typ", include_str!("../../../templates/themes/standard/sparkline.typ")),
    ("timeline.typ", include_str!("../../../templates/themes/standard/timeline.typ")),
];

/// The built-in theme's `theme.toml`.
const STANDARD_TOKENS: &str = include_str!("../../../templates/themes/standard/theme.toml");

/// How long one layout may take, unless the theme input says otherwise.
const TIME_LIMIT: Duration = Duration::from_secs(120);

/// One file of a theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Its name among the project's sources, so that a fault in it can show its line.
    pub source: Option<source::FileId>,
}

/// A theme, ready to lay out any number of documents. Cheap to clone.
#[derive(Clone)]
pub struct ThemeInput {
    /// Its folder's name.
    pub name: String,
    /// Fonts, colours and sizes.
    pub tokens: Tokens,
    /// How long one layout may take before it is given up.
    pub time_limit: Duration,
    pub(super) files: Arc<Files>,
}

/// What Typst sees of a theme.
pub(super) struct Files {
    pub(super) sources: HashMap<FileId, Source>,
    pub(super) bytes: HashMap<FileId, Bytes>,
    pub(super) fonts: Arc<FontStore>,
    /// Each file's place among the project's sources, and its path below the theme folder.
    pub(super) places: HashMap<FileId, (String, Option<source::FileId>)>,
}

impl fmt::Debug for ThemeInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ThemeInput").field("name", &self.name).finish_non_exhaustive()
    }
}

impl ThemeInput {
    /// Takes a theme's parts: `files` by path below the theme folder (`theme.typ` and
    /// `drawing.typ` are the entries), `fonts` as the bytes of font files by the same kind of path.
    pub fn new(
        name: impl Into<String>,
        tokens: Tokens,
        files: BTreeMap<String, ThemeFile>,
        fonts: BTreeMap<String, Vec<u8>>,
    ) -> Result<ThemeInput, Vec<Finding>> {
        let name = name.into();
        let folder = PathBuf::from("templates/themes").join(&name);
        let mut findings = Vec::new();

        let mut faces = Vec::new();
        for (path, bytes) in &fonts {
            let own = fonts::faces(bytes);
            if own.is_empty() {
                let fault = Finding::new(&rules::THEME_FONT, format!("{path} is not a font"));
                findings.push(fault.in_file(folder.join(path)));
            }
            faces.extend(own);
        }
        let store =
            if faces.is_empty() { fonts::shipped() } else { Arc::new(fonts::with_shipped(faces)) };

        if !store.book().contains_family(&tokens.fonts.body.to_lowercase()) {
            findings.push(
                unknown_family(&tokens.fonts.body, &store).in_file(folder.join("theme.toml")),
            );
        }

        let mut seen = Files {
            sources: HashMap::new(),
            bytes: HashMap::new(),
            fonts: store,
            places: HashMap::new(),
        };
        for (path, file) in files {
            let Some(id) = virtual_id(&format!("/theme/{path}")) else {
                let fault =
                    Finding::new(&rules::THEME_FAULT, format!("{path:?} cannot name a theme file"));
                findings.push(fault.in_file(folder.clone()));
                continue;
            };
            if path.ends_with(".typ") {
                match std::str::from_utf8(&file.bytes) {
                    Ok(text) => {
                        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                        seen.sources.insert(id, Source::new(id, text.to_owned()));
                    }
                    Err(_) => {
                        let fault =
                            Finding::new(&rules::FILE_UNREADABLE, format!("{path} is not UTF-8"));
                        findings.push(fault.in_file(folder.join(&path)));
                    }
                }
            }
            seen.bytes.insert(id, Bytes::new(file.bytes.to_vec()));
            seen.places.insert(id, (path, file.source));
        }
        if findings.is_empty() {
            Ok(ThemeInput { name, tokens, time_limit: TIME_LIMIT, files: Arc::new(seen) })
        } else {
            Err(findings)
        }
    }

    /// The same theme with other tokens: files and fonts are shared with it.
    pub fn with_tokens(&self, tokens: Tokens) -> Result<ThemeInput, Vec<Finding>> {
        let fonts = &self.files.fonts;
        if !fonts.book().contains_family(&tokens.fonts.body.to_lowercase()) {
            let finding = unknown_family(&tokens.fonts.body, fonts);
            return Err(vec![finding.in_file(self.folder().join("theme.toml"))]);
        }
        Ok(ThemeInput { tokens, ..self.clone() })
    }

    /// The folder that findings name.
    pub(super) fn folder(&self) -> PathBuf {
        PathBuf::from("templates/themes").join(&self.name)
    }
}

/// A finding that no font of the family `family` is there.
pub(super) fn unknown_family(family: &str, fonts: &FontStore) -> Finding {
    let finding = Finding::new(&rules::THEME_FONT, format!("no font {family:?}"));
    let known: Vec<&str> = fonts.book().families().map(|(name, _)| name).collect();
    match nearest(family, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean {near:?}?")),
        None => finding.help("put its files into the theme's fonts/ folder"),
    }
}

/// Typst's name for a path in its world. Names are kept for ever, so paths must come from a small set.
pub(super) fn virtual_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The built-in theme.
pub fn standard_theme() -> Result<ThemeInput, Vec<Finding>> {
    let tokens: Tokens = toml::from_str(STANDARD_TOKENS).map_err(|error| {
        vec![
            Finding::new(&rules::THEME_FAULT, "the built-in theme's tokens cannot be read")
                .note(error.to_string()),
        ]
    })?;
    ThemeInput::new(STANDARD, tokens, standard_files(), BTreeMap::new())
}

/// The built-in theme's files, by path: what stands in for those that a theme does not bring.
pub fn standard_files() -> BTreeMap<String, ThemeFile> {
    let file = |text: &str| ThemeFile { bytes: Arc::from(text.as_bytes()), source: None };
    STANDARD_FILES.iter().map(|(path, text)| ((*path).to_owned(), file(text))).collect()
}
