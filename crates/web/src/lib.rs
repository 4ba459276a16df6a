//! The web site: one page a file, one template a page; it computes nothing.
