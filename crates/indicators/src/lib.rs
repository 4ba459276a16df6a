//! Indicators defined once over the canonical tables, evaluated and compared the same way everywhere.
