//! Memory as storage, for tests and for evidence that lies nowhere else.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::{Draft, Guard, Object, Storage};
use crate::store::StoreError;

/// Objects in memory. A copy of it is the same storage, as a second `Folder` of one path is.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    objects: Mutex<BTreeMap<String, Arc<[u8]>>>,
    is_locked: Mutex<bool>,
    freed: Condvar,
}

impl Shared {
    fn objects(&self) -> MutexGuard<'_, BTreeMap<String, Arc<[u8]>>> {
        self.objects.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_locked(&self) -> MutexGuard<'_, bool> {
        self.is_locked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Memory {
    fn missing(&self, name: &str) -> StoreError {
        StoreError::disk(&self.root().join(name), io::ErrorKind::NotFound.into())
    }
}

impl Storage for Memory {
    fn root(&self) -> &Path {
        Path::new("memory")
    }

    fn list(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        let objects = self.shared.objects();
        Ok(objects.keys().filter(|name| name.starts_with(prefix)).cloned().collect())
    }

    fn open(&self, name: &str) -> Result<Box<dyn Object>, StoreError> {
        let found = self.shared.objects().get(name).cloned();
        found.map_or_else(|| Err(self.missing(name)), |bytes| Ok(Box::new(Opened(bytes)) as _))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.shared.objects().insert(name.to_owned(), bytes.into());
        Ok(())
    }

    fn draft(&self, name: &str) -> Result<Box<dyn Draft>, StoreError> {
        let (shared, name) = (Arc::clone(&self.shared), name.to_owned());
        Ok(Box::new(Growing { shared, name, bytes: Vec::new() }))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        let mut objects = self.shared.objects();
        let bytes = objects.remove(from).ok_or_else(|| self.missing(from))?;
        objects.insert(to.to_owned(), bytes);
        Ok(())
    }

    fn sync(&self, _names: &[&str]) -> Result<(), StoreError> {
        Ok(())
    }

    fn clear(&self, folder: &str) -> Result<(), StoreError> {
        let prefix = format!("{folder}/");
        self.shared.objects().retain(|name, _| !name.starts_with(&prefix));
        Ok(())
    }

    fn swap(&self, pointer: &str, to: &str) -> Result<(), StoreError> {
        self.put(pointer, to.as_bytes())
    }

    fn lock(&self, wait: bool) -> Result<Guard, StoreError> {
        let mut is_locked = self.shared.is_locked();
        if *is_locked && !wait {
            let process = std::process::id().to_string();
            return Err(StoreError::Busy { path: self.root().to_owned(), process });
        }
        while *is_locked {
            is_locked = self.shared.freed.wait(is_locked).unwrap_or_else(PoisonError::into_inner);
        }
        *is_locked = true;
        drop(is_locked);
        Ok(Box::new(Locked(Arc::clone(&self.shared))))
    }
}

#[derive(Debug)]
struct Locked(Arc<Shared>);

impl Drop for Locked {
    fn drop(&mut self) {
        *self.0.is_locked() = false;
        self.0.freed.notify_one();
    }
}

struct Opened(Arc<[u8]>);

impl Object for Opened {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn range(&mut self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(range.start as usize..range.end as usize);
        bytes.map(<[u8]>::to_vec).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

struct Growing {
    shared: Arc<Shared>,
    name: String,
    bytes: Vec<u8>,
}

impl Write for Growing {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.bytes.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Draft for Growing {
    fn finish(self: Box<Self>) -> io::Result<()> {
        self.shared.objects().insert(self.name, self.bytes.into());
        Ok(())
    }
}
