//! Requests: one at a time, by name, with patience.

use std::io::Read;
use std::time::Duration;

use ureq::Body;
use ureq::http::Response;

use super::{FetchError, Options};

/// How the program calls itself.
const AGENT: &str =
    concat!("catchment/", env!("CARGO_PKG_VERSION"), " (planning tool for general practice)");
/// The largest page that is read for links.
const LARGEST_PAGE: u64 = 16 << 20;
/// The longest wait that is waited for.
const LONGEST_WAIT: u64 = 300;

/// What a request asks for beyond the address: where to go on, and of which version of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Resume {
    pub(super) from: u64,
    pub(super) version: String,
}

/// Makes requests.
pub(super) struct Web<'a> {
    agent: ureq::Agent,
    options: &'a Options<'a>,
}

/// What became of one attempt.
enum Attempt {
    Answered(Response<Body>),
    Again { after: Duration, reason: String },
}

impl<'a> Web<'a> {
    pub(super) fn new(options: &'a Options<'a>) -> Self {
        let config = ureq::Agent::config_builder()
            .user_agent(AGENT)
            .http_status_as_error(false)
            .https_only(options.base.is_none())
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(Duration::from_mins(2)))
            .build();
        Self { agent: config.into(), options }
    }

    /// A page as text.
    pub(super) fn page(&self, url: &str) -> Result<String, FetchError> {
        let mut last = String::new();
        for attempt in 0..self.options.attempts {
            let mut bytes = Vec::new();
            let body = self.get(url, &Resume::default())?.into_body();
            match body.into_reader().take(LARGEST_PAGE).read_to_end(&mut bytes) {
                Ok(_) => return Ok(String::from_utf8_lossy(&bytes).into_owned()),
                Err(error) => last = error.to_string(),
            }
            (self.options.wait)(backoff(attempt));
        }
        Err(self.given_up(url, last))
    }

    /// An answer of 200, 206 or 416; anything else is tried again where that may help, or an error.
    pub(super) fn get(&self, url: &str, resume: &Resume) -> Result<Response<Body>, FetchError> {
        let mut last = String::new();
        for attempt in 0..self.options.attempts {
            match self.attempt(url, resume, attempt)? {
                Attempt::Answered(response) => return Ok(response),
                Attempt::Again { after, reason } => {
                    last = reason;
                    (self.options.wait)(after);
                }
            }
        }
        Err(self.given_up(url, last))
    }

    pub(super) fn given_up(&self, url: &str, reason: String) -> FetchError {
        FetchError::Connection { url: url.to_owned(), attempts: self.options.attempts, reason }
    }

    fn attempt(&self, url: &str, resume: &Resume, attempt: u32) -> Result<Attempt, FetchError> {
        let mut request = self.agent.get(self.address(url));
        if resume.from > 0 {
            request = request.header("Range", format!("bytes={}-", resume.from));
            if !resume.version.is_empty() {
                request = request.header("If-Range", &resume.version);
            }
        }
        let response = match request.call() {
            Ok(response) => response,
            Err(error) => {
                return Ok(Attempt::Again { after: backoff(attempt), reason: error.to_string() });
            }
        };
        let status = response.status().as_u16();
        match status {
            200 | 206 | 416 => Ok(Attempt::Answered(response)),
            408 | 429 | 500..=599 => {
                let asked =
                    header(&response, "retry-after").and_then(|text| text.trim().parse().ok());
                if let Some(seconds) = asked.filter(|seconds| *seconds > LONGEST_WAIT) {
                    return Err(FetchError::TooLong { url: url.to_owned(), seconds });
                }
                let after = asked.map_or_else(|| backoff(attempt), Duration::from_secs);
                Ok(Attempt::Again { after, reason: format!("it answered {status}") })
            }
            _ => Err(FetchError::Answer { url: url.to_owned(), status, meaning: meaning(status) }),
        }
    }

    fn address(&self, url: &str) -> String {
        match (&self.options.base, url.split_once("://")) {
            (Some(base), Some((_, rest))) => format!("{}/{rest}", base.trim_end_matches('/')),
            _ => url.to_owned(),
        }
    }
}

/// A header of an answer.
pub(super) fn header<'r>(response: &'r Response<Body>, name: &str) -> Option<&'r str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

/// Twice as long each time: 1, 2, 4 seconds and so on, up to a minute.
pub(super) fn backoff(attempt: u32) -> Duration {
    Duration::from_secs(1 << attempt.min(5))
}

const fn meaning(status: u16) -> &'static str {
    match status {
        401 | 403 => {
            "the publisher refuses programs; download the file by hand into a folder and import it"
        }
        404 | 410 => {
            "it is not there any more; name another edition, or download it by hand and import it"
        }
        _ => {
            "the publisher did not give the file; try again later, or download it by hand and import it"
        }
    }
}
