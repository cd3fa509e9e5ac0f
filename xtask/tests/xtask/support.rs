//! A small catalogue of toys with its texts, in a folder of its own, in which a test can plant a fault.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of one test.
pub(crate) struct Fixture {
    pub(crate) folder: PathBuf,
}

impl Fixture {
    /// A copy of `tests/fixture`; `name` is the test's own.
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture"), &folder);
        Self { folder }
    }

    /// A copy with a lock in which everything is proven.
    pub(crate) fn proven(name: &str) -> Self {
        let fixture = Self::new(name);
        fixture.assert_texts(&["--update-lock"], 0, &[], "35 rows written to the lock, 0 faults");
        fixture
    }

    /// Replaces the only place where `old` stands.
    #[track_caller]
    pub(crate) fn plant(&self, file: &str, old: &str, new: &str) {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {file}");
        fs::write(path, text.replacen(old, new, 1)).unwrap();
    }

    /// `validate` with the texts: exit code, all faults, and the end of the closing line.
    #[track_caller]
    pub(crate) fn assert_texts(&self, more: &[&str], code: i32, faults: &[&str], closing: &str) {
        let [rfc, iana] = ["rfc", "iana"].map(|folder| self.folder.join(folder).display().to_string());
        let mut arguments = vec!["--rfc-dir", &rfc, "--iana-dir", &iana];
        arguments.extend(more);
        assert_output(&self.validate(&arguments), code, faults, closing);
    }

    /// `validate` without the texts.
    #[track_caller]
    pub(crate) fn assert_plain(&self, code: i32, faults: &[&str], closing: &str) {
        assert_output(&self.validate(&[]), code, faults, closing);
    }

    /// Runs `validate` on the folder.
    pub(crate) fn validate(&self, more: &[&str]) -> Output {
        let mut command = xtask("validate");
        command.arg("--catalogue").arg(self.folder.join("catalogue"));
        command.arg("--exceptions").arg(self.folder.join("exceptions.toml"));
        command.arg("--lock").arg(self.folder.join("proofs.lock"));
        command.args(more).output().unwrap()
    }
}

/// The program with one of its tasks.
pub(crate) fn xtask(task: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg(task);
    command
}

#[track_caller]
fn assert_output(output: &Output, code: i32, faults: &[&str], closing: &str) {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let mut lines: Vec<&str> = stdout.lines().collect();
    let last = lines.pop().unwrap_or_default();
    assert_eq!(lines, faults, "{stderr}");
    assert!(last.ends_with(closing), "{last:?} does not end with {closing:?}");
    assert_eq!(output.status.code(), Some(code));
    assert_eq!(stderr, "");
}

/// Copies all files below a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
