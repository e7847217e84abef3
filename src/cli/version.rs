//! `annexe --version --json`: which program this is, for machines.

use std::ffi::OsString;

use serde_json::json;

/// What asks for it: these two words and nothing else, in either order.
pub fn is_asked(args: &[OsString]) -> bool {
    let words: Vec<&str> = args.iter().skip(1).filter_map(|word| word.to_str()).collect();
    let version = |word: &str| matches!(word, "--version" | "-V");
    matches!(words.as_slice(), [one, other]
        if (version(one) && *other == "--json") || (*one == "--json" && version(other)))
}

/// The program as JSON. `identity` names all it was made of; `commit` is known where the build was told.
pub fn json() -> String {
    let about = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "commit": option_env!("ANNEXE_COMMIT").filter(|commit| !commit.is_empty()),
        "identity": env!("ANNEXE_IDENTITY"),
        "target": env!("ANNEXE_TARGET"),
        "profile": env!("ANNEXE_PROFILE"),
        "features": env!("ANNEXE_FEATURES").split_terminator(',').collect::<Vec<_>>(),
    });
    format!("{about:#}\n")
}
