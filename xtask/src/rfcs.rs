//! `cargo xtask rfcs`: fetches the texts against which `validate` checks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Deserialize;
use smtp_codes_data::schema::Document;
use ureq::Agent;

use crate::root;

/// Fetch the RFCs that the catalogue cites, and the RFC index
///
/// A text that is there already is not fetched again: RFCs never change. Delete rfc-index.txt to renew the index.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Where the texts are, as rfcN.txt and rfc-index.txt
    #[arg(long, value_name = "URL", default_value = "https://www.rfc-editor.org/rfc")]
    base_url: String,
    /// Folder to write them to [default: rfc in the repository, which git ignores]
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Folder of another catalogue
    #[arg(long, value_name = "DIR")]
    catalogue: Option<PathBuf>,
}

/// Fetches what is missing; one text that can't be had does not keep the others away.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let dir = arguments.dir.clone().unwrap_or_else(|| root::root().join("rfc"));
    let catalogue = arguments.catalogue.clone().unwrap_or_else(root::catalogue);
    fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
    let agent: Agent = Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .user_agent(concat!("smtp-codes-xtask/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let (mut fetched, mut there, mut failed) = (0, 0, 0);
    for name in names(&catalogue)? {
        if dir.join(&name).exists() || dir.join(format!("{name}.gz")).exists() {
            there += 1;
            continue;
        }
        match fetch(&agent, &arguments.base_url, &dir, &name) {
            Ok(()) => fetched += 1,
            Err(error) => {
                eprintln!("error: {error:#}");
                failed += 1;
            }
        }
    }
    println!("{fetched} fetched, {there} already there, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

/// The files that `validate` wants: the index and every RFC of `rfcs.toml`. Only that file is read, so that faults in the
/// others don't keep away the texts with which to find them.
fn names(catalogue: &Path) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct Documents {
        document: Vec<Document>,
    }
    let path = catalogue.join("rfcs.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let documents: Documents = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let numbers = documents.document.iter().filter_map(Document::rfc_number);
    let texts = numbers.map(|number| format!("rfc{number}.txt"));
    Ok(std::iter::once("rfc-index.txt".to_owned()).chain(texts).collect())
}

/// Writes one text, whole or not at all.
fn fetch(agent: &Agent, base_url: &str, dir: &Path, name: &str) -> Result<()> {
    let url = format!("{}/{name}", base_url.trim_end_matches('/'));
    let mut response = agent.get(&url).call().with_context(|| format!("{url} was not fetched"))?;
    let body = response.body_mut().with_config().limit(64 << 20).read_to_vec();
    let bytes = body.with_context(|| format!("{url} broke off"))?;
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
    if start.is_empty() || start.starts_with('<') {
        let found = if start.is_empty() { "nothing" } else { "a page of HTML" };
        bail!("{url}: expected plain text, found {found}");
    }
    let part = dir.join(format!("{name}.part"));
    fs::write(&part, &bytes).with_context(|| part.display().to_string())?;
    fs::rename(&part, dir.join(name)).with_context(|| dir.join(name).display().to_string())
}
