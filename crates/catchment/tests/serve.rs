//! A site that runs while evidence is imported beside it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

fn catchment(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_catchment"));
    command.arg("--store").arg(store).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(store: &Path, arguments: &[&str]) {
    let output = catchment(store, arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// Ends the site when the test does.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A page as text.
fn page(address: &str, path: &str) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn an_import_beside_a_running_site_is_shown_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let (store, files) = (folder.path().join("store"), folder.path().join("files"));
    run(&store, &["synth", files.to_str().unwrap()]);
    run(&store, &["import", files.join("gp-registered").to_str().unwrap()]);
    let mut served = Served(catchment(&store, &["serve", "--port", "0"]).spawn().unwrap());
    let mut said = BufReader::new(served.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let line = said.by_ref().find(|line| line.contains("serves at")).unwrap();
    let address = line.split("http://").nth(1).unwrap().split_whitespace().next().unwrap();
    let releases = || page(address, "/sources").matches("/release/").count();
    let before = releases();
    assert!(before > 0, "the site shows no release");
    run(&store, &["import", files.join("online-consultations").to_str().unwrap()]);
    let landed = said.find(|line| line.contains("an import has landed"));
    assert!(landed.is_some_and(|line| line.contains("is shown")), "the site ended");
    assert!(releases() > before, "the import is not shown");
}
