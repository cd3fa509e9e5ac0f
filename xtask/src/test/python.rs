//! The steps of the Python package.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, process};

use anyhow::{Context, Result, bail};

use super::process::{program, run};
use super::workspace::Workspace;
use crate::root;

/// A virtual environment.
struct Venv {
    /// Its interpreter.
    python: PathBuf,
}

impl Venv {
    /// Makes one, or takes the one that is there.
    fn open(folder: &Path) -> Result<Self> {
        let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        if !python.exists() {
            let system =
                env::var_os("PYTHON").unwrap_or_else(|| if cfg!(windows) { "python" } else { "python3" }.into());
            let mut make = Command::new(system);
            let result = run(make.args(["-m", "venv", "--clear"]).arg(folder));
            result.context("Python 3 with its module venv makes the virtual environment (Debian: python3-venv)")?;
        }
        Ok(Self { python })
    }

    /// A module of the environment, run in a folder; it leaves no files beside the sources.
    fn module(&self, name: &str, folder: &Path) -> Command {
        let mut command = program(&self.python, folder);
        command.args(["-m", name]).env("PYTHONDONTWRITEBYTECODE", "1");
        command
    }

    fn install(&self, folder: &Path) -> Command {
        let mut command = self.module("pip", folder);
        command.args(["install", "--quiet", "--disable-pip-version-check"]);
        command
    }
}

/// Builds the wheel, installs it in an environment of its own, and checks it there.
pub(super) fn test(workspace: &Workspace) -> Result<()> {
    let (package, work) = (root::root().join("codes-py"), workspace.target().join("python"));
    let venv = tools(&package, &work)?;
    install_wheel(&venv, &package, &work)?;
    run(venv.module("pytest", &package).args(["--quiet", "-p", "no:cacheprovider", "tests"]))?;
    let cache = work.join("mypy");
    run(venv.module("mypy", &package).args(["--strict", "--package", "smtp_codes"]).env("MYPY_CACHE_DIR", &cache))?;
    run(venv.module("mypy", &package).args(["--strict", "tests"]).env("MYPY_CACHE_DIR", &cache))?;
    let mut stubtest = venv.module("mypy.stubtest", &package);
    let allowed = package.join("stubtest-allowlist.txt");
    if allowed.exists() {
        stubtest.arg("--allowlist").arg(allowed);
    }
    run(stubtest.arg("smtp_codes").env("MYPY_CACHE_DIR", &cache))
}

/// Runs what is written for other libraries in an environment with all of them, and has two checkers look at its types.
pub(super) fn scale(workspace: &Workspace) -> Result<()> {
    let (package, work) = (root::root().join("codes-py"), workspace.target().join("python"));
    let venv = Venv::open(&work.join("scale-venv"))?;
    let requirements = ["--requirement", "requirements-dev.txt", "--requirement", "requirements-scale.txt"];
    run(venv.install(&package).args(requirements))?;
    install_wheel(&venv, &package, &work)?;
    run(venv.module("pytest", &package).args(["--quiet", "-p", "no:cacheprovider", "tests_scale"]))?;
    let cache = work.join("mypy");
    run(venv.module("mypy", &package).args(["--strict", "examples"]).env("MYPY_CACHE_DIR", &cache))?;
    run(venv.module("pyright", &package).arg("--pythonpath").arg(&venv.python))
}

/// Builds the wheel and installs it.
fn install_wheel(venv: &Venv, package: &Path, work: &Path) -> Result<()> {
    let wheels = work.join("wheels");
    renew(&wheels)?;
    run(venv.module("maturin", package).args(["build", "--quiet", "--auditwheel", "skip", "--out"]).arg(&wheels))?;
    run(venv.install(package).args(["--force-reinstall", "--no-deps"]).arg(only_file(&wheels)?))
}

/// Installs the source distribution where nothing of the repository can help it.
pub(super) fn sdist(workspace: &Workspace) -> Result<()> {
    let (package, work) = (root::root().join("codes-py"), workspace.target().join("python"));
    let venv = tools(&package, &work)?;
    let archives = work.join("sdist");
    renew(&archives)?;
    run(venv.module("maturin", &package).args(["sdist", "--out"]).arg(&archives))?;
    let outside = env::temp_dir().join(format!("smtp-codes-sdist-{}", process::id()));
    renew(&outside)?;
    let result = install_outside(&only_file(&archives)?, &outside, &work);
    fs::remove_dir_all(&outside).with_context(|| outside.display().to_string())?;
    result
}

fn install_outside(archive: &Path, outside: &Path, work: &Path) -> Result<()> {
    let copy = outside.join(archive.file_name().unwrap_or_default());
    fs::copy(archive, &copy).with_context(|| archive.display().to_string())?;
    let venv = Venv::open(&outside.join("venv"))?;
    // The crates of others need not be built anew each time; ours are at a new path and are.
    let target = work.join("sdist-target");
    run(venv.install(outside).arg(&copy).env("CARGO_TARGET_DIR", target))?;
    let question = "import smtp_codes; assert int(smtp_codes.ReplyCode(550)) == 550";
    run(program(&venv.python, outside).args(["-c", question]))
}

/// The environment with the tools that the package's tests need.
fn tools(package: &Path, work: &Path) -> Result<Venv> {
    let venv = Venv::open(&work.join("venv"))?;
    run(venv.install(package).args(["--requirement", "requirements-dev.txt"]))?;
    Ok(venv)
}

fn renew(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

fn only_file(folder: &Path) -> Result<PathBuf> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => bail!("expected one file in {}, found {}", folder.display(), files.len()),
    }
}
