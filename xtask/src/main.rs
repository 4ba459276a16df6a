//! The two commands of the project: `cargo demo` and `cargo verify`.
//!
//! Both begin by checking what they need. What is missing is installed when that can be done without asking (as root,
//! with apt), and otherwise the exact command is printed.

mod needs;
mod run;
mod verify;

use std::process::ExitCode;

use run::Failed;

const HELP: &str = "cargo demo                 the example place: generate, import, compute, serve
cargo verify               formatting, lints, every test, every kind of page and every form in a browser
cargo verify crawl         every page of the example place in a browser
cargo verify quick         formatting, lints and the tests of the code only
cargo xtask assets         build the pages' style sheet and script";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["demo", rest @ ..] => demo(rest),
        ["verify"] => verify::everything(),
        ["verify", "quick"] => verify::code(),
        ["verify", "crawl"] => verify::crawl(),
        ["assets"] => assets(),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed(reason)) => {
            eprintln!("\nfailed: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Generates, imports and serves the example place; further arguments go to `catchment demo`.
fn demo(arguments: &[&str]) -> Result<(), Failed> {
    needs::compiler()?;
    assets()?;
    let mut cargo =
        vec!["run", "--quiet", "--package", "catchment", "--", "demo", "--folder", "target/demo"];
    cargo.extend(arguments);
    println!("building the program: minutes the first time, seconds afterwards");
    run::cargo(&["build", "--package", "catchment"])?;
    run::cargo(&cargo)
}

/// Builds the style sheet and the script of the pages, unless they are newer than what they are made from.
fn assets() -> Result<(), Failed> {
    let folder = run::root().join("crates/web/assets");
    let built = folder.join("dist").join("built");
    let made_from = ["package-lock.json", "package.json", "build.mjs", "src"];
    if made_from.iter().all(|name| !run::newer(&folder.join(name), &built)) {
        return Ok(());
    }
    needs::node()?;
    println!("building the pages' style sheet and script");
    run::run_in(&folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    run::run_in(&folder, "npm", &["run", "--silent", "build"])?;
    std::fs::write(&built, "").map_err(|error| Failed(format!("{}: {error}", built.display())))
}
