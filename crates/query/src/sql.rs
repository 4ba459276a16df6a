//! Asking a store in SQL through DataFusion.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::record_batch::RecordBatch;
use arrow::util::pretty::pretty_format_batches;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::datasource::{MemTable, TableProvider};
use datafusion::execution::context::SQLOptions;
use datafusion::prelude::{SessionConfig, SessionContext};
use evidence::{Evidence, Manifest, Part, Store, Table, tables};
use thiserror::Error;
use vocab::Period;

/// A question that could not be answered.
#[derive(Debug, Error)]
pub enum QueryError {
    /// It is not a question.
    #[error(
        "only questions can be asked (SELECT, WITH, SHOW TABLES, DESCRIBE, EXPLAIN): nothing is changed by SQL; import files to change what is there"
    )]
    NoQuestion,
    /// DataFusion refused it.
    #[error("the question could not be answered: {0}")]
    Refused(#[from] datafusion::error::DataFusionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] evidence::StoreError),
    /// What is in force could not be worked out.
    #[error(transparent)]
    Evidence(#[from] evidence::EvidenceError),
    /// The answer could not be written.
    #[error("the answer could not be written: {0}")]
    Answer(#[from] arrow::error::ArrowError),
    /// No runtime.
    #[error("the query engine could not start: {0}")]
    Runtime(#[from] std::io::Error),
}

/// The rows of an answer.
pub struct Answer(Vec<RecordBatch>);

impl Answer {
    /// As a table for a terminal.
    ///
    /// # Errors
    /// When a value cannot be printed.
    pub fn as_text(&self) -> Result<String, QueryError> {
        Ok(format!("{}\n", pretty_format_batches(&self.0)?))
    }

    /// As a JSON array of objects.
    ///
    /// # Errors
    /// When a value cannot be written.
    pub fn as_json(&self) -> Result<String, QueryError> {
        let mut writer = arrow::json::ArrayWriter::new(Vec::new());
        for batch in &self.0 {
            writer.write(batch)?;
        }
        writer.finish()?;
        Ok(format!("{}\n", String::from_utf8_lossy(&writer.into_inner())))
    }
}

/// Asks the evidence in force.
///
/// # Errors
/// When the question is not SQL, names what is not there, or the store fails.
pub fn ask(store: &Store, question: &str) -> Result<Answer, QueryError> {
    let evidence = Evidence::open(store)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let config = SessionConfig::new().with_information_schema(true);
        let session = SessionContext::new_with_config(config);
        let state = session.state();
        let statement =
            state.sql_to_statement(question, &state.config().options().sql_parser.dialect)?;
        let asked = state.resolve_table_references(&statement)?;
        for table in tables::ALL {
            let rows = if asked.iter().any(|name| name.table() == table.name) {
                in_force(&session, store, &evidence, table)?
            } else {
                // Only its columns can be asked for: by `show tables`, or of the information schema.
                held(table, Vec::new())?
            };
            session.register_table(table.name, rows)?;
        }
        let plan = session.state().create_logical_plan(question).await?;
        let asking = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        asking.verify_plan(&plan).map_err(|_| QueryError::NoQuestion)?;
        Ok(Answer(session.execute_logical_plan(plan).await?.collect().await?))
    })
}

/// What is in force of a table: the files of the periods of which one release speaks as they lie, and for every other
/// period the rows that the evidence resolves, each key once over: the work grows with the rows, never with their pairs.
fn in_force(
    session: &SessionContext,
    store: &Store,
    evidence: &Evidence,
    table: &'static Table,
) -> Result<Arc<dyn TableProvider>, QueryError> {
    let mut paths = Vec::new();
    let mut resolved = Vec::new();
    for (period, parts) in parts_by_period(evidence.manifest(), table) {
        match (parts.as_slice(), period.parse::<Period>()) {
            ([only], _) => paths.push(only.path.as_str()),
            (_, Ok(period)) => {
                let frame = evidence.frame(table.name, period)?;
                resolved.push(frame.as_batch(table, period)?);
            }
            (_, Err(_)) => {}
        }
    }
    if paths.is_empty() || resolved.is_empty() {
        return if paths.is_empty() { held(table, resolved) } else { files(store, table, &paths) };
    }
    let files = session.read_table(files(store, table, &paths)?)?;
    Ok(files.union(session.read_table(held(table, resolved)?)?)?.into_view())
}

/// The parts of a table by the period that they speak of.
fn parts_by_period<'a>(manifest: &'a Manifest, table: &Table) -> BTreeMap<&'a str, Vec<&'a Part>> {
    let mut parts: BTreeMap<&str, Vec<&Part>> = BTreeMap::new();
    let all = manifest.releases.iter().flat_map(|release| &release.parts);
    for part in all.filter(|part| part.table == table.name) {
        parts.entry(&part.period).or_default().push(part);
    }
    parts
}

/// Rows in memory.
fn held(
    table: &'static Table,
    rows: Vec<RecordBatch>,
) -> Result<Arc<dyn TableProvider>, QueryError> {
    let schema = evidence::writer::schema_of(table);
    Ok(Arc::new(MemTable::try_new(schema, vec![rows])?))
}

/// Rows in Parquet files.
fn files(
    store: &Store,
    table: &'static Table,
    paths: &[&str],
) -> Result<Arc<dyn TableProvider>, QueryError> {
    let schema = evidence::writer::schema_of(table);
    let root = std::path::absolute(store.root())?;
    let urls = paths
        .iter()
        .map(|path| ListingTableUrl::parse(root.join(path).to_string_lossy()))
        .collect::<Result<Vec<_>, _>>()?;
    let options =
        ListingOptions::new(Arc::new(ParquetFormat::default())).with_file_extension(".parquet");
    let config = ListingTableConfig::new_with_multi_paths(urls)
        .with_listing_options(options)
        .with_schema(schema);
    Ok(Arc::new(ListingTable::try_new(config)?))
}
