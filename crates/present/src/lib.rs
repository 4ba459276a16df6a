//! Findings as sentences, numbers with units, tables, SVG charts and maps.
//!
//! Everything that a page, a paper or a download shows passes through here, so that two places cannot print the
//! same figure differently. A chart is a specification that draws itself as SVG and gives its table twin; a table
//! is a specification that gives HTML, CSV and XLSX. Percentages exist only here. Nothing here reads files or
//! knows where a figure came from beyond the source line and the run that it is handed.

pub mod answer;
pub mod assumptions;
pub mod backtest;
pub mod capacity;
pub mod caption;
pub mod chart;
pub mod claims;
pub mod findings;
pub mod map;
pub mod money;
pub mod number;
pub mod outlook;
pub mod place;
pub mod png;
pub mod population;
pub mod ranking;
pub mod reach;
pub mod registration;
pub mod svg;
pub mod table;
pub mod text;
pub mod words;

pub use answer::{Answer, Exhibit};
pub use caption::Caption;
pub use number::{ShownAs, Style};
pub use table::{Cell, Column, Row, Table};
pub use words::{Side, Strength, Value, Verdict};
