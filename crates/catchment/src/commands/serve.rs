//! `catchment serve`: the site.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use web::{AppState, Site};

use super::indicator::library;
use super::scenario::Folder;
use super::{Common, named_places};
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

/// Serves the evidence of the store, with scenarios to begin with, until the program is ended.
pub fn serve(
    common: &Common,
    place: &str,
    scenarios: Vec<(String, String)>,
    listen: &Listen,
) -> anyhow::Result<Outcome> {
    let site = Site {
        evidence: common.evidence()?,
        library: library()?,
        places: named_places()?,
        home: place.to_owned(),
        methods: include_str!("../../../../docs/book/methods.md").to_owned(),
        scenarios,
    };
    let state = AppState::new(site).map_err(|failure| Wrong(failure.to_string()))?;
    let warming = state.clone();
    std::thread::spawn(move || warming.warm());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let wanted = SocketAddr::new(listen.host, listen.port);
        let listener = tokio::net::TcpListener::bind(wanted).await.with_context(|| {
            format!("port {} is taken: choose another with --port, or 0 for any", listen.port)
        })?;
        say!("Catchment serves at http://{}  (Ctrl-C ends it)", listener.local_addr()?);
        axum::serve(listener, web::router(state)).with_graceful_shutdown(ended()).await?;
        Ok(Outcome::Done)
    })
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
