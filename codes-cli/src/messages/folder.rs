//! The files that a path stands for.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::input;

/// How deep folders are followed into each other.
const DEEPEST: usize = 16;

/// The file itself, or the messages of a folder in the order of their names, and what is to say of folders that can't be read.
///
/// Of a Maildir these are the files in its `new` and `cur` and in the Maildirs within; of any other folder, all files.
pub(crate) fn files(path: &OsStr) -> (Vec<OsString>, Vec<String>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    if Path::new(path).is_dir() {
        walk(Path::new(path), DEEPEST, &mut files, &mut faults);
    } else {
        files.push(path.to_owned());
    }
    (files, faults)
}

fn walk(folder: &Path, deepest: usize, files: &mut Vec<OsString>, faults: &mut Vec<String>) {
    let entries = match fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
        Ok(entries) => entries,
        Err(error) => {
            faults.push(format!("cannot read {}: {error}", input::name(folder.as_os_str())));
            return;
        }
    };
    let is_maildir = ["cur", "new"].iter().any(|part| folder.join(part).is_dir());
    let mut paths: Vec<(PathBuf, bool)> =
        entries.into_iter().map(|entry| (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir()))).collect();
    paths.sort();
    for (path, is_folder) in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_folder {
            // What is in `tmp` is not there yet. The folders within a Maildir have names that begin with a full stop.
            let is_wanted = !is_maildir || name != "tmp";
            if is_wanted && deepest > 0 {
                walk(&path, deepest - 1, files, faults);
            }
        } else if !is_maildir && !name.starts_with('.') {
            files.push(path.into_os_string());
        }
    }
}
