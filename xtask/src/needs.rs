//! What the project needs on a machine besides Rust, and how to get it.

use crate::run::{Failed, output, run_in};

/// A C compiler, for compression and TLS.
pub fn compiler() -> Result<(), Failed> {
    if output("cc", &["--version"]).is_some() {
        return Ok(());
    }
    install("a C compiler", &["gcc", "libc6-dev"])
}

/// Node.js of the version that the style sheet's tools ask for, and npm.
pub fn node() -> Result<(), Failed> {
    let major = output("node", &["--version"])
        .and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    match major {
        Some(major) if major >= 20 && output("npm", &["--version"]).is_some() => Ok(()),
        Some(major) if major < 20 => Err(Failed(format!(
            "Node.js {major} is installed; 20 or later is needed: https://nodejs.org/en/download"
        ))),
        _ => install("Node.js 20 or later with npm", &["nodejs", "npm"]),
    }
}

/// Chromium, for the browser tests.
pub fn chromium() -> Result<(), Failed> {
    if output("chromium", &["--version"]).is_some() {
        return Ok(());
    }
    install("Chromium", &["chromium"])
}

/// Installs Debian packages when root, else says how.
fn install(what: &str, packages: &[&str]) -> Result<(), Failed> {
    let command = format!("apt-get install --yes --no-install-recommends {}", packages.join(" "));
    let is_root = output("id", &["-u"]).as_deref() == Some("0");
    if !is_root || output("apt-get", &["--version"]).is_none() {
        return Err(Failed(format!("{what} is needed: run `sudo {command}` and try again")));
    }
    println!("installing {what}: {command}");
    let here = crate::run::root();
    run_in(&here, "apt-get", &["update", "-qq"])?;
    let mut arguments = vec!["install", "--yes", "-qq", "--no-install-recommends"];
    arguments.extend(packages);
    run_in(&here, "apt-get", &arguments)
}
