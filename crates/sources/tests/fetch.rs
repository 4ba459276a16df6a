//! Fetching from a local server that serves pages of the publishers' shape.

#![expect(clippy::unwrap_used, reason = "a helper of a test may fail the test")]

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use sources::fetch::{FetchError, Fetched, Options, addresses, fetch};

const SERIES: &str = "/digital.nhs.uk/data-and-information/publications/statistical/patients-registered-at-a-gp-practice";
const FILE: &str = "/files.digital.nhs.uk/9D/A0B1C2/gp-reg-pat-prac-all.csv";
const CONTENT: &str = "EXTRACT_DATE,CODE\n2025-11-01,A81001\n2025-11-01,A81002\n";

/// What the server answers: the request's path and its `Range`, and how often it was asked before.
type Answer = dyn Fn(&str, Option<&str>, usize) -> Vec<u8> + Send + Sync;

/// A server on this machine.
struct Server {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(answer: impl Fn(&str, Option<&str>, usize) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answer, log): (Arc<Answer>, _) = (Arc::new(answer), Arc::clone(&asked));
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &*answer, &log);
            }
        });
        Self { base, asked }
    }
}

fn serve(mut stream: TcpStream, answer: &Answer, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let path = first.split(' ').nth(1).unwrap_or("").to_owned();
    let (mut range, mut agent) = (None, String::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) < 3 {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "range" => range = Some(value.trim().to_owned()),
            "user-agent" => value.trim().clone_into(&mut agent),
            _ => {}
        }
    }
    let before = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|line| line.starts_with(&format!("{path} "))).count();
        log.push(format!("{path} {} {agent}", range.as_deref().unwrap_or("-")));
        before
    };
    let _ = stream.write_all(&answer(&path, range.as_deref(), before));
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n{body}"
    )
    .into_bytes()
}

/// The pages that lead to the file, of the publisher's shape.
fn page(path: &str) -> Option<Vec<u8>> {
    let body = match path.strip_prefix(SERIES)? {
        "" => {
            "<html><a href=\"/data-and-information/publications/statistical/patients-registered-at-a-gp-practice/october-2025\">October</a>
             <a class='x' href=\"/data-and-information/publications/statistical/patients-registered-at-a-gp-practice/november-2025\">November</a></html>"
        }
        "/november-2025" => "<a href=\"https://files.digital.nhs.uk/9D/A0B1C2/gp-reg-pat-prac-all.csv\">all</a>",
        "/october-2025" => "<a href=\"https://files.digital.nhs.uk/77/OLD/gp-reg-pat-prac-all.csv\">all</a>",
        _ => return None,
    };
    Some(answer("200 OK", "", body))
}

/// What came of a fetch: its files, and the waits it asked for.
struct Outcome {
    result: Result<Vec<Fetched>, FetchError>,
    waits: Vec<u64>,
    folder: tempfile::TempDir,
}

fn fetch_from(server: &Server, edition: Option<&str>) -> Outcome {
    fetch_into(tempfile::tempdir().unwrap(), server, edition)
}

fn fetch_into(folder: tempfile::TempDir, server: &Server, edition: Option<&str>) -> Outcome {
    let waits = RefCell::new(Vec::new());
    let result = fetch(
        "patients_registered",
        &Options {
            folder: folder.path().to_owned(),
            edition: edition.map(str::to_owned),
            base: Some(server.base.clone()),
            today: "2025-12-01".to_owned(),
            most_bytes: 1_000,
            attempts: 4,
            wait: &|time: Duration| waits.borrow_mut().push(time.as_secs()),
            progress: &|_, _, _| {},
        },
    );
    Outcome { result, waits: waits.into_inner(), folder }
}

fn whole() -> Server {
    Server::new(|path, _, _| {
        page(path).unwrap_or_else(|| answer("200 OK", "ETag: \"v1\"\r\n", CONTENT))
    })
}

#[test]
fn the_newest_edition_is_found_and_lands_whole() {
    let server = whole();
    let outcome = fetch_from(&server, None);
    let files = outcome.result.unwrap();
    assert_eq!(std::fs::read_to_string(&files[0].path).unwrap(), CONTENT);
    assert_eq!(
        files[0].provenance.url,
        "https://files.digital.nhs.uk/9D/A0B1C2/gp-reg-pat-prac-all.csv"
    );
}

#[test]
fn the_fingerprint_and_the_origin_lie_beside_the_file() {
    let outcome = fetch_from(&whole(), None);
    let file = &outcome.result.unwrap()[0];
    let sum = std::fs::read_to_string(format!("{}.sha256", file.path.display())).unwrap();
    assert_eq!(sum, format!("{}  gp-reg-pat-prac-all.csv\n", file.provenance.sha256));
    let origin = addresses(outcome.folder.path());
    assert_eq!(origin, [(file.path.display().to_string(), file.provenance.url.clone())]);
}

#[test]
fn nothing_unfinished_is_left_after_a_download() {
    let outcome = fetch_from(&whole(), None);
    let mut names: Vec<_> = std::fs::read_dir(outcome.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let file = "gp-reg-pat-prac-all.csv";
    assert_eq!(
        names,
        [file.to_owned(), format!("{file}.provenance.json"), format!("{file}.sha256")]
    );
}

#[test]
fn a_named_edition_is_fetched_instead_of_the_newest() {
    let outcome = fetch_from(&whole(), Some("october-2025"));
    assert_eq!(
        outcome.result.unwrap()[0].provenance.url,
        "https://files.digital.nhs.uk/77/OLD/gp-reg-pat-prac-all.csv"
    );
}

#[test]
fn the_program_says_who_it_is() {
    let server = whole();
    fetch_from(&server, None).result.unwrap();
    assert!(server.asked.lock().unwrap().iter().all(|line| line.contains("catchment/")));
}

#[test]
fn a_cut_connection_is_taken_up_where_it_stopped() {
    let server = Server::new(|path, range, before| {
        page(path).unwrap_or_else(|| match (before, range) {
            (0, _) => {
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nETag: \"v1\"\r\nConnection: close\r\n\r\n", CONTENT.len());
                [head.as_bytes(), &CONTENT.as_bytes()[..20]].concat()
            }
            (_, Some("bytes=20-")) => {
                let range = format!("Content-Range: bytes 20-{}/{}\r\nETag: \"v1\"\r\n", CONTENT.len() - 1, CONTENT.len());
                answer("206 Partial Content", &range, CONTENT.get(20..).unwrap_or_default())
            }
            _ => answer("500 No", "", ""),
        })
    });
    let outcome = fetch_from(&server, None);
    let file = &outcome.result.unwrap()[0];
    assert_eq!(
        (std::fs::read_to_string(&file.path).unwrap().as_str(), file.resumed),
        (CONTENT, true)
    );
}

#[test]
fn a_part_of_another_version_is_thrown_away() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("gp-reg-pat-prac-all.csv.part"), "old bytes").unwrap();
    let mark = "\"v0\"\nhttps://files.digital.nhs.uk/9D/A0B1C2/gp-reg-pat-prac-all.csv";
    std::fs::write(folder.path().join("gp-reg-pat-prac-all.csv.part.version"), mark).unwrap();
    let outcome = fetch_into(folder, &whole(), None);
    assert_eq!(std::fs::read_to_string(&outcome.result.unwrap()[0].path).unwrap(), CONTENT);
}

#[test]
fn a_publisher_who_asks_to_wait_is_waited_for() {
    let server = Server::new(|path, _, before| {
        page(path).unwrap_or_else(|| match before {
            0 => answer("429 Too Many Requests", "Retry-After: 7\r\n", ""),
            1 => answer("503 Busy", "", ""),
            _ => answer("200 OK", "", CONTENT),
        })
    });
    let outcome = fetch_from(&server, None);
    assert!(outcome.result.is_ok());
    assert_eq!(outcome.waits, [7, 2]);
}

#[test]
fn a_wait_of_an_hour_is_an_error_in_words() {
    let server = Server::new(|path, _, _| {
        page(path).unwrap_or_else(|| answer("429 Too Many Requests", "Retry-After: 3600\r\n", ""))
    });
    let words = fetch_from(&server, None).result.unwrap_err().to_string();
    assert!(words.contains("asks to wait 3600 seconds"), "{words}");
}

#[test]
fn a_file_that_is_gone_says_what_to_do() {
    let server =
        Server::new(|path, _, _| page(path).unwrap_or_else(|| answer("404 Not Found", "", "")));
    let words = fetch_from(&server, None).result.unwrap_err().to_string();
    assert!(words.contains(FILE.trim_start_matches('/')) && words.contains("by hand"), "{words}");
}

#[test]
fn a_changed_page_names_the_pattern_and_the_remedy() {
    let server = Server::new(|path, _, _| match path.strip_prefix(SERIES) {
        Some("") => page(path).unwrap(),
        _ => {
            answer("200 OK", "", "<a href=\"https://files.digital.nhs.uk/1/2/other.csv\">other</a>")
        }
    });
    let words = fetch_from(&server, None).result.unwrap_err().to_string();
    assert!(
        words.contains("gp-reg-pat-prac-all*") && words.contains("by hand into a folder"),
        "{words}"
    );
}

#[test]
fn a_page_that_says_sorry_is_no_table() {
    let server = Server::new(|path, _, _| {
        page(path).unwrap_or_else(|| answer("200 OK", "", "<html>sorry</html>"))
    });
    let outcome = fetch_from(&server, None);
    assert!(matches!(outcome.result, Err(FetchError::WrongContent { found: "a web page", .. })));
    assert!(!outcome.folder.path().join("gp-reg-pat-prac-all.csv").exists());
}

#[test]
fn a_file_larger_than_allowed_is_not_downloaded() {
    let server = Server::new(|path, _, _| {
        page(path).unwrap_or_else(|| answer("200 OK", "", &"x,y\n".repeat(500)))
    });
    assert!(matches!(
        fetch_from(&server, None).result,
        Err(FetchError::TooLarge { most: 1_000, .. })
    ));
}

#[test]
fn a_server_that_never_answers_is_given_up_in_words() {
    let server = Server::new(|path, _, _| page(path).unwrap_or_default());
    let outcome = fetch_from(&server, None);
    let words = outcome.result.unwrap_err().to_string();
    assert!(
        words.contains("after 4 attempts") && outcome.waits == [1, 2, 4, 8],
        "{words} {:?}",
        outcome.waits
    );
}

#[test]
fn a_dataset_without_a_known_place_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options {
        folder: folder.path().to_owned(),
        edition: None,
        base: None,
        today: String::new(),
        most_bytes: 1,
        attempts: 1,
        wait: &|_| {},
        progress: &|_, _, _| {},
    };
    let words = fetch("opening_hours", &options).unwrap_err().to_string();
    assert!(words.contains("`opening_hours`") && words.contains("by hand"), "{words}");
}
