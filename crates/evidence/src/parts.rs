//! The rows of a Parquet part, batch by batch, from wherever it lies.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::RecordBatch;
use parquet::DecodeResult;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::arrow::push_decoder::ParquetPushDecoderBuilder;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataPushDecoder};

use crate::storage::Object;
use crate::store::StoreError;

/// Rows in a batch.
const ROWS: usize = 1 << 16;

/// Hands the rows of a part to `take`: a file page by page, another object one group of rows at a time.
pub(crate) fn batches(
    part: &mut dyn Object,
    mut take: impl FnMut(&RecordBatch),
) -> Result<(), StoreError> {
    let Some(file) = part.as_file() else { return of_ranges(part, take) };
    let file = file.try_clone().map_err(ParquetError::from)?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(ROWS).build()?;
    for batch in reader {
        take(&batch?);
    }
    Ok(())
}

fn of_ranges(part: &mut dyn Object, mut take: impl FnMut(&RecordBatch)) -> Result<(), StoreError> {
    let footer = Arc::new(footer(part)?);
    let decoder = ParquetPushDecoderBuilder::try_new_decoder(footer)?;
    let mut decoder = decoder.with_batch_size(ROWS).build()?;
    loop {
        match decoder.try_decode()? {
            DecodeResult::NeedsData(ranges) => {
                let bytes = fetch(part, &ranges)?;
                decoder.push_ranges(ranges, bytes)?;
            }
            DecodeResult::Data(batch) => take(&batch),
            DecodeResult::Finished => return Ok(()),
        }
    }
}

/// What the end of a part says of its rows.
fn footer(part: &mut dyn Object) -> Result<ParquetMetaData, ParquetError> {
    let decoder = ParquetMetaDataPushDecoder::try_new(part.length())?;
    let mut decoder = decoder.with_page_index_policy(PageIndexPolicy::Skip);
    loop {
        match decoder.try_decode()? {
            DecodeResult::NeedsData(ranges) => {
                let bytes = fetch(part, &ranges)?;
                decoder.push_ranges(ranges, bytes)?;
            }
            DecodeResult::Data(footer) => return Ok(footer),
            DecodeResult::Finished => {
                return Err(ParquetError::EOF("the part ends before its footer".to_owned()));
            }
        }
    }
}

fn fetch<B: From<Vec<u8>>>(
    part: &mut dyn Object,
    ranges: &[Range<u64>],
) -> Result<Vec<B>, ParquetError> {
    ranges.iter().map(|range| Ok(part.range(range.clone())?.into())).collect()
}
