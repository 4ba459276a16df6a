//! Published files, cases and peers that lie beside the repository and are no part of it.
//!
//! Where the environment names their folder they must be there: a test that was told where to look and finds nothing has failed.
//! Where it names none and none lies beside the repository, the test says aloud that it is skipped.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files and folders below the folder that `variable` names, or below the one of the same word beside the repository.
///
/// `CATCHMENT_DATA` stands for `../shared/data`. Nothing where it is not set and one of them is not there.
pub fn at_hand(variable: &str, names: &[&str]) -> Option<Vec<PathBuf>> {
    let word = variable.trim_start_matches("CATCHMENT_").to_lowercase();
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(word);
    below((variable, std::env::var_os(variable)), &beside, names)
}

/// The same for a variable and what it is set to.
pub fn below(
    (variable, set): (&str, Option<OsString>),
    beside: &Path,
    names: &[&str],
) -> Option<Vec<PathBuf>> {
    let folder = set.as_ref().map_or(beside, Path::new);
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let Some(absent) = paths.iter().find(|path| !path.exists()) else { return Some(paths) };
    assert!(set.is_none(), "{variable} is set and {} is not there", absent.display());
    // Not `eprintln!`, which nobody sees of a test that passes.
    let line = format!("skipped: {} is not there\n", absent.display());
    let _ = std::io::stderr().write_all(line.as_bytes());
    note(&line);
    None
}

/// Adds the test to the file that `CATCHMENT_SKIPPED` names, so that a whole run can say how many were skipped.
fn note(line: &str) {
    let Some(path) = std::env::var_os("CATCHMENT_SKIPPED") else { return };
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    let _ = file.and_then(|mut file| file.write_all(format!("{test}: {line}").as_bytes()));
}
