//! Where a figure comes from.

/// What is needed to find and repeat a figure: the releases it rests on, its definition and its method.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// The releases read, by their identifiers in the manifest, in order.
    pub releases: Vec<String>,
    /// The indicator or model definition.
    pub definition: String,
    /// The method, a key of the methods chapter.
    pub method: String,
}
