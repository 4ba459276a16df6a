//! `cargo verify`: everything that must hold before a change lands.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::run::{Failed, cargo, output, root, run_in, with};
use crate::{assets, needs};

/// Formatting, lints, every test, and every kind of page and every form in a real browser.
pub fn everything() -> Result<(), Failed> {
    needs::compiler()?;
    needs::node()?;
    needs::chromium()?;
    assets()?;
    code()?;
    browser("kinds")?;
    python()
}

/// Every page of the example place in a real browser, by the program as it is in daily work.
pub fn crawl() -> Result<(), Failed> {
    needs::compiler()?;
    needs::node()?;
    needs::chromium()?;
    assets()?;
    cargo(&["build", "--package", "catchment"])?;
    browser("full")
}

/// Formatting, lints and the tests of the code.
pub fn code() -> Result<(), Failed> {
    step("formatting");
    formatting()?;
    step("lints");
    cargo(&["clippy", "--workspace", "--all-targets"])?;
    step("documentation");
    with(
        &["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"],
        ("RUSTDOCFLAGS", "-D warnings"),
    )?;
    step("tests");
    tests()
}

/// Formatting of every file: `cargo fmt` does not see those that a list declares as modules (`questions!`, `sources!`).
fn formatting() -> Result<(), Failed> {
    let files = output("git", &["-C", &root().display().to_string(), "ls-files", "*.rs"]);
    let files =
        files.ok_or_else(|| Failed("git cannot list the files of the project".to_owned()))?;
    let own = files.lines().filter(|file| !file.starts_with("xtask/templates/"));
    let arguments: Vec<&str> = ["--edition", "2024", "--check"].into_iter().chain(own).collect();
    run_in(&root(), "rustfmt", &arguments)
}

/// Runs every test, and says in the end which were skipped because published files are not at hand.
fn tests() -> Result<(), Failed> {
    let list = root().join("target/skipped");
    let _ = std::fs::remove_file(&list);
    let _ = std::fs::create_dir_all(root().join("target"));
    let ended = with(&["test", "--workspace"], ("CATCHMENT_SKIPPED", &list.display().to_string()));
    let skipped = std::fs::read_to_string(&list).unwrap_or_default();
    println!(
        "\n{} tests skipped, because published files are not at hand",
        skipped.lines().count()
    );
    for line in skipped.lines() {
        println!("  {line}");
    }
    ended
}

/// Serves the example place and walks it in headless Chromium: `kinds`, one or two of each kind of page and every form, or
/// `full`, every page.
fn browser(crawl: &str) -> Result<(), Failed> {
    step("pages in a browser");
    let folder = root().join("crates/web/browser-tests");
    run_in(&folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    let mut server = Server::start()?;
    let address = server.address()?;
    let status = Command::new("npm")
        .args(["run", "--silent", "test"])
        .current_dir(&folder)
        .env("BASE_URL", &address)
        .env("CRAWL", crawl)
        .status()
        .map_err(|error| Failed(format!("npm could not be started: {error}")))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failed(format!("the browser tests ended with {status}")))
    }
}

/// Runs the lines that the README gives for Python against the evidence of the example place.
fn python() -> Result<(), Failed> {
    step("the tables from Python");
    if output("python3", &["--version"]).is_none() {
        println!("skipped: there is no python3 on this machine");
        return Ok(());
    }
    let folder = root().join("target/python");
    let environment = folder.join("environment");
    let tool = environment.join("bin/python").display().to_string();
    if output(&tool, &["-c", "import pandas, pyarrow"]).is_none() {
        run_in(&root(), "python3", &["-m", "venv", &environment.display().to_string()])?;
        run_in(&root(), &tool, &["-m", "pip", "install", "--quiet", "pandas", "pyarrow"])?;
    }
    let readme = std::fs::read_to_string(root().join("README.md"))
        .map_err(|error| Failed(format!("README.md: {error}")))?;
    let lines = readme.split("```python").nth(1).and_then(|rest| rest.split("```").next());
    let lines = lines.ok_or_else(|| Failed("README.md has no lines for Python".to_owned()))?;
    let store = root().join("target/demo/store").display().to_string();
    let lines = lines.replace("catchment-store", &store);
    run_in(&folder, &tool, &["-c", &lines])
}

fn step(name: &str) {
    println!("\n── {name}");
}

/// `catchment demo` on a free port, by the program that the tests built, ended with the browser tests.
struct Server(Child);

impl Server {
    fn start() -> Result<Self, Failed> {
        let program = std::env::current_exe().map(|here| here.with_file_name("catchment"));
        let program = program.map_err(|error| Failed(format!("where am I? {error}")))?;
        Command::new(program)
            .args(["demo", "--folder", "target/demo", "--port", "0"])
            .current_dir(root())
            .stdout(Stdio::piped())
            .spawn()
            .map(Self)
            .map_err(|error| Failed(format!("the demo could not be started: {error}")))
    }

    /// The address that the demo prints when it serves.
    fn address(&mut self) -> Result<String, Failed> {
        let output =
            self.0.stdout.take().ok_or_else(|| Failed("the demo prints nothing".to_owned()))?;
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            if let Some(word) = line.split_whitespace().find(|word| word.starts_with("http://")) {
                return Ok(word.trim_end_matches('/').to_owned());
            }
        }
        Err(Failed("the demo ended before it served".to_owned()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
