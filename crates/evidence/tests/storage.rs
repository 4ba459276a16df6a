//! What every storage promises, and what stands after an import that it broke off.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io;
use std::path::Path;

use evidence::storage::{Draft, Guard, Object};
use evidence::{
    Cell, Evidence, Folder, Memory, Origin, Release, Storage, Store, StoreError, Verdict, tables,
};

/// Imports the list of one practice; the second import of a store replaces the first.
fn import(store: &Store, edition: &str, patients: f64) -> Result<(), StoreError> {
    let staging = store.begin(false)?;
    let mut rows = staging.release(0);
    let cells = [Cell::Text("A81001"), Cell::Empty, Cell::Number(patients)];
    rows.push(&tables::LIST_SIZE, "2025-11-01".parse().unwrap(), &cells)?;
    let parts = staging.settle(staging.close(rows)?)?;
    let release = Release {
        id: edition.to_owned(),
        source: "patients_registered".to_owned(),
        edition: edition.to_owned(),
        origin: Origin::default(),
        verdict: Verdict::Accepted,
        rows_read: 1,
        rows_kept: 1,
        left_out: Vec::new(),
        remarks: Vec::new(),
        checks: Vec::new(),
        problems: 0,
        parts,
    };
    staging.commit(vec![release], "file,problem\n").map(drop)
}

fn patients(store: &Store) -> f64 {
    let evidence = Evidence::open(store).unwrap();
    let frame = evidence.frame("list_size", "2025-11-01".parse().unwrap()).unwrap();
    assert_eq!(frame.rows(), 1);
    frame.number("patients").unwrap()[0]
}

/// A storage that refuses one thing under names that begin with `under`.
#[derive(Debug)]
struct Refusing<S> {
    inner: S,
    under: &'static str,
}

impl<S: Storage> Refusing<S> {
    fn allows(&self, name: &str) -> Result<(), StoreError> {
        if !name.starts_with(self.under) {
            return Ok(());
        }
        let (path, source) = (self.root().join(name), io::ErrorKind::StorageFull.into());
        Err(StoreError::Disk { path, source })
    }
}

impl<S: Storage> Storage for Refusing<S> {
    fn root(&self) -> &Path {
        self.inner.root()
    }
    fn list(&self, prefix: &str) -> Result<Vec<String>, StoreError> {
        self.inner.list(prefix)
    }
    fn open(&self, name: &str) -> Result<Box<dyn Object>, StoreError> {
        self.inner.open(name)
    }
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        self.allows(name).and_then(|()| self.inner.put(name, bytes))
    }
    fn draft(&self, name: &str) -> Result<Box<dyn Draft>, StoreError> {
        self.allows(name).and_then(|()| self.inner.draft(name))
    }
    fn rename(&self, from: &str, to: &str) -> Result<(), StoreError> {
        self.allows(to).and_then(|()| self.inner.rename(from, to))
    }
    fn sync(&self, names: &[&str]) -> Result<(), StoreError> {
        self.inner.sync(names)
    }
    fn clear(&self, folder: &str) -> Result<(), StoreError> {
        self.inner.clear(folder)
    }
    fn swap(&self, pointer: &str, to: &str) -> Result<(), StoreError> {
        self.allows(pointer).and_then(|()| self.inner.swap(pointer, to))
    }
    fn lock(&self, wait: bool) -> Result<Guard, StoreError> {
        self.inner.lock(wait)
    }
}

/// Breaks an import off at each of its steps, and then lets it through.
fn broken_off_at_every_step<S: Storage + Clone + 'static>(storage: &S) {
    let store = Store::on(storage.clone());
    import(&store, "2025-11-01", 4_000.0).unwrap();
    let pointer = store.current();
    for under in ["staging/", "tables/", "problems/", "manifests/", "CURRENT"] {
        let breaking = Store::on(Refusing { inner: storage.clone(), under });
        let refusal = import(&breaking, "2025-12-01", 5_000.0).unwrap_err();
        assert!(refusal.to_string().contains("The previous evidence is untouched"), "{refusal}");
        assert_eq!((store.current(), patients(&store)), (pointer.clone(), 4_000.0), "{under}");
        assert_eq!(storage.list("staging/").unwrap(), [""; 0], "{under}");
    }
    import(&store, "2025-12-01", 5_000.0).unwrap();
    assert_eq!((store.current().as_deref(), patients(&store)), (Some("000002.json"), 5_000.0));
}

#[test]
fn an_import_broken_off_before_the_swap_leaves_the_old_evidence_readable() {
    let folder = tempfile::tempdir().unwrap();
    broken_off_at_every_step(&Folder::at(folder.path()));
    broken_off_at_every_step(&Memory::default());
}

#[test]
fn a_pointer_half_written_in_a_folder_is_not_the_pointer() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::at(folder.path());
    import(&store, "2025-11-01", 4_000.0).unwrap();
    let before = Folder::at(folder.path()).list("").unwrap();
    std::fs::write(folder.path().join("CURRENT.tmp"), "0000").unwrap();
    assert_eq!((store.current().as_deref(), patients(&store)), (Some("000001.json"), 4_000.0));
    assert_eq!(Folder::at(folder.path()).list("").unwrap(), before);
}

#[test]
fn a_folder_holds_the_files_that_the_store_describes_and_memory_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    let (folder, memory) = (Folder::at(place.path().join("store")), Memory::default());
    for store in [Store::on(folder.clone()), Store::on(memory.clone())] {
        import(&store, "2025-11-01", 4_000.0).unwrap();
    }
    let part = Store::on(memory.clone()).manifest().unwrap().releases[0].parts[0].clone();
    let path = format!("tables/list_size/2025-11-01/{}.parquet", part.sha256.get(..16).unwrap());
    let names = ["CURRENT", "manifests/000001.json", "problems/000001.csv", &path];
    assert_eq!(folder.list("").unwrap(), names);
    assert_eq!(memory.list("").unwrap(), names);
    for name in names {
        let bytes = std::fs::read(place.path().join("store").join(name)).unwrap();
        assert_eq!(memory.read(name).unwrap(), bytes, "{name}");
    }
    assert_eq!(memory.read("CURRENT").unwrap(), b"000001.json");
}

fn keeps_its_promises(storage: &impl Storage) {
    storage.put("a/one", b"0123456789").unwrap();
    storage.put("a/two", b"").unwrap();
    storage.put("b", b"x").unwrap();
    assert_eq!(storage.list("a/").unwrap(), ["a/one", "a/two"]);
    assert_eq!(storage.list("a/t").unwrap(), ["a/two"]);
    assert_eq!(storage.list("c/").unwrap(), [""; 0]);
    let mut object = storage.open("a/one").unwrap();
    assert_eq!((object.length(), object.range(2..5).unwrap()), (10, b"234".to_vec()));
    assert_eq!(object.range(8..12).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
    storage.rename("b", "c/d/e").unwrap();
    storage.sync(&["c/d/e"]).unwrap();
    assert_eq!((storage.read("c/d/e").unwrap(), storage.read("b").is_err()), (b"x".to_vec(), true));
    assert!(storage.rename("b", "f").is_err());
    storage.clear("a").unwrap();
    storage.clear("a").unwrap();
    assert_eq!(storage.list("").unwrap(), ["c/d/e"]);
}

#[test]
fn both_storages_list_read_move_and_clear_alike() {
    let folder = tempfile::tempdir().unwrap();
    keeps_its_promises(&Folder::at(folder.path()));
    keeps_its_promises(&Memory::default());
}
