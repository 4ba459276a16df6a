//! What every page has around its content: title, breadcrumb, navigation, place and run.

use answers::address::encoded;
use kit::Link;
use serde::Serialize;

use crate::assets;
use crate::state::AppState;

/// One entry of the navigation.
#[derive(Debug, Clone, Serialize)]
struct Entry {
    text: &'static str,
    href: String,
    current: bool,
}

/// Around the content of a page.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Layout {
    title: String,
    breadcrumb: Vec<Link>,
    navigation: Vec<Entry>,
    place: String,
    place_href: String,
    whole: &'static str,
    run: String,
    missing_assets: Option<&'static str>,
}

/// Which entry of the navigation a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    /// Places, networks and practices.
    Place,
    /// Indicators.
    Indicators,
    /// The years to come.
    Outlook,
    /// Claims.
    Claims,
    /// Sources and data quality.
    Sources,
    /// Methods.
    Methods,
    /// Glossary.
    Glossary,
    /// Search, accessibility, failures.
    Other,
}

impl Layout {
    /// The layout of a page; the breadcrumb leads from the home page to the page above this one.
    pub(crate) fn new(state: &AppState, title: &str, section: Section, above: Vec<Link>) -> Self {
        let home = state.context().home();
        let mut breadcrumb = vec![Link::new("Home", "/")];
        breadcrumb.extend(above);
        let within = encoded(&home.key);
        let entry = |text, href, of| Entry { text, href, current: of == section };
        Self {
            title: title.to_owned(),
            breadcrumb,
            navigation: vec![
                entry("Place", "/".to_owned(), Section::Place),
                entry("Indicators", format!("/indicators?within={within}"), Section::Indicators),
                entry("Outlook", format!("/place/{within}/outlook"), Section::Outlook),
                entry("Claims", "/claims".to_owned(), Section::Claims),
                entry("Sources and quality", "/sources".to_owned(), Section::Sources),
                entry("Methods", "/methods".to_owned(), Section::Methods),
                entry("Glossary", "/glossary".to_owned(), Section::Glossary),
            ],
            place: home.name.clone(),
            place_href: "/".to_owned(),
            whole: state.context().whole().name(),
            run: state.context().run().to_owned(),
            missing_assets: (!assets::are_there()).then_some(assets::MISSING),
        }
    }

    /// The same layout without a breadcrumb, for the home page.
    pub(crate) fn without_breadcrumb(self) -> Self {
        Self { breadcrumb: Vec::new(), ..self }
    }
}
