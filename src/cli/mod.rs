//! The command line: one file a subcommand, each a thin layer over [`crate::build`].
//!
//! [`run`] takes its arguments and streams from the caller, so that tests run the real
//! command line in process. What a command was asked for goes to `out`; what is wrong
//! goes to `err`. Exit codes: 0 done, 1 findings that stop something, 2 misuse.

mod agree;
mod bounded;
mod build;
mod check;
mod claims;
mod comments;
mod completions;
mod diff;
mod drift;
mod explain;
mod export;
mod figures;
mod help;
mod import;
mod init;
mod kinds;
mod list;
mod man;
mod pack;
mod project;
mod readability;
mod report;
mod returns;
mod schema;
mod text;
mod version;
mod watch;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::build::Misnamed;

/// All went well.
const DONE: i32 = 0;
/// Findings stopped something.
const FOUND: i32 = 1;
/// The command line cannot be meant.
const USAGE: i32 = 2;

/// The heading of options that every command has.
const GLOBAL: &str = "Options of every command";

/// Assembles a local area's statutory documents from plan data and narrative, as accessible PDF
/// and Word.
#[derive(Debug, Parser)]
#[command(name = "annexe", version, disable_help_subcommand = true, max_term_width = 100)]
struct Arguments {
    /// The project folder; found from the working folder upwards when absent
    #[arg(long, global = true, value_name = "DIR", help_heading = GLOBAL)]
    project: Option<PathBuf>,

    /// Whether to use colour: by itself on a terminal, unless NO_COLOR is set
    #[arg(long, alias = "color", global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(help_heading = GLOBAL)]
    colour: Colour,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the project, then make its documents
    Build(build::Build),
    /// Build again whenever a file of the project is saved
    Watch(watch::Watch),
    /// Join the papers of a meeting as one PDF, and zip their Word files
    Pack(pack::Pack),
    /// Report what is wrong or no longer agrees
    Check(check::Check),
    /// Show the documents with their editions, formats and parameters
    List(list::List),
    /// Print a document's text
    Text(text::Text),
    /// Show how easy each section is to read
    Readability(readability::Readability),
    /// Show which sections still say the same in another edition
    Drift(drift::Drift),
    /// Show what changed between two folders of a project
    Diff(diff::Diff),
    /// Record that a section says the same in another edition
    Agree(agree::Agree),
    /// List the figures of documents: where each stands, and where it came from
    Figures(figures::Figures),
    /// List claims that no condition holds, or write their conditions
    Claims(claims::Claims),
    /// Take a spreadsheet into the plan
    Import(import::Import),
    /// Write records of the plan as a spreadsheet to fill in
    Export(export::Export),
    /// Show what colleagues changed in Word files, and take it into the source
    Return(returns::Return),
    /// List comments that came back in Word files, or mark them as dealt with
    Comments(comments::Comments),
    /// Say what a finding's code means and what to do about it
    Explain(explain::Explain),
    /// Print the JSON Schema of a project's data files, its own kinds of record included
    Schema(schema::Schema),
    /// Start a small working project of a made-up area
    Init(init::Init),
    /// Print help for a command, or for directives, expressions and kinds of record
    Help(help::Help),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Print the manual page, in roff
    Man(man::Man),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// What the two streams can show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Screen {
    /// `out` shows colours.
    pub colour_out: bool,
    /// `err` shows colours.
    pub colour_err: bool,
    /// `err` is the process's own standard error on a terminal, so a progress bar can stand there.
    pub bar: bool,
}

impl Screen {
    /// What this process's standard streams can show.
    pub fn detect() -> Self {
        let (out, err) = (io::stdout().is_terminal(), io::stderr().is_terminal());
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Screen { colour_out: out && wanted, colour_err: err && wanted, bar: err }
    }
}

/// Where a command writes.
struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    screen: Screen,
    project: Option<PathBuf>,
    /// The whole command line, for a process of its own.
    args: Vec<OsString>,
}

/// Why a command came to nothing.
enum Stop {
    /// The command line cannot be meant.
    Usage(Misnamed),
    /// A stream or file could not be written.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}

impl From<Misnamed> for Stop {
    fn from(misnamed: Misnamed) -> Self {
        Stop::Usage(misnamed)
    }
}

/// What a command answers: an exit code.
type Outcome = Result<i32, Stop>;

/// Runs the command line `args`, the first of which is the program's name, and answers with the
/// exit code. Nothing is coloured unless `--colour always` asks for it.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> i32 {
    run_on(Screen::default(), args, out, err)
}

/// [`run`], on streams that can show what `screen` says.
pub fn run_on(
    mut screen: Screen,
    args: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> i32 {
    let args: Vec<OsString> = args.into_iter().collect();
    if version::is_asked(&args) {
        // As with help: nobody is left to tell that it cannot be read.
        let _ = out.write_all(version::json().as_bytes());
        return DONE;
    }
    let arguments = match Arguments::try_parse_from(&args) {
        Ok(arguments) => arguments,
        // What clap has to say: help and version to `out`, misuse to `err`.
        Err(error) if error.use_stderr() => return answer(&error, err, screen.colour_err),
        Err(error) => return answer(&error, out, screen.colour_out),
    };
    if arguments.colour != Colour::Auto {
        screen.colour_out = arguments.colour == Colour::Always;
        screen.colour_err = screen.colour_out;
    }
    let mut console = Console { out, err, screen, project: arguments.project, args };
    let outcome = match arguments.command {
        Command::Build(build) => build.run(&mut console),
        Command::Watch(watch) => watch.run(&mut console),
        Command::Pack(pack) => pack.run(&mut console),
        Command::Check(check) => check.run(&mut console),
        Command::List(list) => list.run(&mut console),
        Command::Text(text) => text.run(&mut console),
        Command::Readability(readability) => readability.run(&mut console),
        Command::Diff(diff) => diff.run(&mut console),
        Command::Drift(drift) => drift.run(&mut console),
        Command::Agree(agree) => agree.run(&mut console),
        Command::Figures(figures) => figures.run(&mut console),
        Command::Claims(claims) => claims.run(&mut console),
        Command::Import(import) => import.run(&mut console),
        Command::Export(export) => export.run(&mut console),
        Command::Return(returns) => returns.run(&mut console),
        Command::Comments(comments) => comments.run(&mut console),
        Command::Explain(explain) => explain.run(&mut console),
        Command::Schema(schema) => schema.run(&mut console),
        Command::Init(init) => init.run(&mut console),
        Command::Help(help) => help.run(&mut console),
        Command::Completions(completions) => completions.run(&mut console),
        Command::Man(man) => man.run(&mut console),
    };
    match outcome.and_then(|code| Ok(console.out.flush().map(|()| code)?)) {
        Ok(code) => code,
        Err(Stop::Usage(Misnamed { message, help })) => {
            // Nobody is left to tell when standard error fails too.
            let _ = writeln!(console.err, "error: {message}\n  help: {help}");
            USAGE
        }
        // The reader went away (`annexe list | head`): not a fault.
        Err(Stop::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => DONE,
        Err(Stop::Io(error)) => {
            let _ = writeln!(console.err, "error: {error}");
            FOUND
        }
    }
}

/// Prints clap's answer to `stream`.
fn answer(error: &clap::Error, stream: &mut dyn Write, colour: bool) -> i32 {
    let text = error.render();
    // Help that nobody can read is no reason for another code.
    let _ = if colour { write!(stream, "{}", text.ansi()) } else { write!(stream, "{text}") };
    error.exit_code()
}

/// The whole command, for what is made from it: help, completions, the manual page.
fn command() -> clap::Command {
    Arguments::command()
}
