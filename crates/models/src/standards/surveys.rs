//! What surveys found of people who asked in vain, read from `parameters/unmet.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

/// A finding of a survey.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The code of the integrated care board; empty for England.
    pub board: String,
    /// Of whom it is true, and when.
    pub what: String,
    /// Share of them.
    pub share: f64,
    /// People asked, for a board some: the sample of England over forty-two boards.
    pub people: u32,
}

impl Finding {
    /// The interval at 95 in a hundred of the share (Wilson), as if everybody had been drawn alike.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let of = f64::from(self.people);
        let limits = stats::proportion::wilson(self.share * of, of, Z95);
        (limits.lower, limits.upper)
    }
}

/// Standard errors of an interval at 95 in a hundred.
const Z95: f64 = 1.959_964;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[expect(dead_code, reason = "for readers of the file")]
    description: String,
    #[expect(dead_code, reason = "for readers of the file")]
    source: toml::Table,
    finding: Vec<Finding>,
}

static FINDINGS: LazyLock<Vec<Finding>> = LazyLock::new(|| {
    let file = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../parameters/unmet.toml"));
    let read: File = toml::from_str(file)
        .expect("the file inside the program can be read because a test reads it");
    read.finding
});

/// The findings of a board, England's where there is none of it.
#[must_use]
pub fn findings(board: &str) -> Vec<&'static Finding> {
    let of = |code: &str| FINDINGS.iter().filter(|one| one.board == code).collect::<Vec<_>>();
    let own = of(board);
    if own.is_empty() || board.is_empty() { of("") } else { own }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_without_a_finding_has_those_of_england_and_no_share_is_no_share() {
        assert_eq!(findings("QMF").len(), 1);
        assert_eq!(findings("QK1"), findings(""));
        assert!(FINDINGS.iter().all(|one| (0.0..1.0).contains(&one.share)));
    }
}
