//! The `annexe` command: exit code only; everything else is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let screen = annexe::cli::Screen::detect();
    let code = annexe::cli::run_on(screen, std::env::args_os(), &mut out, &mut err);
    ExitCode::from(code.try_into().unwrap_or(1))
}
