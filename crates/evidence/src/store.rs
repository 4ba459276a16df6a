//! The store: Parquet files that never change, and a manifest that says which of them count. It lies in a folder, or wherever else
//! a [`Storage`] keeps named objects.
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
//! manifest, and last of all swaps `CURRENT` (in a folder by a rename). That swap is the import: before it the old evidence
//! stands, after it the new, and a kill at any moment leaves one or the other whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;
use vocab::Period;

use crate::manifest::{Manifest, Part, Release};
use crate::storage::{Folder, Guard, Storage};
use crate::writer::ReleaseWriter;

/// The pointer to the manifest in force.
const CURRENT: &str = "CURRENT";
/// Where an import keeps what it has not finished.
const STAGING: &str = "staging";

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

    fn is_missing(&self) -> bool {
        matches!(self, Self::Disk { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// A store, in a folder or in another storage.
#[derive(Debug, Clone)]
pub struct Store {
    storage: Arc<dyn Storage>,
}

impl Store {
    /// The store in a folder; the folder is made by the first import.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self::on(Folder::at(root))
    }

    /// The store in a storage.
    #[must_use]
    pub fn on(storage: impl Storage + 'static) -> Self {
        Self { storage: Arc::new(storage) }
    }

    /// Its folder; for another storage what stands before its names in messages.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.storage.root()
    }

    /// What keeps its files.
    pub(crate) fn storage(&self) -> Arc<dyn Storage> {
        Arc::clone(&self.storage)
    }

    /// The name of the manifest in force, which every import changes; nothing before the first, or while it cannot be read.
    #[must_use]
    pub fn current(&self) -> Option<String> {
        Some(self.text(CURRENT).ok()?.trim().to_owned())
    }

    fn text(&self, name: &str) -> Result<String, StoreError> {
        String::from_utf8(self.storage.read(name)?).map_err(|error| {
            let source = io::Error::new(io::ErrorKind::InvalidData, error);
            StoreError::disk(&self.root().join(name), source)
        })
    }

    /// The manifest in force; an empty one before the first import.
    ///
    /// # Errors
    /// When the manifest is damaged or of a later layout.
    pub fn manifest(&self) -> Result<Manifest, StoreError> {
        let name = match self.text(CURRENT) {
            Err(error) if error.is_missing() => {
                return Ok(Manifest { layout: Manifest::LAYOUT, ..Manifest::default() });
            }
            name => format!("manifests/{}", name?.trim()),
        };
        let text = self.text(&name)?;
        let path = self.root().join(&name);
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
        let lock = self.storage.lock(wait)?;
        let manifest = self.manifest()?;
        self.storage.clear(STAGING)?;
        Ok(Staging { store: self.clone(), manifest, _lock: lock })
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
        match self.storage.read(&part.path) {
            Err(StoreError::Disk { source, .. }) => Some(source.to_string()),
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
    _lock: Guard,
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
        ReleaseWriter::new(self.store.storage(), &format!("{STAGING}/{number:05}"))
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
                self.store.storage.rename(&self.name_of(&from)?, &part.path)?;
                Ok(part)
            })
            .collect()
    }

    /// The name in the storage of a path that [`Staging::close`] gave.
    fn name_of(&self, path: &Path) -> Result<String, StoreError> {
        let name = path.strip_prefix(self.root()).ok().and_then(Path::to_str).map(str::to_owned);
        name.ok_or_else(|| StoreError::disk(path, io::ErrorKind::InvalidInput.into()))
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
        let storage = &self.store.storage;
        let generation = format!("{:06}", self.manifest.generation);
        storage.put(&format!("problems/{generation}.csv"), problems.as_bytes())?;
        let text = serde_json::to_vec_pretty(&self.manifest).map_err(|error| {
            StoreError::Manifest { path: self.root().to_owned(), reason: error.to_string() }
        })?;
        let name = format!("{generation}.json");
        storage.put(&format!("manifests/{name}"), &text)?;
        let parts = self.manifest.releases.iter().flat_map(|release| &release.parts);
        storage.sync(&parts.map(|part| part.path.as_str()).collect::<Vec<_>>())?;
        storage.swap(CURRENT, &name)?;
        storage.clear(STAGING)?;
        Ok(std::mem::take(&mut self.manifest))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What is left in `staging` is worthless; the next import clears it if this fails.
        let _ = self.store.storage.clear(STAGING);
    }
}
