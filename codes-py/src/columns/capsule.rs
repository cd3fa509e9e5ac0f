//! Columns of other libraries, as the [Arrow PyCapsule interface] hands them over. The one file of the project with `unsafe`.
//!
//! The interface is made of pointers to C structs, so whoever reads it has to trust the library that made them. arrow-rs knows
//! the structs and the arrays in them; what it leaves open is the way from a Python capsule to its struct, and streams of arrays
//! that are no tables. pyo3-arrow has both, but 66 crates and 9 MB of a wheel with them, so they are here:
//!
//! - A capsule is asked for its pointer by name, and Python refuses another name or none. The struct is moved out of it, as
//!   the interface wants it, which leaves a released struct behind: whatever is done with the capsule later, nothing is read or
//!   given back twice.
//! - A struct that was released before is refused, and so is one whose counts or buffers can't be those of its type.
//! - Release callbacks are called by the `Drop` of arrow-rs' structs, also where an error or a panic ends the work. Arrays share
//!   theirs: it is called when the last buffer is dropped.
//!
//! Offsets, keys and views within the buffers are not trusted: see `texts`.
//!
//! [Arrow PyCapsule interface]: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
#![allow(unsafe_code)]

use std::ffi::CStr;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_data::ArrayData;
use arrow_schema::DataType;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

pub(super) const SCHEMA: &CStr = c"arrow_schema";
pub(super) const ARRAY: &CStr = c"arrow_array";
pub(super) const STREAM: &CStr = c"arrow_array_stream";

/// The arrays of a column, of one type, to be had one after the other.
pub(super) struct Arrays {
    pub(super) data_type: DataType,
    left: Left,
}

enum Left {
    Stream(FFI_ArrowArrayStream),
    One(FFI_ArrowArray),
    Nothing,
}

impl Arrays {
    /// Those that an object hands over, or `None` where it knows nothing of Arrow.
    ///
    /// A stream is asked for before an array, as some objects would have to copy their parts together for the latter.
    ///
    /// # Errors
    ///
    /// What the object raises. Where it hands over something else than the interface has, `name` begins the message.
    pub(super) fn of(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Option<Self>> {
        let wrong = |error: PyErr| {
            let message = format!("{name}: not as in the Arrow PyCapsule interface: {}", error.value(object.py()));
            PyErr::from_type(error.get_type(object.py()), message)
        };
        if let Some(method) = object.getattr_opt("__arrow_c_stream__")? {
            return Self::of_stream(&method.call0()?).map(Some).map_err(wrong);
        }
        if let Some(method) = object.getattr_opt("__arrow_c_array__")? {
            return Self::of_array(&method.call0()?).map(Some).map_err(wrong);
        }
        Ok(None)
    }

    fn of_stream(capsule: &Bound<'_, PyAny>) -> PyResult<Self> {
        let capsule = capsule.cast::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a pointer to such a struct, valid and ours to move out of as long as the capsule
        // lives, and it lives as long as it is borrowed. No other thread of Python touches it: it was made for this call.
        let mut stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
        let (Some(_), Some(get_schema)) = (stream.release, stream.get_schema) else {
            return Err(PyValueError::new_err("the stream is exhausted: it was handed over before"));
        };
        let mut schema = FFI_ArrowSchema::empty();
        // SAFETY: the stream is not released, and both pointers are to structs of our own that nothing else uses.
        let code = unsafe { get_schema(&raw mut stream, &raw mut schema) };
        if code != 0 {
            return Err(PyValueError::new_err(last_error(&mut stream, code)));
        }
        Ok(Self { data_type: data_type(&schema)?, left: Left::Stream(stream) })
    }

    fn of_array(capsules: &Bound<'_, PyAny>) -> PyResult<Self> {
        let (schema, array): (Bound<'_, PyCapsule>, Bound<'_, PyCapsule>) = capsules.extract()?;
        let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: as in `of_stream`.
        let (schema, array) =
            unsafe { (FFI_ArrowSchema::from_raw(schema.as_ptr()), FFI_ArrowArray::from_raw(array.as_ptr())) };
        if array.release.is_none() {
            return Err(PyValueError::new_err("the array was handed over before"));
        }
        Ok(Self { data_type: data_type(&schema)?, left: Left::One(array) })
    }

    /// The next array. To be called without the lock of the interpreter: a producer in Python takes it itself.
    ///
    /// # Errors
    ///
    /// What the producer says, or what its struct has that it can't have. Nothing comes after an error.
    pub(super) fn next(&mut self) -> Result<Option<ArrayData>, String> {
        let array = match std::mem::replace(&mut self.left, Left::Nothing) {
            Left::Nothing => return Ok(None),
            Left::One(array) => array,
            Left::Stream(mut stream) => match next_of(&mut stream)? {
                None => return Ok(None),
                Some(array) => {
                    self.left = Left::Stream(stream);
                    array
                }
            },
        };
        let data = check(&array, &self.data_type).and_then(|()| {
            // SAFETY: the producer vouches for what the struct points to, and the counts in it were looked at.
            unsafe { from_ffi_and_data_type(array, self.data_type.clone()) }.map_err(|error| error.to_string())
        });
        if data.is_err() {
            self.left = Left::Nothing;
        }
        data.map(Some)
    }
}

fn next_of(stream: &mut FFI_ArrowArrayStream) -> Result<Option<FFI_ArrowArray>, String> {
    let Some(get_next) = stream.get_next else { return Err("a stream without `get_next`".to_owned()) };
    let mut array = FFI_ArrowArray::empty();
    // SAFETY: the stream is not released, and both pointers are to structs of our own that nothing else uses.
    let code = unsafe { get_next(&raw mut *stream, &raw mut array) };
    if code != 0 {
        return Err(last_error(stream, code));
    }
    // A released array is the end.
    Ok(array.release.is_some().then_some(array))
}

/// What the stream says about its last error, else the error number.
fn last_error(stream: &mut FFI_ArrowArrayStream, code: i32) -> String {
    // SAFETY: the stream is not released.
    let message = stream.get_last_error.map(|get_last_error| unsafe { get_last_error(stream) });
    match message {
        Some(message) if !message.is_null() => {
            // SAFETY: it ends with a zero byte and stays as it is until the stream is used again.
            crate::error::visible(&unsafe { CStr::from_ptr(message) }.to_string_lossy())
        }
        _ => std::io::Error::from_raw_os_error(code).to_string(),
    }
}

fn data_type(schema: &FFI_ArrowSchema) -> PyResult<DataType> {
    if schema.release.is_none() || schema.format.is_null() {
        return Err(PyValueError::new_err("the schema was handed over before"));
    }
    DataType::try_from(schema).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Looks at the counts and pointers of a struct, on which arrow-rs relies.
fn check(array: &FFI_ArrowArray, data_type: &DataType) -> Result<(), String> {
    let rows = array.length.checked_add(array.offset);
    if array.length < 0 || array.offset < 0 || rows.is_none_or(|rows| rows > i64::MAX / 64) {
        return Err(format!("an array of {} rows from row {} on", array.length, array.offset));
    }
    let (fewest, most) = match data_type {
        DataType::Null => (0, 0),
        DataType::Struct(_) => (1, 1),
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary | DataType::LargeBinary => (3, 3),
        DataType::Utf8View | DataType::BinaryView => (3, i64::MAX),
        _ => (2, 2),
    };
    if !(fewest..=most).contains(&array.n_buffers) || (array.n_buffers > 0 && array.buffers.is_null()) {
        return Err(format!("an array of type {data_type} with {} buffers", array.n_buffers));
    }
    match data_type {
        DataType::Dictionary(_, values) => {
            // SAFETY: it is null or points to a struct that lives as long as the array.
            let dictionary = unsafe { array.dictionary.as_ref() };
            check(dictionary.ok_or("an array of keys without a dictionary")?, values)
        }
        DataType::Struct(fields) => {
            let count = usize::try_from(array.n_children).unwrap_or(usize::MAX);
            if count != fields.len() || (count > 0 && array.children.is_null()) {
                return Err(format!("an array of {} columns and {count} children", fields.len()));
            }
            for (place, field) in fields.iter().enumerate() {
                // SAFETY: there are so many pointers, each null or to a struct that lives as long as the array.
                let child = unsafe { (*array.children.add(place)).as_ref() };
                check(child.ok_or("an array without one of its children")?, field.data_type())?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
