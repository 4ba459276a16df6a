//! SQL over the canonical tables for people who want it, through DataFusion.
