//! Builds the crate again when the front end was built, so that its files are embedded.

fn main() {
    println!("cargo::rerun-if-changed=assets/dist");
    println!("cargo::rerun-if-changed=templates");
}
