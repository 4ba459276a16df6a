//! Claims about the years to come, read from the outlook: the gap between need and capacity, what would narrow it, who
//! could take whom, and what moves the answer.
//!
//! Method: [`methods.md#outlook`](../../../../docs/book/methods.md#outlook).

mod basis;
mod closing;
mod gap;
mod hours;
mod recruits;
mod rota;
mod triage;
mod waits;

use super::asking::{Asking, Found};
use basis::without;

pub(super) use closing::found as closing;
pub(super) use recruits::found as recruits;
pub(super) use triage::found as triage;

pub(super) fn gap(asking: &Asking<'_>) -> Found {
    gap::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn new_gps(asking: &Asking<'_>) -> Found {
    hours::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn waits(asking: &Asking<'_>) -> Found {
    waits::found(asking).unwrap_or_else(|why| without(asking, why))
}

pub(super) fn rota(asking: &Asking<'_>) -> Found {
    rota::found(asking).unwrap_or_else(|why| without(asking, why))
}
