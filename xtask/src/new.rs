//! `cargo xtask new`: the skeleton of an indicator, a source, a page or an intervention, and its line in the list of its kind.
//!
//! A skeleton compiles and is refused by its own test: what only its author can know is marked `TO BE WRITTEN`, the expected
//! figure above all, and no mark may be left (`xtask/tests/tidy.rs`). Nothing is written unless everything can be.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::run::Failed;

mod kinds;
mod list;
mod name;

use kinds::Kind;

/// Writes the skeleton of a kind under a name and registers it; what was written and what to fill in, in words.
pub fn begin(root: &Path, kind: &str, written: &str) -> Result<String, Failed> {
    let kind = Kind::of(kind)?;
    let new = kind.named(written)?;
    let (file, list) = (root.join(&new.file), root.join(&new.list.file));
    if file.exists() {
        return Err(Failed(format!("{} is there already: choose another name", new.file)));
    }
    let folder = file.parent().filter(|folder| folder.is_dir());
    if folder.is_none() {
        return Err(Failed(format!("there is no folder for {}: is this the project?", new.file)));
    }
    let before = fs::read_to_string(&list).map_err(|error| because(&new.list.file, &error))?;
    let after = new.list.with(&before, &new.name)?;
    let skeleton =
        kind.template.replace("NAME", &new.name).replace("TYPE", &name::type_of(&new.name));
    let write = || -> std::io::Result<()> {
        fs::File::create_new(&file)?.write_all(skeleton.as_bytes())?;
        fs::write(&list, after)
    };
    write().map_err(|error| because(&new.file, &error))?;
    let steps = kind.next.iter().enumerate().map(|(at, step)| {
        format!("\n  {}. {}", at + 1, step.replace("NAME", &new.name).replace("FILE", &new.file))
    });
    Ok(format!(
        "written: {}\nits line: {}, {}\n\nnext:{}",
        new.file,
        new.list.file,
        new.list.place,
        steps.collect::<String>()
    ))
}

fn because(file: &str, error: &std::io::Error) -> Failed {
    Failed(format!("{file}: {error}"))
}
