//! The world a theme is compiled in: its own files, the data, the fonts, and nothing else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::attached;
use super::theme::{ThemeInput, virtual_id};

/// One compile's world.
pub(super) struct Paper {
    pub(super) theme: ThemeInput,
    main: FileId,
    data: HashMap<FileId, Bytes>,
    /// Theme files that stand a second time beside a paper, and which of the theme's they are.
    mounted: HashMap<FileId, (Source, FileId)>,
    today: Option<Datetime>,
}

impl Paper {
    /// A world whose main file is `main` and whose data files are `data`, by path.
    /// `None` when a path cannot be named.
    pub(super) fn new(
        theme: &ThemeInput,
        main: &str,
        data: impl IntoIterator<Item = (String, Bytes)>,
        today: Option<NaiveDate>,
    ) -> Option<Paper> {
        let data = data
            .into_iter()
            .map(|(path, bytes)| Some((virtual_id(&path)?, bytes)))
            .collect::<Option<HashMap<_, _>>>()?;
        let (main, mut mounted) = (virtual_id(main)?, HashMap::new());
        if main == virtual_id(attached::MAIN)? {
            let original = virtual_id("/theme/theme.typ")?;
            let text = theme.files.sources.get(&original)?.text().to_owned() + attached::LINES;
            mounted.insert(main, (Source::new(main, text), original));
        }
        Some(Paper { theme: theme.clone(), main, data, mounted, today: today.and_then(date) })
    }

    /// Puts the Typst files of `theme` below `folder` too: there they read the data files beside
    /// them. `None` when a path cannot be named.
    pub(super) fn mount(&mut self, theme: &ThemeInput, folder: &str) -> Option<()> {
        for (original, source) in &theme.files.sources {
            let (path, _) = theme.files.places.get(original)?;
            let id = virtual_id(&format!("{folder}/theme/{path}"))?;
            self.mounted.insert(id, (Source::new(id, source.text().to_owned()), *original));
        }
        Some(())
    }

    /// The theme's own file, of which `id` may be a copy beside a paper.
    pub(super) fn original(&self, id: FileId) -> FileId {
        self.mounted.get(&id).map_or(id, |(_, original)| *original)
    }
}

/// A date as Typst has it.
pub(super) fn date(day: NaiveDate) -> Option<Datetime> {
    Datetime::from_ymd(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// The standard library, the same for every compile so that Typst can reuse what it worked out.
fn library() -> &'static LazyHash<Library> {
    static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        // Row headers and table summaries are still behind this feature.
        let features = [Feature::A11yExtras].into_iter().collect();
        LazyHash::new(Library::builder().with_features(features).build())
    })
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.theme.files.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let mounted = self.mounted.get(&id).map(|(source, _)| source);
        mounted.or_else(|| self.theme.files.sources.get(&id)).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let theme = &self.theme.files;
        self.data.get(&id).or_else(|| theme.bytes.get(&id)).cloned().ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.theme.files.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

fn missing(id: FileId) -> FileError {
    let path = id.get();
    match path.root() {
        VirtualRoot::Project => {
            FileError::NotFound(PathBuf::from(path.vpath().get_without_slash()))
        }
        VirtualRoot::Package(package) => {
            FileError::Other(Some(typst::ecow::eco_format!("packages cannot be used: {package}")))
        }
    }
}
