//! Writes an invented place into a folder: `synth <folder> [registered people]`; without a number, Harbourton.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use sources::synth::{Settings, Sink, generate};

struct Folder(PathBuf, u64);

impl Sink for Folder {
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.0.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        write(&mut out)?;
        out.flush()?;
        self.1 += fs::metadata(&path)?.len();
        Ok(())
    }
}

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder =
        arguments.next().ok_or_else(|| io::Error::other("expected a folder to write into"))?;
    let settings = match arguments.next().and_then(|people| people.parse().ok()) {
        Some(people) => Settings::country(2025, people),
        None => Settings::harbourton(),
    };
    let mut folder = Folder(PathBuf::from(folder), 0);
    generate(&settings, &mut folder, &|path, done, total| eprintln!("{done} of {total} {path}"))?;
    eprintln!("{} bytes", folder.1);
    Ok(())
}
