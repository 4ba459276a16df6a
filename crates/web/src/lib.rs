//! The web site: one page a file, one template a page; it computes nothing.
//!
//! Every page is rendered here on the server and can be read, filtered and downloaded without JavaScript. The address
//! holds the whole state of a page, so a link shows another reader the same. Behind each chart and table stand its
//! CSV, workbook, SVG and PNG, and the way back to the files that it rests on. The crate gives a router; the
//! binary listens.

mod assets;
mod exhibit;
mod gate;
mod layout;
mod live;
mod markdown;
mod pages;
mod routes;
mod security;
mod serving;
mod state;
mod templates;

pub use live::Live;
pub use routes::router;
pub use state::{AppState, Site};
