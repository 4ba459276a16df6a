//! The commands of the project: `cargo demo`, `cargo verify` and `cargo xtask new`.
//!
//! The first two begin by checking what they need. What is missing is installed when that can be done without asking (as root,
//! with apt), and otherwise the exact command is printed.

mod needs;
mod new;
mod run;
mod verify;

use std::path::Path;
use std::process::ExitCode;

use run::Failed;

const HELP: &str = "cargo demo                 the example place: generate, import, compute, serve
cargo verify               formatting, lints, every test, every kind of page and every form in a browser
cargo verify crawl         every page of the example place in a browser
cargo verify quick         formatting, lints and the tests of the code only
cargo xtask assets         build the pages' style sheet and script
cargo xtask new KIND NAME  begin an indicator (theme/name), a source, a page or an intervention: its file and its line
                           (--in FOLDER: in another copy of the project)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["demo", rest @ ..] => demo(rest),
        ["verify"] => verify::everything(),
        ["verify", "quick"] => verify::code(),
        ["verify", "crawl"] => verify::crawl(),
        ["assets"] => assets(),
        ["new", kind, name] => begin(&run::root(), kind, name),
        ["new", kind, name, "--in", folder] => begin(Path::new(folder), kind, name),
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

/// Begins a new thing and prints what to fill in.
fn begin(root: &Path, kind: &str, name: &str) -> Result<(), Failed> {
    println!("{}", new::begin(root, kind, name)?);
    Ok(())
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
