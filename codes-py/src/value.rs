//! How the library's values become Python's.

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

/// A value of the library that has a form in Python.
pub(crate) trait ToPython: Sized {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>>;
}

/// Values that Python has itself.
macro_rules! native {
    ($($type:ty),*) => {$(
        impl ToPython for $type {
            fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                self.into_bound_py_any(py)
            }
        }
    )*};
}

native!(&'static str, String, bool, u8, u16);

impl<T: ToPython> ToPython for Option<T> {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        match self {
            Some(value) => value.to_python(py),
            None => Ok(py.None().into_bound(py)),
        }
    }
}

impl<T> ToPython for &'static [T]
where
    &'static T: ToPython,
{
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        tuple(py, self)
    }
}

impl<T: ToPython + Copy> ToPython for &'static T {
    fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        (*self).to_python(py)
    }
}

/// A tuple of the values.
pub(crate) fn tuple<T: ToPython>(py: Python<'_>, values: impl IntoIterator<Item = T>) -> PyResult<Bound<'_, PyAny>> {
    let values: Vec<_> = values.into_iter().map(|value| value.to_python(py)).collect::<PyResult<_>>()?;
    Ok(PyTuple::new(py, values)?.into_any())
}
