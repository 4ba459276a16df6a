//! The chart colours of the government's Analysis Function, and greys for everything that is not data.

/// Dark blue: the place itself.
pub(crate) const PLACE: &str = "#12436D";
/// Turquoise: the second of two.
pub(crate) const SECOND: &str = "#28A197";
/// Dark pink: reference lines.
pub(crate) const REFERENCE: &str = "#801650";
/// Orange: signals of concern.
pub(crate) const CONCERN: &str = "#D4500F";
/// Dark grey: axes and text that is not data.
pub(crate) const INK: &str = "#3D3D3D";
/// Light purple: limits after adjustment.
pub(crate) const ADJUSTED: &str = "#7A5FB0";
/// Light grey: gridlines.
pub(crate) const GRID: &str = "#d8dde0";
/// Middle grey: marks that are only context.
pub(crate) const CONTEXT: &str = "#757575";
/// Five steps from light to dark blue, told apart by lightness alone.
pub(crate) const SEQUENTIAL: [&str; 5] = ["#DCE9F5", "#A9CBE8", "#6BACE6", "#2073BC", "#12436D"];
