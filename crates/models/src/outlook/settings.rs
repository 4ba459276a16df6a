//! How far and how often to look.

/// Draws of a block: what is kept at once and worked out again if a run is killed.
pub const BLOCK: u32 = 16;

/// How far and how often to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Years ahead.
    pub years: u32,
    /// Draws; the first takes the middle values.
    pub draws: u32,
    /// The seed, printed with every result.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { years: 5, draws: 256, seed: 2025 }
    }
}
