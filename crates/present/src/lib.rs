//! Findings as sentences, numbers with units, tables, SVG charts and maps.
