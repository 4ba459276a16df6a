//! Charts: each a specification that draws itself as SVG and gives its table twin.
//!
//! Bars begin at nought, there is one axis each way, limits and intervals are shown, shape and colour say the same
//! thing, and the source line with the run is part of the picture.

pub mod bars;
pub mod compare;
pub mod fan;
pub mod funnel;
pub mod pyramid;
pub mod scatter;
pub mod shares;
pub mod spans;
pub mod strip;
pub mod trend;

pub(crate) mod canvas;
pub(crate) mod marks;
pub(crate) mod palette;
pub(crate) mod scale;

use crate::table::Table;

/// Something that can be drawn and tabulated from one specification.
pub trait Chart {
    /// The picture.
    fn to_svg(&self) -> String;
    /// The same figures as a table, ordered and named as in the picture.
    fn to_table(&self) -> Table;
}
