//! Canonical tables of a place, how they are kept on disk, and who belonged to whom on which day.
