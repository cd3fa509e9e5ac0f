//! What cargo knows of the workspace.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::process::{cargo, output};

/// The part of `cargo metadata` that the steps need.
#[derive(Deserialize)]
pub(super) struct Workspace {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    features: std::collections::BTreeMap<String, Vec<String>>,
    /// Empty for `publish = false`.
    publish: Option<Vec<String>>,
}

impl Workspace {
    /// Asks cargo.
    pub(super) fn read() -> Result<Self> {
        let text = output(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
        serde_json::from_str(&text).context("expected the metadata of the workspace")
    }

    /// Where artefacts go.
    pub(super) fn target(&self) -> &Path {
        &self.target_directory
    }

    /// The features of a package, without `default`.
    pub(super) fn features(&self, package: &str) -> Vec<&str> {
        let packages = self.packages.iter().filter(|candidate| candidate.name == package);
        packages
            .flat_map(|package| package.features.keys())
            .map(String::as_str)
            .filter(|name| *name != "default")
            .collect()
    }

    /// The packages that are never published.
    pub(super) fn private(&self) -> Vec<&str> {
        let private = self.packages.iter().filter(|package| package.publish.as_ref().is_some_and(Vec::is_empty));
        private.map(|package| package.name.as_str()).collect()
    }
}
