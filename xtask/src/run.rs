//! Running other programs, from the root of the project.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// Why a command cannot go on, in words.
pub struct Failed(pub String);

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Runs cargo from the root.
pub fn cargo(arguments: &[&str]) -> Result<(), Failed> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    run_in(&root(), &cargo, arguments)
}

/// Runs cargo from the root with a variable of the environment.
pub fn with(arguments: &[&str], (name, value): (&str, &str)) -> Result<(), Failed> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let line = format!("cargo {}", arguments.join(" "));
    match Command::new(cargo).args(arguments).env(name, value).current_dir(root()).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failed(format!("`{line}` ended with {status}"))),
        Err(error) => Err(Failed(format!("`{line}` could not be started: {error}"))),
    }
}

/// Runs a program in a folder, with its output on the screen.
pub fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), Failed> {
    let line = format!("{program} {}", arguments.join(" "));
    match Command::new(program).args(arguments).current_dir(folder).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failed(format!("`{line}` ended with {status}"))),
        Err(error) => Err(Failed(format!("`{line}` could not be started: {error}"))),
    }
}

/// What a program prints, if it is there and ends well.
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Whether anything under `path` is newer than the file `than`, or that file is not there.
pub fn newer(path: &Path, than: &Path) -> bool {
    let Ok(built) = std::fs::metadata(than).and_then(|about| about.modified()) else { return true };
    changed_since(path, built)
}

fn changed_since(path: &Path, moment: SystemTime) -> bool {
    let Ok(about) = std::fs::metadata(path) else { return false };
    if about.is_file() {
        return about.modified().is_ok_and(|changed| changed > moment);
    }
    std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| changed_since(&entry.path(), moment))
}
