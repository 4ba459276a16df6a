//! Builds the crate again when the front end was built, so that its files are embedded, and says so where it was not.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=assets/dist");
    println!("cargo::rerun-if-changed=templates");
    if !Path::new("assets/dist/built").exists() {
        println!(
            "cargo::warning=the pages' style sheet and script have not been built: this program will serve pages without \
             them. Run `cargo xtask assets` (it needs Node.js 20 or later) and build again"
        );
    }
}
