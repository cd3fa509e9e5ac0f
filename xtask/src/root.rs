//! Where the repository is, whatever folder the task was started from.

use std::path::{Path, PathBuf};

/// The folder of the workspace's manifest.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_owned()
}

/// The folder of the catalogue's files.
pub(crate) fn catalogue() -> PathBuf {
    root().join("codes-data").join("catalogue")
}
