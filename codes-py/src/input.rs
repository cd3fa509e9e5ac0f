//! What users pass in: text as `str` or as bytes, and numbers of any size.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyByteArray, PyBytes, PyInt, PyString};

/// A text that a user passed, as the library reads it.
pub(crate) enum Text {
    Str(PyBackedStr),
    /// From a `str` with lone surrogates, each written as the three bytes that UTF-8 would have for it.
    Surrogates(PyBackedBytes),
    Bytes(PyBackedBytes),
    /// Put together of several.
    Owned(Vec<u8>),
}

impl Text {
    /// The text, or `None` where the object is neither `str`, `bytes` nor `bytearray`.
    pub(crate) fn from_object(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if let Ok(text) = object.cast::<PyString>() {
            return Self::from_string(text).map(Some);
        }
        if object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>() {
            return Ok(Some(Self::Bytes(object.extract()?)));
        }
        Ok(None)
    }

    fn from_string(text: &Bound<'_, PyString>) -> PyResult<Self> {
        if let Ok(text) = PyBackedStr::try_from(text.clone()) {
            return Ok(Self::Str(text));
        }
        let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
        Ok(Self::Surrogates(bytes.extract()?))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Str(text) => text.as_bytes(),
            Self::Surrogates(bytes) | Self::Bytes(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }

    /// Whether the user's positions in it count characters, not bytes.
    pub(crate) fn counts_characters(&self) -> bool {
        matches!(self, Self::Str(_) | Self::Surrogates(_))
    }
}

/// An integer; one that is too large or small for 64 bits becomes the largest or smallest.
///
/// `None` where the object is no integer.
pub(crate) fn integer(object: &Bound<'_, PyAny>) -> PyResult<Option<i64>> {
    match object.extract::<i64>() {
        Ok(number) => Ok(Some(number)),
        Err(error) if error.is_instance_of::<PyOverflowError>(object.py()) => {
            Ok(Some(if object.lt(0)? { i64::MIN } else { i64::MAX }))
        }
        Err(error) if object.is_instance_of::<PyInt>() => Err(error),
        Err(_) => Ok(None),
    }
}
