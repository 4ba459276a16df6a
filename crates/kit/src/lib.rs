//! Numbers with units, words, tables, charts and maps.
//!
//! Everything that a page, a paper or a download shows passes through here, so that two places cannot print the
//! same figure differently. A chart is a specification that draws itself as SVG and gives its table twin; a table
//! is a specification that gives HTML, CSV, XLSX and text. An answer is a lead, sentences, exhibits drawn when somebody
//! asks, and limits. Percentages exist only here. Nothing here knows of general practice, reads files or knows where a
//! figure came from beyond the source line and the run that it is handed.

pub mod answer;
pub mod caption;
pub mod chart;
pub mod link;
pub mod map;
pub mod number;
pub mod png;
pub mod svg;
pub mod table;
pub mod text;
pub mod words;

pub use answer::{Answer, Exhibit};
pub use caption::Caption;
pub use link::Link;
pub use number::{ShownAs, Style};
pub use table::{Cell, Column, Row, Table};
pub use words::{Side, Strength, Value, Verdict};
