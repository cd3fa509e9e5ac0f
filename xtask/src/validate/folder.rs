//! The catalogue's files as they are now, not as they were when this program was built.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use smtp_codes_data::FILES;

/// Every `.toml` below a folder with its path from there: first in the order of the schema, then by name.
pub(super) fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut paths = Vec::new();
    collect(folder, "", &mut paths)?;
    if paths.is_empty() {
        bail!("expected catalogue files (*.toml) in {}, found none", folder.display());
    }
    let rank = |path: &String| FILES.iter().position(|file| file.path == path).unwrap_or(FILES.len());
    paths.sort_by_key(|path| (rank(path), path.clone()));
    let files = paths.into_iter().map(|path| {
        let place = folder.join(&path);
        let text = fs::read_to_string(&place).with_context(|| place.display().to_string())?;
        Ok((path, text))
    });
    files.collect()
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), paths)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "toml") {
            paths.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
