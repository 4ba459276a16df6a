//! What every page rests on: one evidence, one library, and indicators already worked out.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use answers::claims::Readings;
use answers::{Context, Refusal};
use minijinja::Environment;
use study::Study;

use crate::gate::Gate;
use crate::templates;

/// Everything the site is made of; the caller reads it, the site only shows it.
#[derive(Debug)]
pub struct Site {
    /// The evidence of one moment, the definitions, named places, and all that is worked out from them.
    pub study: Study,
    /// The key or code of the place that the home page shows; England where it is empty.
    pub home: String,
    /// The methods chapter, in Markdown.
    pub methods: String,
    /// Scenarios that readers may begin with: key and file of each.
    pub scenarios: Vec<(String, String)>,
    /// Name, version and commit of the program, printed beside the evidence.
    pub program: String,
}

/// The site as its pages share it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    readings: Readings,
    methods: String,
    edition: String,
    gate: Gate,
    templates: Environment<'static>,
}

impl AppState {
    /// The site of an evidence.
    ///
    /// # Errors
    /// When the affiliations cannot be read or the home place is not known.
    pub fn new(site: Site) -> Result<Self, Refusal> {
        let words = format!(
            "{:?}\n{:?}\n{:?}\n{:?}\n{:?}",
            site.home,
            site.methods,
            site.scenarios,
            site.study.library(),
            site.study.named_places()
        );
        let context = Context::new(site.study, &site.home, site.scenarios, &site.program)?;
        let edition = edition(context.run(), &words);
        Ok(Self(Arc::new(Inner {
            edition,
            gate: Gate::default(),
            readings: Readings::new(context),
            methods: site.methods,
            templates: templates::environment(),
        })))
    }

    /// Works out the latest period of every indicator, so that the first reader need not wait.
    pub fn warm(&self) {
        self.context().study().warm();
        answers::questions::outlook::warm(self.context());
        self.readings().warm();
    }

    /// What every answer rests on.
    pub(crate) fn context(&self) -> &Context {
        self.readings().context()
    }

    /// Sentences with what became of them.
    pub(crate) fn readings(&self) -> &Readings {
        &self.0.readings
    }

    /// The methods chapter, in Markdown.
    pub(crate) fn methods(&self) -> &str {
        &self.0.methods
    }

    /// What all pages rest on beside their address, as a tag.
    pub(crate) fn edition(&self) -> &str {
        &self.0.edition
    }

    /// How many pages are made at once.
    pub(crate) fn gate(&self) -> &Gate {
        &self.0.gate
    }

    /// The templates.
    pub(crate) fn templates(&self) -> &Environment<'static> {
        &self.0.templates
    }
}

/// What all pages of a site rest on, beside their address: evidence with program, and the words of everything else.
fn edition(run: &str, words: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (run, words).hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}
