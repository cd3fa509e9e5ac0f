//! The step that looks at the page of `scan --html` in a browser.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use super::process::{cargo, run};

/// Which browsers will do, by the names of their programs.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// Runs the tests that need a browser. Without one the step is passed over, but not in a CI.
pub(super) fn test() -> Result<()> {
    let Some(browser) = browser() else {
        let message = "no Chromium here (Debian: `apt-get install chromium`; or SMTP_CODES_BROWSER names one)";
        if is_ci() {
            bail!("{message}");
        }
        println!("   skipped: {message}");
        return Ok(());
    };
    println!("   browser: {}", browser.display());
    let mut command = cargo(&["test", "--package", "smtp-codes-cli", "--test", "scan_page", "--", "--include-ignored"]);
    run(command.env("SMTP_CODES_BROWSER", browser))
}

fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("SMTP_CODES_BROWSER").filter(|name| !name.is_empty()) {
        return Some(named.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let programs = BROWSERS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    programs.into_iter().find(|program| program.is_file())
}

fn is_ci() -> bool {
    env::var_os("CI").is_some_and(|value| !value.is_empty())
}
