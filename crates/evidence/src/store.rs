//! The store: a folder of Parquet files that never change, and a manifest that says which of them count.
//!
//! ```text
//! store/
//!   CURRENT                     the name of the manifest in force
//!   manifests/000007.json       one a generation
//!   problems/000007.csv         every problem of that import
//!   tables/<table>/<period>/<fingerprint>.parquet
//!   staging/                    an import in progress; worthless after a crash
//!   LOCK                        held while an import runs
//! ```
//!
//! An import writes to `staging`, moves finished files to their names (which nobody reads yet), writes the new
//! manifest, and last of all renames `CURRENT`. That rename is the import: before it the old evidence stands,
//! after it the new, and a kill at any moment leaves one or the other whole.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;
use vocab::Period;

use crate::manifest::{Manifest, Part, Release};
use crate::writer::ReleaseWriter;

/// A failure of the store or of the disk under it.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The disk refused.
    #[error(
        "{path}: {source}. The previous evidence is untouched; free space or mend the permissions and import again"
    )]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another import holds the store.
    #[error(
        "another import is running on {path} (process {process}); wait for it to end, or use `--wait`"
    )]
    Busy {
        /// The store.
        path: PathBuf,
        /// The process that holds it.
        process: String,
    },
    /// The manifest cannot be read.
    #[error("{path} is not a manifest this program can read: {reason}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// A table file could not be written or read.
    #[error("a table file could not be written or read: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A table could not be built.
    #[error("a table could not be built: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
}

impl StoreError {
    pub(crate) fn disk(path: &Path, source: io::Error) -> Self {
        Self::Disk { path: path.to_owned(), source }
    }
}

/// A store on disk.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in a folder; the folder is made by the first import.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Its folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The name of the manifest in force, which every import changes; nothing before the first, or while it cannot be read.
    #[must_use]
    pub fn current(&self) -> Option<String> {
        let name = fs::read_to_string(self.root.join("CURRENT")).ok()?;
        Some(name.trim().to_owned())
    }

    /// The manifest in force; an empty one before the first import.
    ///
    /// # Errors
    /// When the manifest is damaged or of a later layout.
    pub fn manifest(&self) -> Result<Manifest, StoreError> {
        let current = self.root.join("CURRENT");
        let name = match fs::read_to_string(&current) {
            Ok(name) => name,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Manifest { layout: Manifest::LAYOUT, ..Manifest::default() });
            }
            Err(error) => return Err(StoreError::disk(&current, error)),
        };
        let path = self.root.join("manifests").join(name.trim());
        let text = fs::read_to_string(&path).map_err(|error| StoreError::disk(&path, error))?;
        let refused = |reason: String| StoreError::Manifest { path: path.clone(), reason };
        let manifest: Manifest =
            serde_json::from_str(&text).map_err(|error| refused(error.to_string()))?;
        let parts = manifest.releases.iter().flat_map(|release| &release.parts);
        if let Some(part) = parts.into_iter().find(|part| part.period.parse::<Period>().is_err()) {
            return Err(refused(format!("`{}` of {} is no period", part.period, part.path)));
        }
        if manifest.layout == Manifest::LAYOUT {
            Ok(manifest)
        } else {
            Err(refused(format!(
                "its layout is {}, expected {}",
                manifest.layout,
                Manifest::LAYOUT
            )))
        }
    }

    /// Begins an import; with `wait` it waits for another to end, else it refuses.
    ///
    /// # Errors
    /// When another import runs, or the disk refuses.
    pub fn begin(&self, wait: bool) -> Result<Staging, StoreError> {
        fs::create_dir_all(&self.root).map_err(|error| StoreError::disk(&self.root, error))?;
        let lock = self.lock(wait)?;
        let manifest = self.manifest()?;
        let folder = self.root.join("staging");
        clear(&folder)?;
        fs::create_dir_all(&folder).map_err(|error| StoreError::disk(&folder, error))?;
        Ok(Staging { store: self.clone(), manifest, folder, _lock: lock })
    }

    fn lock(&self, wait: bool) -> Result<File, StoreError> {
        let path = self.root.join("LOCK");
        let failed = |error| StoreError::disk(&path, error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
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
        Ok(file)
    }

    /// Reads every file that the manifest names and compares its fingerprint; returns the damaged ones.
    ///
    /// # Errors
    /// When the manifest itself cannot be read.
    pub fn verify(&self) -> Result<Vec<(Part, String)>, StoreError> {
        let manifest = self.manifest()?;
        let parts = manifest.releases.iter().flat_map(|release| &release.parts);
        Ok(parts
            .filter_map(|part| self.damage(part).map(|reason| (part.clone(), reason)))
            .collect())
    }

    fn damage(&self, part: &Part) -> Option<String> {
        use sha2::{Digest, Sha256};
        match fs::read(self.root.join(&part.path)) {
            Err(error) => Some(error.to_string()),
            Ok(bytes) if crate::writer::hex(&Sha256::digest(&bytes)) == part.sha256 => None,
            Ok(_) => Some("its bytes are not the ones that were written".to_owned()),
        }
    }
}

/// The files of a release with all their rows, not yet part of the store.
#[derive(Debug)]
pub struct Closed {
    /// What each holds, and where it lies.
    pub parts: Vec<(Part, PathBuf)>,
}

/// An import in progress. Dropped without [`Staging::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    store: Store,
    manifest: Manifest,
    folder: PathBuf,
    _lock: File,
}

impl Staging {
    /// The manifest as it stood when the import began.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The folder of the store that the import writes to.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.store.root()
    }

    /// A writer for the rows of one file; `number` tells the files of an import apart.
    #[must_use]
    pub fn release(&self, number: usize) -> ReleaseWriter {
        ReleaseWriter::new(&self.folder, &format!("{number:05}"))
    }

    /// Closes the files of a release; they lie in the staging folder until they are settled.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn close(&self, rows: ReleaseWriter) -> Result<Closed, StoreError> {
        Ok(Closed { parts: rows.finish()? })
    }

    /// Moves the closed files of a release to their names in the store, where nobody reads them yet.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle(&self, closed: Closed) -> Result<Vec<Part>, StoreError> {
        closed
            .parts
            .into_iter()
            .map(|(part, from)| {
                let to = self.store.root.join(&part.path);
                if let Some(folder) = to.parent() {
                    fs::create_dir_all(folder).map_err(|error| StoreError::disk(folder, error))?;
                }
                fs::rename(&from, &to).map_err(|error| StoreError::disk(&to, error))?;
                Ok(part)
            })
            .collect()
    }

    /// Makes the releases of this import part of the evidence, all at once.
    ///
    /// # Errors
    /// When the disk refuses; the previous evidence then still stands.
    pub fn commit(
        mut self,
        releases: Vec<Release>,
        problems: &str,
    ) -> Result<Manifest, StoreError> {
        self.manifest.generation += 1;
        self.manifest.layout = Manifest::LAYOUT;
        self.manifest.releases.extend(releases);
        let root = &self.store.root;
        let generation = format!("{:06}", self.manifest.generation);
        write_durably(&root.join("problems"), &format!("{generation}.csv"), problems.as_bytes())?;
        let text = serde_json::to_vec_pretty(&self.manifest).map_err(|error| {
            StoreError::Manifest { path: root.clone(), reason: error.to_string() }
        })?;
        let name = format!("{generation}.json");
        write_durably(&root.join("manifests"), &name, &text)?;
        self.sync_tables()?;
        write_durably(root, "CURRENT", name.as_bytes())?;
        clear(&self.folder)?;
        Ok(std::mem::take(&mut self.manifest))
    }

    fn sync_tables(&self) -> Result<(), StoreError> {
        let mut folders = std::collections::BTreeSet::new();
        for part in self.manifest.releases.iter().flat_map(|release| &release.parts) {
            let path = self.store.root.join(&part.path);
            folders.extend(path.ancestors().skip(1).take(3).map(Path::to_owned));
        }
        folders.iter().try_for_each(|folder| sync(folder))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What is left in `staging` is worthless; the next import clears it if this fails.
        let _ = clear(&self.folder);
    }
}

fn clear(folder: &Path) -> Result<(), StoreError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(StoreError::disk(folder, error))
        }
        _ => Ok(()),
    }
}

/// Writes a file so that after a crash it is there whole under its name or not at all.
fn write_durably(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|error| StoreError::disk(folder, error))?;
    let temporary = folder.join(format!("{name}.tmp"));
    let path = folder.join(name);
    let failed = |error| StoreError::disk(&path, error);
    let mut file = File::create(&temporary).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    fs::rename(&temporary, &path).map_err(failed)?;
    sync(folder)
}

fn sync(folder: &Path) -> Result<(), StoreError> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| StoreError::disk(folder, error))
}
