//! Rows on their way to disk: one Parquet file for each table and period of a release.
//!
//! Memory is bounded: words are kept once, and rows leave for the file in batches.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray};
use arrow::datatypes::{DataType, Field, Int32Type, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use vocab::Period;

use crate::manifest::Part;
use crate::storage::{Draft, Storage};
use crate::store::StoreError;
use crate::table::{Cell, Column, Kind, Table, Written};

/// Rows in a batch, and in a row group of the file.
const BATCH_ROWS: usize = 1 << 16;

/// The rows of one release, gathered table by table and period by period.
pub struct ReleaseWriter {
    storage: Arc<dyn Storage>,
    prefix: String,
    writers: Vec<PartWriter>,
    places: BTreeMap<(&'static str, Period), usize>,
    last: Option<usize>,
}

impl ReleaseWriter {
    /// A writer whose drafts bear names that begin with `prefix`.
    pub(crate) fn new(storage: Arc<dyn Storage>, prefix: &str) -> Self {
        Self {
            storage,
            prefix: prefix.to_owned(),
            writers: Vec::new(),
            places: BTreeMap::new(),
            last: None,
        }
    }

    /// Adds a typed row.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn add<'a, R: Written<'a>>(&mut self, period: Period, row: R) -> Result<(), StoreError> {
        row.give(|cells| self.push(R::TABLE, period, cells))
    }

    /// Adds a row: one cell for each column of the table after `period`.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn push(
        &mut self,
        table: &'static Table,
        period: Period,
        cells: &[Cell<'_>],
    ) -> Result<(), StoreError> {
        let place = match self.last {
            Some(place)
                if self.writers.get(place).is_some_and(|writer| writer.is_for(table, period)) =>
            {
                place
            }
            _ => self.place(table, period)?,
        };
        self.last = Some(place);
        match self.writers.get_mut(place) {
            Some(writer) => writer.push(cells),
            None => Ok(()),
        }
    }

    /// Rows so far, over all tables.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.writers.iter().map(|writer| writer.rows).sum()
    }

    fn place(&mut self, table: &'static Table, period: Period) -> Result<usize, StoreError> {
        if let Some(place) = self.places.get(&(table.name, period)) {
            return Ok(*place);
        }
        let place = self.writers.len();
        let name = format!("{}-{place}.parquet", self.prefix);
        self.writers.push(PartWriter::create(table, period, &*self.storage, &name)?);
        self.places.insert((table.name, period), place);
        Ok(place)
    }

    /// Closes every file and describes it; files lie in the staging folder until the import is committed.
    pub(crate) fn finish(self) -> Result<Vec<(Part, PathBuf)>, StoreError> {
        let mut parts =
            self.writers.into_iter().map(PartWriter::finish).collect::<Result<Vec<_>, _>>()?;
        parts.sort_by(|left, right| left.0.path.cmp(&right.0.path));
        Ok(parts)
    }
}

/// One Parquet file in the making.
struct PartWriter {
    table: &'static Table,
    period: Period,
    period_text: String,
    path: PathBuf,
    columns: Vec<Building>,
    pending: usize,
    rows: u64,
    schema: SchemaRef,
    writer: ArrowWriter<Hashed<Box<dyn Draft>>>,
}

impl PartWriter {
    fn create(
        table: &'static Table,
        period: Period,
        storage: &dyn Storage,
        name: &str,
    ) -> Result<Self, StoreError> {
        let (schema, path) = (schema_of(table), storage.root().join(name));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).unwrap_or_default()))
            .set_max_row_group_row_count(Some(BATCH_ROWS * 4))
            .set_created_by("catchment".to_owned())
            .build();
        let sink = Hashed { inner: storage.draft(name)?, hash: Sha256::new(), bytes: 0 };
        let writer = ArrowWriter::try_new(sink, Arc::clone(&schema), Some(properties))?;
        let columns = table.columns.iter().map(|column| Building::new(column.kind)).collect();
        let period_text = period.to_string();
        Ok(Self { table, period, period_text, path, columns, pending: 0, rows: 0, schema, writer })
    }

    fn is_for(&self, table: &'static Table, period: Period) -> bool {
        std::ptr::eq(self.table, table) && self.period == period
    }

    fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), StoreError> {
        assert_eq!(
            cells.len(),
            self.columns.len(),
            "a row of `{}` has a cell a column",
            self.table.name
        );
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(*cell);
        }
        self.pending += 1;
        self.rows += 1;
        if self.pending == BATCH_ROWS { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), StoreError> {
        if self.pending == 0 {
            return Ok(());
        }
        for (column, building) in self.table.columns.iter().zip(&self.columns) {
            let strange = building.strange(column);
            debug_assert_eq!(strange, None, "`{}` does not list this word", column.name);
        }
        let period = DictionaryArray::<Int32Type>::new(
            Int32Array::from(vec![0; self.pending]),
            Arc::new(StringArray::from(vec![self.period_text.clone()])),
        );
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(period)];
        arrays.extend(self.columns.iter_mut().map(Building::take));
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays)?;
        self.pending = 0;
        self.writer.write(&batch)?;
        Ok(())
    }

    fn finish(mut self) -> Result<(Part, PathBuf), StoreError> {
        self.flush()?;
        let sink = self.writer.into_inner()?;
        sink.inner.finish().map_err(|error| StoreError::disk(&self.path, error))?;
        let sha256 = hex(&sink.hash.finalize());
        let short = sha256.get(..16).unwrap_or(&sha256);
        let folder = self.period_text.replace('/', "-");
        let part = Part {
            table: self.table.name.to_owned(),
            period: self.period_text,
            path: format!("tables/{}/{folder}/{short}.parquet", self.table.name),
            rows: self.rows,
            bytes: sink.bytes,
            sha256,
        };
        Ok((part, self.path))
    }
}

/// The Arrow schema of a table, `period` first.
#[must_use]
pub fn schema_of(table: &Table) -> SchemaRef {
    let words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let mut fields = vec![Field::new("period", words.clone(), false)];
    fields.extend(table.columns.iter().map(|column| {
        let kind = match column.kind {
            Kind::Text => words.clone(),
            Kind::Count => DataType::Int64,
            Kind::Amount => DataType::Float64,
        };
        Field::new(column.name, kind, true)
    }));
    Arc::new(Schema::new(fields))
}

/// A column of the batch in the making.
enum Building {
    Text { words: Vec<String>, known: FxHashMap<String, i32>, codes: Vec<Option<i32>>, last: i32 },
    Count(Vec<Option<i64>>),
    Amount(Vec<Option<f64>>),
}

impl Building {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text {
                words: Vec::new(),
                known: FxHashMap::default(),
                codes: Vec::new(),
                last: 0,
            },
            Kind::Count => Self::Count(Vec::new()),
            Kind::Amount => Self::Amount(Vec::new()),
        }
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Self::Text { words, known, codes, last }, Cell::Text(text)) => {
                *last = code_of(words, known, *last, text);
                codes.push(Some(*last));
            }
            (Self::Text { codes, .. }, _) => codes.push(None),
            (Self::Count(values), Cell::Number(number)) => {
                values.push(number.is_finite().then(|| number.round() as i64));
            }
            (Self::Count(values), _) => values.push(None),
            (Self::Amount(values), Cell::Number(number)) => {
                values.push(number.is_finite().then_some(number));
            }
            (Self::Amount(values), _) => values.push(None),
        }
    }

    /// A word that is none of those of a column whose words are all known: a fault of whoever wrote it.
    fn strange(&self, column: &Column) -> Option<&str> {
        let Self::Text { words, .. } = self else { return None };
        let known = column.vocabulary()?;
        words.iter().map(String::as_str).find(|word| !known.contains(word))
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text { words, known, codes, last } => {
                known.clear();
                *last = 0;
                let keys = Int32Array::from(std::mem::take(codes));
                let values = StringArray::from(std::mem::take(words));
                Arc::new(DictionaryArray::<Int32Type>::new(keys, Arc::new(values)))
            }
            Self::Count(values) => Arc::new(Int64Array::from(std::mem::take(values))),
            Self::Amount(values) => Arc::new(Float64Array::from(std::mem::take(values))),
        }
    }
}

fn code_of(
    words: &mut Vec<String>,
    known: &mut FxHashMap<String, i32>,
    last: i32,
    text: &str,
) -> i32 {
    if usize::try_from(last).ok().and_then(|last| words.get(last)).is_some_and(|word| word == text)
    {
        return last;
    }
    if let Some(code) = known.get(text) {
        return *code;
    }
    let code = i32::try_from(words.len()).unwrap_or(i32::MAX);
    words.push(text.to_owned());
    known.insert(text.to_owned(), code);
    code
}

/// A writer that keeps the fingerprint and the length of what passes through it.
struct Hashed<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hash.update(buffer.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Bytes in lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
