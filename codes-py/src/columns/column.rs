//! A column that a user passed: its parts, one after the other, and the row that comes next.

use arrow_buffer::NullBuffer;
use arrow_data::ArrayData;
use arrow_schema::{DataType, Fields};
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::PyIterator;
use smtp_codes::{EnhancedCode, ReplyCode};

use super::capsule::Arrays;
use super::integers::Integers;
use super::texts::{Broken, Texts};
use crate::error::wrong_type;
use crate::input::Text;
use crate::reply_code;

/// How many objects of an iterator are taken at once, and how many bytes: whole messages may be large.
const OBJECTS: usize = 1 << 16;
const BYTES: usize = 1 << 24;

/// What a column is about.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(super) enum Role {
    Text,
    Reply,
    Enhanced,
    Host,
}

impl Role {
    /// The parameter's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "column",
            Self::Reply => "reply",
            Self::Enhanced => "enhanced",
            Self::Host => "host",
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Text => "a column of strings or binaries",
            Self::Reply => "a column of integers or strings",
            Self::Enhanced | Self::Host => "a column of strings",
        }
    }

    fn takes(self, data_type: &DataType) -> bool {
        Texts::are_in(data_type) || (self == Self::Reply && Integers::may_be_in(data_type))
    }
}

/// A column.
pub(super) struct Column {
    role: Role,
    feed: Feed,
    /// What was read and is not used up.
    cells: Option<Cells>,
    /// The next row in `cells`.
    place: usize,
    /// The next row of all.
    pub(super) row: usize,
}

enum Feed {
    Arrow(Arrays),
    Objects(Py<PyIterator>),
    Nothing,
}

/// A part of a column.
pub(super) enum Cells {
    Texts(Texts),
    Numbers(Integers),
}

impl Column {
    /// The column that an object is, or `None` where it is neither of Arrow nor an iterable.
    pub(super) fn of(object: &Bound<'_, PyAny>, role: Role) -> PyResult<Option<Self>> {
        let feed = match Arrays::of(object, role.name())? {
            Some(arrays) => {
                let data_type = sole(&arrays.data_type).map_err(|names| several(role, &names))?;
                if !role.takes(data_type) {
                    let message = format!("{}: expected {}, not of type {data_type}", role.name(), role.expected());
                    return Err(PyTypeError::new_err(message));
                }
                Feed::Arrow(arrays)
            }
            None => match object.try_iter() {
                Ok(objects) => Feed::Objects(objects.unbind()),
                Err(error) if error.is_instance_of::<PyTypeError>(object.py()) => return Ok(None),
                Err(error) => return Err(error),
            },
        };
        Ok(Some(Self { role, feed, cells: None, place: 0, row: 0 }))
    }

    pub(super) fn name(&self) -> &'static str {
        self.role.name()
    }

    /// How many rows can be had at once, after reading more where there are none; 0 at the end.
    pub(super) fn fill(&mut self, py: Python<'_>) -> PyResult<usize> {
        loop {
            if let Some(cells) = &self.cells {
                if self.place < cells.rows() {
                    return Ok(cells.rows() - self.place);
                }
            }
            self.cells = None;
            self.place = 0;
            self.cells = self.read(py)?;
            if self.cells.is_none() {
                self.feed = Feed::Nothing;
                return Ok(0);
            }
        }
    }

    /// The rows from the next one on, which `fill` has read.
    pub(super) fn cells(&self) -> Option<(&Cells, usize)> {
        Some((self.cells.as_ref()?, self.place))
    }

    /// The same of a column of texts.
    pub(super) fn texts(&self) -> Option<(&Texts, usize)> {
        match self.cells()? {
            (Cells::Texts(texts), place) => Some((texts, place)),
            (Cells::Numbers(_), _) => None,
        }
    }

    /// Goes on behind so many rows.
    pub(super) fn advance(&mut self, rows: usize) {
        self.place += rows;
        self.row += rows;
    }

    fn read(&mut self, py: Python<'_>) -> PyResult<Option<Cells>> {
        let (role, row) = (self.role, self.row);
        let name = role.name();
        match &mut self.feed {
            Feed::Nothing => Ok(None),
            Feed::Objects(objects) => read_objects(objects.bind(py), role, row),
            Feed::Arrow(arrays) => {
                let failed = |message| PyRuntimeError::new_err(format!("{name}: after row {row}: {message}"));
                let Some(data) = py.detach(|| arrays.next()).map_err(failed)? else { return Ok(None) };
                let cells = cells(&data).map_err(|broken| failed(broken.to_string()))?;
                Ok(Some(cells))
            }
        }
    }
}

/// The type of a column, or of the only column of a table; the names of the columns where there are several.
fn sole(data_type: &DataType) -> Result<&DataType, Vec<&str>> {
    match data_type {
        DataType::Struct(fields) if fields.len() == 1 => Ok(fields[0].data_type()),
        DataType::Struct(fields) => Err(names(fields)),
        data_type => Ok(data_type),
    }
}

fn names(fields: &Fields) -> Vec<&str> {
    fields.iter().map(|field| field.name().as_str()).collect()
}

fn several(role: Role, names: &[&str]) -> PyErr {
    let names = crate::error::visible(&names.join(", "));
    let message =
        format!("{}: expected {}, not a table: take one of its columns ({names})", role.name(), role.expected());
    PyTypeError::new_err(message)
}

fn cells(data: &ArrayData) -> Result<Cells, Broken> {
    if let DataType::Struct(_) = data.data_type() {
        // The rows of a table are never null, those of a struct may be: then its column's are, too.
        let child = data.child_data().first().ok_or(Broken)?;
        if child.len() < data.offset() + data.len() {
            return Err(Broken);
        }
        let child = child.slice(data.offset(), data.len());
        let nulls = NullBuffer::union(data.nulls(), child.nulls());
        let mut cells = cells(&child)?;
        match &mut cells {
            Cells::Texts(texts) => texts.nulls = nulls,
            Cells::Numbers(numbers) => numbers.nulls = nulls,
        }
        return Ok(cells);
    }
    if Texts::are_in(data.data_type()) {
        return Texts::of(data).map(Cells::Texts);
    }
    Integers::of(data).map(Cells::Numbers)
}

/// The next objects of an iterator, or `None` at its end.
fn read_objects(objects: &Bound<'_, PyIterator>, role: Role, row: usize) -> PyResult<Option<Cells>> {
    let mut objects = objects.clone().take(OBJECTS).enumerate().peekable();
    if objects.peek().is_none() {
        return Ok(None);
    }
    let (mut bytes, mut ends, mut numbers, mut valid) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (place, object) in objects {
        let object = object?;
        valid.push(!object.is_none());
        if role == Role::Reply {
            let code = if object.is_none() { None } else { Some(reply_code::extract(&object)) };
            let code = code.transpose().map_err(|error| at_row(object.py(), &error, role, row + place))?;
            numbers.push(code.map_or(0, ReplyCode::as_u16));
            continue;
        }
        if !object.is_none() {
            bytes.extend_from_slice(text(&object, role, row + place)?.as_bytes());
        }
        ends.push(bytes.len());
        if bytes.len() > BYTES {
            break;
        }
    }
    let nulls = valid.contains(&false).then(|| NullBuffer::from(valid));
    Ok(Some(if role == Role::Reply {
        Cells::Numbers(Integers::owned(numbers, nulls))
    } else {
        Cells::Texts(Texts::owned(bytes, &ends, nulls))
    }))
}

fn text(object: &Bound<'_, PyAny>, role: Role, row: usize) -> PyResult<Text> {
    let code = if role == Role::Enhanced { object.cast::<crate::enhanced_code::EnhancedCode>().ok() } else { None };
    let read = match code {
        Some(code) => Some(Text::Owned(code.get().0.to_string().into_bytes())),
        None => Text::from_object(object)?,
    };
    read.ok_or_else(|| at_row(object.py(), &wrong_type("str, bytes or None", object), role, row))
}

/// The error with the name of the column and the row in front.
fn at_row(py: Python<'_>, error: &PyErr, role: Role, row: usize) -> PyErr {
    let message = format!("{}: row {row}: {}", role.name(), error.value(py));
    PyErr::from_type(error.get_type(py), message)
}

impl Cells {
    fn rows(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.rows(),
            Self::Numbers(numbers) => numbers.rows(),
        }
    }

    /// The reply code of a row. Something that is none is an error, as it is one in `verdict`.
    pub(super) fn reply(&self, row: usize) -> Result<Option<ReplyCode>, String> {
        let numbers = match self {
            Self::Texts(texts) => {
                let text = texts.get(row).map_err(|broken| broken.to_string())?;
                return text.map(ReplyCode::from_bytes).transpose().map_err(|error| error.to_string());
            }
            Self::Numbers(numbers) if numbers.is_null(row) => return Ok(None),
            Self::Numbers(numbers) => numbers,
        };
        let number = numbers.get(row).and_then(|number| u16::try_from(number).ok());
        match number.map(ReplyCode::try_from) {
            Some(Ok(code)) => Ok(Some(code)),
            _ => Err(format!("expected a reply code of 200 to 599 or null, not {}", numbers.shown(row))),
        }
    }

    pub(super) fn enhanced(&self, row: usize) -> Result<Option<EnhancedCode>, String> {
        let text = self.text(row)?;
        text.map(EnhancedCode::from_bytes).transpose().map_err(|error| error.to_string())
    }

    pub(super) fn host(&self, row: usize) -> Result<Option<&str>, String> {
        let text = self.text(row)?;
        text.map(std::str::from_utf8).transpose().map_err(|_| "expected a name in UTF-8".to_owned())
    }

    fn text(&self, row: usize) -> Result<Option<&[u8]>, String> {
        match self {
            Self::Texts(texts) => texts.get(row).map_err(|broken| broken.to_string()),
            // No other column than that of reply codes takes numbers.
            Self::Numbers(_) => Ok(None),
        }
    }
}
