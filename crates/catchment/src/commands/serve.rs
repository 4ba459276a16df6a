//! `catchment serve`: the site.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use web::{AppState, Live, Site};

use super::Common;
use super::scenario::Folder;
use crate::outcome::{Outcome, Wrong};

#[derive(Debug, Args)]
pub struct Serve {
    /// The place of the home page: a named place, a code, or codes joined by `+`; England when not given
    #[arg(long, default_value = "")]
    place: String,
    #[command(flatten)]
    scenarios: Folder,
    #[command(flatten)]
    pub listen: Listen,
}

/// Where to listen.
#[derive(Debug, Args)]
pub struct Listen {
    /// The port; 0 takes any that is free
    #[arg(long, default_value_t = 8420)]
    port: u16,
    /// The address to listen on; others than this machine's own reach the site only if it is changed
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
}

impl Serve {
    pub fn run(&self, common: &Common) -> anyhow::Result<Outcome> {
        serve(common, &self.place, self.scenarios.files()?, &self.listen)
    }
}

/// Serves the evidence of the store, with scenarios to begin with, until the program is ended. An import meanwhile is shown
/// as soon as it is worked out.
pub fn serve(
    common: &Common,
    place: &str,
    scenarios: Vec<(String, String)>,
    listen: &Listen,
) -> anyhow::Result<Outcome> {
    let served = Served { common: common.clone(), place: place.to_owned(), scenarios };
    let seen = common.store().current();
    let state = served.state()?;
    let live = Live::new(state.clone());
    let router = live.router();
    std::thread::spawn(move || state.warm());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let wanted = SocketAddr::new(listen.host, listen.port);
        let listener = tokio::net::TcpListener::bind(wanted).await.with_context(|| {
            format!("port {} is taken: choose another with --port, or 0 for any", listen.port)
        })?;
        say!("Catchment serves at http://{}  (Ctrl-C ends it)", listener.local_addr()?);
        tokio::spawn(follow(Arc::new(served), live, seen));
        axum::serve(listener, router).with_graceful_shutdown(ended()).await?;
        Ok(Outcome::Done)
    })
}

/// How often the store is looked at for an import.
const LOOK: Duration = Duration::from_secs(2);

/// What is served, whichever evidence the store holds.
struct Served {
    common: Common,
    place: String,
    scenarios: Vec<(String, String)>,
}

impl Served {
    /// The site on the evidence of now.
    fn state(&self) -> anyhow::Result<AppState> {
        let site = Site {
            study: self.common.study()?,
            home: self.place.clone(),
            methods: include_str!("../../../../docs/book/methods.md").to_owned(),
            scenarios: self.scenarios.clone(),
            program: super::PROGRAM.to_owned(),
        };
        Ok(AppState::new(site).map_err(|failure| Wrong(failure.to_string()))?)
    }
}

/// Shows the evidence of every import that lands, for as long as the program runs; one that cannot be shown leaves the
/// site as it is.
async fn follow(served: Arc<Served>, live: Live, mut seen: Option<String>) {
    loop {
        tokio::time::sleep(LOOK).await;
        let now = served.common.store().current();
        if now.is_none() || now == seen {
            continue;
        }
        seen = now;
        let anew = Arc::clone(&served);
        let work = move || anew.state().inspect(AppState::warm);
        match tokio::task::spawn_blocking(work).await {
            Ok(Ok(state)) => {
                live.show(state);
                say!("an import has landed: its evidence is shown from now on");
            }
            Ok(Err(error)) => say!("an import has landed and cannot be shown: {error:#}"),
            Err(error) => say!("an import has landed and cannot be shown: {error}"),
        }
    }
}

/// Waits for Ctrl-C; requests in progress then get a moment to end.
async fn ended() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        std::process::exit(0);
    });
}
