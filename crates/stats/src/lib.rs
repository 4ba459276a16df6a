//! Published statistical methods of OHID and NHS England, each citing its source.
