//! The file system as storage: an object is a file, a pointer too, and what is moved is renamed.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{Draft, Guard, Object, Storage};
use crate::store::StoreError;

/// The file that is locked while an import runs; it holds the number of the process, and is no object.
const LOCK: &str = "LOCK";
/// What is half written bears this behind its name until it is whole.
const TEMPORARY: &str = ".tmp";

/// A folder of files.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The storage in a folder; the folder is made by the first import.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl Storage for Folder {
    fn root(&self) -> &Path {
        &self.root
    }

    fn list(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let mut names = Vec::new();
        walk(&self.root, prefix.rsplit_once('/').map_or("", |(folder, _)| folder), &mut names)?;
        names.retain(|name| name.starts_with(prefix) && name != LOCK);
        names.sort();
        Ok(names)
    }

    fn open(&self, name: &str) -> Result<Box<dyn Object>, StoreError> {
        open_file(&self.root.join(name))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.root.join(name);
        let folder = make_folder_of(&path)?;
        let temporary = self.root.join(format!("{name}{TEMPORARY}"));
        let failed = |error| StoreError::disk(&path, error);
        let mut file = File::create(&temporary).map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&temporary, &path).map_err(failed)?;
        sync(folder)
    }

    fn draft(&self, name: &str) -> Result<Box<dyn Draft>, StoreError> {
        let path = self.root.join(name);
        make_folder_of(&path)?;
        let file = File::create(&path).map_err(|error| StoreError::disk(&path, error))?;
        Ok(Box::new(BufWriter::new(file)))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let to = self.root.join(to);
        make_folder_of(&to)?;
        fs::rename(self.root.join(from), &to).map_err(|error| StoreError::disk(&to, error))
    }

    fn sync(&self, names: &[&str]) -> Result<(), StoreError> {
        let folders = names.iter().flat_map(|name| Path::new(*name).ancestors().skip(1));
        let folders: BTreeSet<_> = folders.filter(|folder| *folder != Path::new("")).collect();
        folders.into_iter().try_for_each(|folder| sync(&self.root.join(folder)))
    }

    fn clear(&self, folder: &str) -> Result<(), StoreError> {
        let folder = self.root.join(folder);
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(StoreError::disk(&folder, error))
            }
            _ => Ok(()),
        }
    }

    fn swap(&self, pointer: &str, to: &str) -> Result<(), StoreError> {
        self.put(pointer, to.as_bytes())
    }

    fn lock(&self, wait: bool) -> Result<Guard, StoreError> {
        fs::create_dir_all(&self.root).map_err(|error| StoreError::disk(&self.root, error))?;
        let path = self.root.join(LOCK);
        let failed = |error| StoreError::disk(&path, error);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if wait => file.lock().map_err(failed)?,
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                file.read_to_string(&mut process).map_err(failed)?;
                return Err(StoreError::Busy { path: self.root.clone(), process });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        file.rewind().map_err(failed)?;
        write!(file, "{}", std::process::id()).map_err(failed)?;
        Ok(Box::new(file))
    }
}

/// A file to be read range by range, wherever it lies.
pub(crate) fn open_file(path: &Path) -> Result<Box<dyn Object>, StoreError> {
    let failed = |error| StoreError::disk(path, error);
    let file = File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    Ok(Box::new(Opened { file, length }))
}

struct Opened {
    file: File,
    length: u64,
}

impl Object for Opened {
    fn length(&self) -> u64 {
        self.length
    }

    fn range(&mut self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let length = range.end.min(self.length).saturating_sub(range.start);
        let mut bytes = Vec::with_capacity(length as usize);
        self.file.seek(SeekFrom::Start(range.start))?;
        (&mut self.file).take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == range.end.saturating_sub(range.start) {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    fn as_file(&self) -> Option<&File> {
        Some(&self.file)
    }
}

impl Draft for BufWriter<File> {
    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.flush()?;
        self.get_ref().sync_all()
    }
}

/// The folder in which a file is to lie, made if need be.
fn make_folder_of(path: &Path) -> Result<&Path, StoreError> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(|error| StoreError::disk(folder, error))?;
    Ok(folder)
}

fn sync(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| StoreError::disk(folder, error))
}

/// Adds the names of the whole files in a folder and in those below it.
fn walk(root: &Path, folder: &str, names: &mut Vec<String>) -> Result<(), StoreError> {
    let path = root.join(folder);
    let failed = |error| StoreError::disk(&path, error);
    let entries = match fs::read_dir(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(failed)?,
    };
    for entry in entries {
        let entry = entry.map_err(failed)?;
        let own = entry.file_name().to_string_lossy().into_owned();
        let name = if folder.is_empty() { own } else { format!("{folder}/{own}") };
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(root, &name, names)?;
        } else if !name.ends_with(TEMPORARY) {
            names.push(name);
        }
    }
    Ok(())
}
