//! Asking a store in SQL through DataFusion.

use std::sync::Arc;

use arrow::record_batch::RecordBatch;
use arrow::util::pretty::pretty_format_batches;
use datafusion::datasource::file_format::parquet::ParquetFormat;
use datafusion::datasource::listing::{
    ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl,
};
use datafusion::prelude::{SessionConfig, SessionContext};
use evidence::{Evidence, Part, Store, Table, tables};
use thiserror::Error;

/// A question that could not be answered.
#[derive(Debug, Error)]
pub enum QueryError {
    /// DataFusion refused it.
    #[error("the question could not be answered: {0}")]
    Refused(#[from] datafusion::error::DataFusionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] evidence::StoreError),
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
        for table in tables::ALL {
            register(&session, store, &evidence, table).await?;
        }
        Ok(Answer(session.sql(question).await?.collect().await?))
    })
}

/// Registers the parts of a table; where releases overlap, a view keeps of each key the one that stands.
async fn register(
    session: &SessionContext,
    store: &Store,
    evidence: &Evidence,
    table: &'static Table,
) -> Result<(), QueryError> {
    let manifest = evidence.manifest();
    let in_order = manifest.order_of(table.name).into_iter();
    let releases: Vec<Vec<&Part>> = in_order
        .filter_map(|number| manifest.releases.get(number))
        .map(|release| release.parts.iter().filter(|part| part.table == table.name).collect())
        .collect();
    let mut overlapping = false;
    let mut seen = std::collections::BTreeSet::new();
    for parts in &releases {
        for part in parts {
            overlapping |= !seen.insert(&part.period);
        }
    }
    if !overlapping {
        let paths: Vec<&str> = releases.iter().flatten().map(|part| part.path.as_str()).collect();
        return register_files(session, store, table.name, table, &paths);
    }
    let mut selects = Vec::new();
    for (number, parts) in releases.iter().enumerate() {
        let name = format!("{}__{number}", table.name);
        let paths: Vec<&str> = parts.iter().map(|part| part.path.as_str()).collect();
        register_files(session, store, &name, table, &paths)?;
        selects.push(format!("select *, {number} as edition__ from {name}"));
    }
    let columns: Vec<&str> =
        std::iter::once("period").chain(table.columns.iter().map(|column| column.name)).collect();
    let columns = columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let view = format!(
        "create view {name} as with editions__ as ({all}), latest__ as (select period, {key}, max(edition__) as edition__ \
         from editions__ group by period, {key}) select {columns} from editions__ as e where exists (select 1 from latest__ as l \
         where l.period = e.period and l.edition__ = e.edition__ and {same})",
        name = table.name,
        all = selects.join(" union all "),
        key = table.key.iter().map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(", "),
        same = table
            .key
            .iter()
            .map(|key| format!("(l.\"{key}\" is not distinct from (e.\"{key}\"))"))
            .collect::<Vec<_>>()
            .join(" and "),
    );
    session.sql(&view).await?;
    Ok(())
}

fn register_files(
    session: &SessionContext,
    store: &Store,
    name: &str,
    table: &'static Table,
    paths: &[&str],
) -> Result<(), QueryError> {
    let schema = evidence::writer::schema_of(table);
    if paths.is_empty() {
        let empty = datafusion::datasource::MemTable::try_new(schema, vec![Vec::new()])?;
        session.register_table(name, Arc::new(empty))?;
        return Ok(());
    }
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
    session.register_table(name, Arc::new(ListingTable::try_new(config)?))?;
    Ok(())
}
