//! The doors of a store: its pages and downloads, its commands, its claims. What was asked once is kept.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use evidence::{Evidence, Store};
use serde_json::Value;
use study::Study;
use synth::{Settings, Sink, generate};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use web::{AppState, Site, router};

/// The board of the invented place.
pub const PLACE: &str = "QZ0";

/// Scenarios that a reader may begin with: the file of one.
pub const SCENARIO: &str =
    include_str!("../../../../examples/harbourton/scenarios/thirty-recruits.toml");

/// One store and everybody who may be asked about it.
pub struct Doors {
    /// The files that were imported.
    pub files: PathBuf,
    store: PathBuf,
    site: AppState,
    runtime: Runtime,
    said: Mutex<BTreeMap<String, Arc<OnceLock<String>>>>,
}

/// The invented place in its country, made once.
pub fn doors() -> &'static Doors {
    static DOORS: OnceLock<Doors> = OnceLock::new();
    DOORS.get_or_init(|| {
        let folder = emptied("harbourton");
        let mut files = Files(folder.join("files"));
        generate(&Settings::harbourton_in_england(), &mut files, &|_, _, _| ()).unwrap();
        doors_of(&folder, &[files.0], PLACE)
    })
}

/// The doors of a store of these files, in a folder of its own.
pub fn doors_of(folder: &Path, files: &[PathBuf], home: &str) -> Doors {
    let store = folder.join("store");
    let mut import = Command::new(env!("CARGO_BIN_EXE_catchment"));
    let imported = import.arg("--store").arg(&store).arg("import").args(files).output().unwrap();
    assert!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    let evidence = Evidence::open(&Store::at(&store)).unwrap();
    let library = indicators::Library::built_in().unwrap();
    let site = Site {
        study: Study::new(evidence, library, Vec::new()),
        home: home.to_owned(),
        methods: "# Methods\n".to_owned(),
        scenarios: Vec::new(),
        program: "Catchment".to_owned(),
    };
    Doors {
        files: files[0].clone(),
        store,
        site: AppState::new(site).unwrap(),
        runtime: Runtime::new().unwrap(),
        said: Mutex::default(),
    }
}

/// A folder of this name for throw-away files, with nothing in it.
pub fn emptied(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("doors").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Files below a folder.
struct Files(PathBuf);

impl Sink for Files {
    fn file(
        &mut self,
        path: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap())?;
        let mut out = io::BufWriter::new(fs::File::create(path)?);
        write(&mut out)?;
        out.flush()
    }
}

impl Doors {
    /// What was said to a question: who asks while another waits for the answer waits with them.
    fn kept(&self, key: String, ask: impl FnOnce() -> String) -> String {
        let answer = Arc::clone(self.said.lock().unwrap().entry(key).or_default());
        answer.get_or_init(ask).clone()
    }

    /// What a command prints.
    pub fn text(&self, arguments: &[&str]) -> String {
        self.kept(arguments.join("\n"), || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
            let output = command.arg("--store").arg(&self.store).args(arguments).output().unwrap();
            let told = String::from_utf8(output.stdout).unwrap();
            assert!(!told.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            told
        })
    }

    /// What a command says that refuses.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
        let output = command.arg("--store").arg(&self.store).args(arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    /// What a command answers as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let text = self.text(&[arguments, &["--json"]].concat());
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {text}"))
    }

    /// What is made of a sentence that speaks of a place.
    pub fn claim(&self, sentence: &str, place: &str) -> Value {
        self.json(&["claim", sentence, "--place", place])
    }

    /// A page or a download; asked for again while it is worked out.
    pub fn page(&self, path: &str) -> String {
        self.kept(path.to_owned(), || {
            for _ in 0..1_500 {
                let (status, is_working, body) = self.runtime.block_on(self.ask(path));
                if status == 200 && !is_working {
                    return body;
                }
                assert!(is_working || status == 503, "{path}: {status}: {body}");
                std::thread::park_timeout(Duration::from_millis(200));
            }
            panic!("{path} is not done")
        })
    }

    /// How a request for a page ends.
    pub fn status(&self, path: &str) -> u16 {
        self.runtime.block_on(self.ask(path)).0
    }

    async fn ask(&self, path: &str) -> (u16, bool, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router(self.site.clone()).oneshot(request).await.unwrap();
        let unfinished = answer.headers().get("cache-control").is_some_and(|one| one == "no-store");
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        (status, unfinished || body.contains("data-working"), body)
    }

    /// A download of the outlook of a place, once its page is done.
    pub fn outlook_table(&self, file: &str, choices: &str) -> Table {
        self.page(&format!("/place/{PLACE}/outlook{choices}"));
        self.table(&format!("/place/{PLACE}/outlook/{file}{choices}"))
    }

    /// The words of a page without its tags.
    pub fn words(&self, path: &str) -> String {
        let html = self.page(path);
        let pieces =
            html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
        let words: String = pieces.collect();
        let entities = [
            ("&#x27;", "'"),
            ("&#x2f;", "/"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ];
        let words =
            entities.iter().fold(words, |words, (entity, sign)| words.replace(entity, sign));
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The rows of a download.
    pub fn table(&self, path: &str) -> Table {
        Table::read(self.page(path).as_bytes(), path)
    }
}

/// The rows of an exhibit that a command answers with.
pub fn records(answer: &Value, id: &str) -> Vec<Value> {
    let exhibits = answer["exhibits"].as_array().unwrap();
    let found = exhibits.iter().find(|exhibit| exhibit["id"] == id);
    found.unwrap_or_else(|| panic!("no exhibit {id}"))["records"].as_array().unwrap().clone()
}

/// Rows of a file with a line of headings.
pub struct Table {
    name: String,
    rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    pub fn read(text: &[u8], name: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
        let headings = reader.headers().unwrap().clone();
        let row = |row: csv::StringRecord| {
            headings.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
        };
        let rows: Vec<_> = reader.records().map(|record| row(record.unwrap())).collect();
        assert!(!rows.is_empty(), "{name} has no rows");
        Self { name: name.to_owned(), rows }
    }

    /// The file below a folder whose path has this in it.
    pub fn of_file(folder: &Path, part: &str) -> Self {
        let mut paths = Vec::new();
        below(folder, &mut paths);
        let found: Vec<&PathBuf> =
            paths.iter().filter(|path| path.to_string_lossy().contains(part)).collect();
        assert_eq!(found.len(), 1, "{part}: {found:?}");
        Self::read(&fs::read(found[0]).unwrap(), part)
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn rows(&self) -> &[BTreeMap<String, String>] {
        &self.rows
    }

    fn cell<'a>(&self, row: &'a BTreeMap<String, String>, column: &str) -> &'a str {
        row.get(column).unwrap_or_else(|| panic!("{}: no {column} in {:?}", self.name, row.keys()))
    }

    /// The row whose cell of a column is this.
    pub fn row(&self, column: &str, wanted: &str) -> &BTreeMap<String, String> {
        let found = self.rows.iter().find(|row| self.cell(row, column) == wanted);
        found.unwrap_or_else(|| panic!("{}: no row with {column} {wanted}", self.name))
    }

    /// A figure of the row whose cell of a column is this; none where the cell is empty.
    pub fn number(&self, (column, wanted): (&str, &str), of: &str) -> Option<f64> {
        number(self.cell(self.row(column, wanted), of))
    }

    /// A figure of every row, by the cell of another column.
    pub fn numbers(&self, by: &str, of: &str) -> BTreeMap<String, Option<f64>> {
        let pair = |row| (self.cell(row, by).to_owned(), number(self.cell(row, of)));
        self.rows.iter().map(pair).collect()
    }

    /// The sum of a column.
    pub fn sum(&self, of: &str) -> f64 {
        self.rows.iter().filter_map(|row| number(self.cell(row, of))).sum()
    }
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() { below(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

/// The number of a cell; none where it is empty or in words.
pub fn number(cell: &str) -> Option<f64> {
    cell.parse().ok()
}

/// Asserts that two doors say the same, but for the last digit that reading text may lose; none is only none.
#[track_caller]
pub fn same(one: Option<f64>, other: Option<f64>, what: &str) {
    let are = match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        (one, other) => one == other,
    };
    assert!(are, "{what}: {one:?} and {other:?}");
}

/// The rows of a JSON list whose field is this.
pub fn row_of<'a>(rows: &'a Value, field: &str, wanted: &str) -> &'a Value {
    let found = rows.as_array().unwrap().iter().find(|row| row[field] == wanted);
    found.unwrap_or_else(|| panic!("no row with {field} {wanted}"))
}

/// The figure of a claim's reading with this in its label.
#[track_caller]
pub fn told(claim: &Value, label: &str) -> Option<f64> {
    let figures = claim["figures"].as_array().unwrap_or_else(|| panic!("{claim:#}"));
    let found = figures.iter().find(|one| one["label"].as_str().unwrap().contains(label));
    found.unwrap_or_else(|| panic!("no figure {label}: {claim:#}"))["value"].as_f64()
}

/// Asserts that a page or an answer in words has these.
#[track_caller]
pub fn says(text: &str, words: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(words), "“{words}” is not in {text}");
}

/// A figure with commas between thousands and so many decimals.
pub fn plain(value: f64, decimals: u8) -> String {
    kit::number::plain(value, decimals)
}

/// A text as the value of a choice in an address.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
