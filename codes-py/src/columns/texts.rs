//! The texts of an array, read where they lie.
//!
//! What the buffers hold is a claim of the library that made them: every offset, key and view is looked at before it is followed,
//! which costs little beside a verdict.

use arrow_array::ArrowNativeTypeOp;
use arrow_buffer::{Buffer, NullBuffer, ScalarBuffer};
use arrow_data::ArrayData;
use arrow_schema::DataType;

use super::integers::Integers;

/// The texts of an array.
pub(super) struct Texts {
    rows: usize,
    pub(super) nulls: Option<NullBuffer>,
    layout: Layout,
}

enum Layout {
    /// A text lies between two offsets in a buffer.
    Offsets(ScalarBuffer<i32>, Buffer),
    LargeOffsets(ScalarBuffer<i64>, Buffer),
    /// A view of 16 bytes has the length, and a short text itself or the place of a long one.
    Views(Buffer, Vec<Buffer>),
    /// A key for each text.
    Dictionary(Integers, Box<Texts>),
    /// No text at all.
    Null,
}

/// A row whose bytes are not where they ought to be.
#[derive(Debug)]
pub(super) struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array whose buffers do not fit together")
    }
}

impl Texts {
    /// Whether arrays of this type have texts.
    pub(super) fn are_in(data_type: &DataType) -> bool {
        use DataType::{Binary, BinaryView, Dictionary, LargeBinary, LargeUtf8, Null, Utf8, Utf8View};
        match data_type {
            Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView | Null => true,
            Dictionary(keys, values) => Integers::are_in(keys) && !values.is_nested() && Self::are_in(values),
            _ => false,
        }
    }

    /// The texts of an array of such a type.
    pub(super) fn of(data: &ArrayData) -> Result<Self, Broken> {
        let (rows, offset) = (data.len(), data.offset());
        let layout = match data.data_type() {
            DataType::Null => Layout::Null,
            DataType::Utf8 | DataType::Binary => {
                Layout::Offsets(offsets(&data.buffers()[0], offset, rows)?, data.buffers()[1].clone())
            }
            DataType::LargeUtf8 | DataType::LargeBinary => {
                Layout::LargeOffsets(offsets(&data.buffers()[0], offset, rows)?, data.buffers()[1].clone())
            }
            DataType::Utf8View | DataType::BinaryView => {
                let views = &data.buffers()[0];
                if views.len() / VIEW < offset + rows {
                    return Err(Broken);
                }
                let views = views.slice_with_length(offset * VIEW, rows * VIEW);
                Layout::Views(views, data.buffers()[1..].to_vec())
            }
            DataType::Dictionary(..) => {
                let values = data.child_data().first().ok_or(Broken)?;
                Layout::Dictionary(Integers::of(data)?, Box::new(Self::of(values)?))
            }
            _ => return Err(Broken),
        };
        Ok(Self { rows, nulls: data.nulls().cloned(), layout })
    }

    /// Texts of our own: `ends` has where each ends in `bytes`, and a text that is null is empty.
    pub(super) fn owned(bytes: Vec<u8>, ends: &[usize], nulls: Option<NullBuffer>) -> Self {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        // No vector is longer than `isize::MAX`.
        let offsets: ScalarBuffer<i64> = starts.map(|end| i64::try_from(end).unwrap_or(i64::MAX)).collect();
        Self { rows: ends.len(), nulls, layout: Layout::LargeOffsets(offsets, Buffer::from_vec(bytes)) }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// The text of a row, or `None` where it is null.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Result<Option<&[u8]>, Broken> {
        if self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(None);
        }
        match &self.layout {
            Layout::Null => Ok(None),
            Layout::Offsets(offsets, bytes) => between(offsets, bytes, row).map(Some),
            Layout::LargeOffsets(offsets, bytes) => between(offsets, bytes, row).map(Some),
            Layout::Views(views, buffers) => viewed(views, buffers, row).map(Some),
            Layout::Dictionary(keys, values) => {
                let key = keys.get(row).map(usize::try_from).ok_or(Broken)?.map_err(|_| Broken)?;
                if key < values.rows { values.get(key) } else { Err(Broken) }
            }
        }
    }
}

const VIEW: usize = 16;

fn offsets<T: ArrowNativeTypeOp>(buffer: &Buffer, offset: usize, rows: usize) -> Result<ScalarBuffer<T>, Broken> {
    // An array without rows may have no offsets at all.
    if rows == 0 {
        return Ok(ScalarBuffer::from(vec![T::ZERO]));
    }
    if buffer.len() / size_of::<T>() < offset + rows + 1 {
        return Err(Broken);
    }
    Ok(ScalarBuffer::new(buffer.clone(), offset, rows + 1))
}

#[inline]
fn between<'a, T: TryInto<usize> + Copy>(offsets: &[T], bytes: &'a [u8], row: usize) -> Result<&'a [u8], Broken> {
    let (Ok(start), Ok(end)) = (offsets[row].try_into(), offsets[row + 1].try_into()) else { return Err(Broken) };
    bytes.get(start..end).ok_or(Broken)
}

fn viewed<'a>(views: &'a [u8], buffers: &'a [Buffer], row: usize) -> Result<&'a [u8], Broken> {
    const SHORT: usize = 12;
    let view = &views[row * VIEW..][..VIEW];
    let number = |place: usize| u32::from_ne_bytes([view[place], view[place + 1], view[place + 2], view[place + 3]]);
    let length = number(0) as usize;
    if length <= SHORT {
        return Ok(&view[4..4 + length]);
    }
    let start = number(12) as usize;
    let buffer = buffers.get(number(8) as usize).ok_or(Broken)?;
    buffer.get(start..start + length).ok_or(Broken)
}
