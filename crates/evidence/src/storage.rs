//! Where a store keeps its files. The store knows a few things that can be done with named objects, and nothing of the folder or
//! the memory that does them.
//!
//! Names are written with `/` whatever the system writes. An object never changes once it stands under its name; what
//! changes is a pointer, a name whose few bytes say which other object counts.

mod folder;
mod memory;

use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

pub use folder::Folder;
pub(crate) use folder::open_file;
pub use memory::Memory;

use crate::store::StoreError;

/// What holds a storage against a second writer; dropping it lets the next one in.
pub type Guard = Box<dyn Debug + Send + Sync>;

/// Named objects that are whole or not there, pointers to them, and a lock.
pub trait Storage: Debug + Send + Sync {
    /// Where it lies: what messages call it, and what stands before every name in them.
    fn root(&self) -> &Path;

    /// The names of the objects that begin with a prefix, in order; pointers are among them.
    ///
    /// # Errors
    /// When the storage refuses.
    fn list(&self, prefix: &str) -> Result<Vec<String>, StoreError>;

    /// An object to be read range by range.
    ///
    /// # Errors
    /// When there is none of this name, or the storage refuses.
    fn open(&self, name: &str) -> Result<Box<dyn Object>, StoreError>;

    /// A whole object; for those that are small, or of which every byte is wanted.
    ///
    /// # Errors
    /// When there is none of this name, or the storage refuses.
    fn read(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let mut object = self.open(name)?;
        let length = object.length();
        object.range(0..length).map_err(|error| StoreError::disk(&self.root().join(name), error))
    }

    /// Puts an object under a name: after a crash at any moment it is there whole or not at all.
    ///
    /// # Errors
    /// When the storage refuses; what stood under the name then still stands.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError>;

    /// Begins an object that is written as it grows; nobody reads it before it is finished and moved to its name.
    ///
    /// # Errors
    /// When the storage refuses.
    fn draft(&self, name: &str) -> Result<Box<dyn Draft>, StoreError>;

    /// Moves a finished object to another name, at once.
    ///
    /// # Errors
    /// When there is none of this name, or the storage refuses.
    fn rename(&self, from: &str, to: &str) -> Result<(), StoreError>;

    /// Makes sure that objects which were moved to these names are still there after a crash.
    ///
    /// # Errors
    /// When the storage refuses.
    fn sync(&self, names: &[&str]) -> Result<(), StoreError>;

    /// Takes away every object of a folder; a folder that is not there is no error.
    ///
    /// # Errors
    /// When the storage refuses.
    fn clear(&self, folder: &str) -> Result<(), StoreError>;

    /// Points a pointer to another object: whoever reads it sees the old name or the new one, and after a crash too.
    ///
    /// # Errors
    /// When the storage refuses; the pointer then still points where it did.
    fn swap(&self, pointer: &str, to: &str) -> Result<(), StoreError>;

    /// Shuts out a second writer; with `wait` it waits for another to end, else it refuses.
    ///
    /// # Errors
    /// When another writes, or the storage refuses.
    fn lock(&self, wait: bool) -> Result<Guard, StoreError>;
}

/// An object open for reading.
pub trait Object: Send + Sync {
    /// Its bytes.
    fn length(&self) -> u64;

    /// The bytes of a range.
    ///
    /// # Errors
    /// When it ends before the range does, or the storage refuses.
    fn range(&mut self, range: Range<u64>) -> io::Result<Vec<u8>>;

    /// The file that it is, where it is one: a file is read page by page, which is faster.
    fn as_file(&self) -> Option<&File> {
        None
    }
}

/// An object in the making.
pub trait Draft: Write + Send + Sync {
    /// Finishes it: every byte that was written is kept, after a crash too.
    ///
    /// # Errors
    /// When the storage refuses.
    fn finish(self: Box<Self>) -> io::Result<()>;
}
