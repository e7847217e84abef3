//! `annexe init`: starts a small working project of a made-up area.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::build::{self, Misnamed};
use crate::cli::{Console, DONE, Outcome, Stop, report};

mod examples;

use examples::EXAMPLES;

/// What the command takes.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder to start it in: a new or an empty one
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// An example to start from in place of the small project: priority-action-plan
    #[arg(long, value_name = "NAME")]
    like: Option<String>,
}

/// The starter project's files. Real ones stand in `src/cli/init/`, so that they can be read and
/// edited as what they are.
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("init/README.md")),
    ("content/project.toml", include_str!("init/content/project.toml")),
    ("content/plan/objectives.toml", include_str!("init/content/plan/objectives.toml")),
    ("content/plan/people.toml", include_str!("init/content/plan/people.toml")),
    ("content/plan/actions.toml", include_str!("init/content/plan/actions.toml")),
    ("content/plan/kpis.toml", include_str!("init/content/plan/kpis.toml")),
    ("content/plan/risks.toml", include_str!("init/content/plan/risks.toml")),
    ("content/plan/rag.toml", include_str!("init/content/plan/rag.toml")),
    ("content/images/index.toml", include_str!("init/content/images/index.toml")),
    ("content/images/family.svg", include_str!("init/content/images/family.svg")),
    ("content/images/our-plan.svg", include_str!("init/content/images/our-plan.svg")),
    ("content/images/calendar.svg", include_str!("init/content/images/calendar.svg")),
    ("content/images/plan-on-time.svg", include_str!("init/content/images/plan-on-time.svg")),
    ("content/images/done.svg", include_str!("init/content/images/done.svg")),
    ("content/images/face-happy.svg", include_str!("init/content/images/face-happy.svg")),
    ("content/images/face-neutral.svg", include_str!("init/content/images/face-neutral.svg")),
    ("content/images/face-sad.svg", include_str!("init/content/images/face-sad.svg")),
    ("content/images/email.svg", include_str!("init/content/images/email.svg")),
    ("content/images/phone.svg", include_str!("init/content/images/phone.svg")),
    ("content/progress-plan/easy.md", include_str!("init/content/progress-plan/easy.md")),
    ("content/progress-plan/summary.md", include_str!("init/content/progress-plan/summary.md")),
    ("templates/progress-plan.md", include_str!("init/templates/progress-plan.md")),
];

impl Init {
    /// Writes the project, and says what to do next.
    pub fn run(self, console: &mut Console<'_>) -> Outcome {
        let files = match &self.like {
            None => FILES,
            Some(name) => match EXAMPLES.iter().find(|(known, _)| known == name) {
                Some((_, files)) => files,
                None => {
                    let known = EXAMPLES.iter().map(|(known, _)| *known);
                    return Err(build::unknown("example", name, known).into());
                }
            },
        };
        if !is_free(&self.folder)? {
            return Err(Stop::Usage(Misnamed {
                message: format!("{} is not an empty folder", self.folder.display()),
                help: "name a new one: nothing that stands is written over".to_owned(),
            }));
        }
        for (path, text) in files {
            let path = self.folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(|e| about(parent, &e))?;
            }
            fs::write(&path, text).map_err(|e| about(&path, &e))?;
        }
        let folder = self.folder.display();
        writeln!(console.out, "{} in {folder}. Next:", report::counted(files.len(), "file"))?;
        if self.folder != Path::new(".") {
            writeln!(console.out, "    cd {folder}")?;
        }
        writeln!(console.out, "    annexe build")?;
        Ok(DONE)
    }
}

/// Whether `folder` is not there yet, or is empty.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(about(folder, &error)),
    }
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
