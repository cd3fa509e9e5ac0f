//! The steps that cargo does.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

use anyhow::{Context, Result};

use super::process::{cargo, output, run};
use super::workspace::Workspace;

const CORE: &str = "smtp-codes";

pub(super) fn format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

pub(super) fn lint() -> Result<()> {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))
}

pub(super) fn test() -> Result<()> {
    run(&mut cargo(&["test", "--workspace"]))
}

pub(super) fn features(workspace: &Workspace) -> Result<()> {
    let all = workspace.features(CORE);
    run(&mut cargo(&["test", "--package", CORE, "--no-default-features"]))?;
    for feature in &all {
        run(&mut cargo(&["test", "--package", CORE, "--no-default-features", "--features", feature]))?;
    }
    run(&mut cargo(&["test", "--package", CORE, "--all-features"]))
}

/// Without a target that has no standard library, `#![no_std]` is checked for what it says only.
pub(super) fn no_std() -> Result<()> {
    const TARGETS: [&str; 5] =
        ["x86_64-unknown-none", "aarch64-unknown-none", "thumbv7em-none-eabi", "thumbv6m-none-eabi", "wasm32v1-none"];
    let check = ["check", "--package", CORE, "--lib", "--no-default-features"];
    let Some(target) = TARGETS.into_iter().find(|target| is_installed(target)) else {
        println!("   no target without a standard library here (`rustup target add {}` adds one)", TARGETS[0]);
        return run(&mut cargo(&check));
    };
    run(cargo(&check).args(["--target", target]))
}

fn is_installed(target: &str) -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = output(Command::new(rustc).args(["--print", "target-libdir", "--target", target]));
    folder.is_ok_and(|folder| Path::new(folder.trim()).is_dir())
}

pub(super) fn docs() -> Result<()> {
    run(cargo(&["doc", "--workspace", "--no-deps", "--all-features"]).env("RUSTDOCFLAGS", "-D warnings"))
}

/// A maintainer may try this before the commit; a CI has a clean tree, or something wrote into it.
///
/// Cargo builds a package against those before it, which it keeps unpacked by the path of its folder and their version:
/// in a folder that was used before, it would build against what they were then. So each run has a folder of its own.
pub(super) fn package(workspace: &Workspace) -> Result<()> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    let folder = workspace.target().join(format!("package-{now}"));
    let mut command = cargo(&["package", "--workspace"]);
    for private in workspace.private() {
        command.args(["--exclude", private]);
    }
    if env::var_os("CI").is_none_or(|value| value.is_empty()) {
        command.arg("--allow-dirty");
    }
    let result = run(command.env("CARGO_TARGET_DIR", &folder));
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    result
}
