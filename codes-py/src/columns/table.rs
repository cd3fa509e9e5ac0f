//! The function for whole columns.

use std::num::NonZeroUsize;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{Array, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::ArrowError;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyCapsule, PyInt, PyString, PyTuple};

use super::capsule::{ARRAY, SCHEMA, STREAM};
use super::column::{Column, Role};
use super::judge::{Fault, Settings, Window};
use super::rows::{self, Rows};
use crate::enhanced_code::EnhancedCode;
use crate::error::{ParseError, wrong_type};
use crate::judge::{Known, enhanced_code};
use crate::reply_code;
use crate::rules::Rules;

/// After how many rows it is asked whether somebody has pressed Ctrl-C. It bounds what is held beside input and output, too.
const WINDOW: usize = 1 << 18;

/// The verdicts on a column, as a column of structs and as a table.
#[pyclass(frozen, module = "smtp_codes")]
pub(crate) struct Verdicts {
    pub(super) batch: RecordBatch,
}

/// Says what each rejection of a column means, whose side it is and what to do.
#[pyfunction]
#[pyo3(signature = (column, /, *, reply=None, enhanced=None, host=None, rules=None, threads=None))]
pub(crate) fn verdicts(
    column: &Bound<'_, PyAny>,
    reply: Option<&Bound<'_, PyAny>>,
    enhanced: Option<&Bound<'_, PyAny>>,
    host: Option<&Bound<'_, PyAny>>,
    rules: Option<&Bound<'_, PyAny>>,
    threads: Option<&Bound<'_, PyAny>>,
) -> PyResult<Verdicts> {
    let py = column.py();
    let mut settings = settings(None, rules, threads)?;
    let mut texts = texts(column)?;
    let mut reply = given(reply, Role::Reply, |code| {
        settings.reply = Some(reply_code::extract(code)?);
        Ok(())
    })?;
    let mut enhanced = given(enhanced, Role::Enhanced, |code| {
        settings.enhanced = Some(enhanced_code(code)?);
        Ok(())
    })?;
    let mut host = given(host, Role::Host, |host| {
        settings.host = Known::of_session(Some(host), None, None)?.host;
        Ok(())
    })?;
    let rules = rows::Rules::of(settings.set.as_ref());
    let mut all = Rows::default();
    loop {
        let mut rows = texts.fill(py)?.min(WINDOW);
        for other in [&mut reply, &mut enhanced, &mut host].into_iter().flatten() {
            let others = other.fill(py)?;
            if (others == 0) != (rows == 0) {
                return Err(unequal(&texts, other, others == 0));
            }
            rows = rows.min(others);
        }
        // Where the texts have ended, all have.
        let Some(window) = window(rows, &texts, reply.as_ref(), enhanced.as_ref(), host.as_ref()) else { break };
        py.detach(|| settings.judge(&window, &rules, &mut all)).map_err(|fault| error(fault, texts.row))?;
        for column in [Some(&mut texts), reply.as_mut(), enhanced.as_mut(), host.as_mut()].into_iter().flatten() {
            column.advance(rows);
        }
        py.check_signals()?;
    }
    let batch = py.detach(|| all.finish(&rules)).map_err(|error| failed(&error))?;
    Ok(Verdicts { batch })
}

/// The columns' rows that are next, or `None` at the end of the texts.
fn window<'a>(
    rows: usize,
    texts: &'a Column,
    reply: Option<&'a Column>,
    enhanced: Option<&'a Column>,
    host: Option<&'a Column>,
) -> Option<Window<'a>> {
    Some(Window {
        rows,
        texts: texts.texts()?,
        reply: reply.and_then(Column::cells),
        enhanced: enhanced.and_then(Column::cells),
        host: host.and_then(Column::cells),
    })
}

pub(super) fn texts(column: &Bound<'_, PyAny>) -> PyResult<Column> {
    const EXPECTED: &str = "column: expected a column of Arrow or an iterable of str, bytes and None";
    if is_text(column) {
        let message = format!("{EXPECTED}, not {}: verdict() takes one text", column.get_type().name()?);
        return Err(PyTypeError::new_err(message));
    }
    let found = column.get_type().name()?;
    Column::of(column, Role::Text)?.ok_or_else(|| PyTypeError::new_err(format!("{EXPECTED}, not {found}")))
}

/// A column beside the texts; something that holds for all rows goes to `set`.
fn given(
    object: Option<&Bound<'_, PyAny>>,
    role: Role,
    set: impl FnOnce(&Bound<'_, PyAny>) -> PyResult<()>,
) -> PyResult<Option<Column>> {
    let Some(object) = object else { return Ok(None) };
    if is_text(object) || object.is_instance_of::<PyInt>() || object.is_instance_of::<EnhancedCode>() {
        return set(object).map(|()| None);
    }
    match Column::of(object, role)? {
        Some(column) => Ok(Some(column)),
        None => set(object).map(|()| None),
    }
}

pub(super) fn is_text(object: &Bound<'_, PyAny>) -> bool {
    object.is_instance_of::<PyString>() || object.is_instance_of::<PyBytes>() || object.is_instance_of::<PyByteArray>()
}

/// What holds for all rows.
pub(super) fn settings(
    host: Option<&Bound<'_, PyAny>>,
    rules: Option<&Bound<'_, PyAny>>,
    threads: Option<&Bound<'_, PyAny>>,
) -> PyResult<Settings> {
    let known = Known::of_session(host, None, rules)?;
    let set = known.rules.as_ref().map(|rules: &Py<Rules>| rules.get().set);
    let threads = match threads {
        None => std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        Some(threads) => threads.extract().ok().and_then(NonZeroUsize::new).ok_or_else(|| {
            if threads.is_instance_of::<PyInt>() {
                PyValueError::new_err(format!("threads: expected 1 or more, not {threads}"))
            } else {
                wrong_type("int for threads", threads)
            }
        })?,
    };
    Ok(Settings { reply: None, enhanced: None, host: known.host, set, threads })
}

fn unequal(texts: &Column, other: &Column, other_is_shorter: bool) -> PyErr {
    let (name, rows) = (other.name(), texts.row);
    let message = if other_is_shorter {
        format!("{name}: it ends after {rows} rows, column has more: expected the same number")
    } else {
        format!("{name}: it has more than the {rows} rows of column: expected the same number")
    };
    PyValueError::new_err(message)
}

/// The exception for a fault, of which the row is counted from `row`.
pub(super) fn error(fault: Fault, row: usize) -> PyErr {
    let Fault { column, row: place, message } = fault;
    let message = format!("{column}: row {}: {message}", row + place);
    match column {
        "reply" | "enhanced" => ParseError::new_err(message),
        _ => PyValueError::new_err(message),
    }
}

pub(super) fn failed(error: &ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

#[pymethods]
impl Verdicts {
    /// The type, as a capsule of the Arrow C data interface.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(rows::data_type(&self.batch)).map_err(|error| failed(&error))?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }

    /// The verdicts as one array of structs, as capsules of the Arrow C data interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        // Whoever asks for another type may get this one all the same, the interface says.
        let _ = requested_schema;
        let array = FFI_ArrowArray::new(&StructArray::from(self.batch.clone()).into_data());
        PyTuple::new(py, [self.__arrow_c_schema__(py)?, PyCapsule::new_with_value(py, array, ARRAY)?])
    }

    /// The verdicts as a table with a column for each field, as a capsule of the Arrow C stream interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    fn __repr__(&self) -> String {
        format!("<Verdicts of {} rows>", self.batch.num_rows())
    }
}
