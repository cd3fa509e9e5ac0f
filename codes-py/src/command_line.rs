//! The command line, for `python -m smtp_codes`.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command line with these arguments, the first of which is its name, and returns its exit code.
#[pyfunction]
#[pyo3(name = "_command_line", signature = (arguments, /))]
pub(crate) fn command_line(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| smtp_codes_cli::run(arguments))
}
