//! The integers of an array: reply codes, and the keys of dictionaries.

use arrow_array::ArrowNativeTypeOp;
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_data::ArrayData;
use arrow_schema::DataType;

use super::texts::Broken;

/// The integers of an array, whatever their width.
pub(super) struct Integers {
    rows: usize,
    pub(super) nulls: Option<NullBuffer>,
    values: Values,
}

/// Calls a macro with each type of numbers: its name in the schema, and its type in Rust.
macro_rules! for_each_type {
    ($macro:ident) => {
        $macro! {
            Int8 i8, Int16 i16, Int32 i32, Int64 i64, UInt8 u8, UInt16 u16, UInt32 u32, UInt64 u64, Float32 f32, Float64 f64
        }
    };
}

macro_rules! define {
    ($($name:ident $type:ty),*) => {
        enum Values {
            $($name(ScalarBuffer<$type>)),*
        }

        impl Integers {
            fn read(data: &ArrayData, data_type: &DataType) -> Result<Values, Broken> {
                Ok(match data_type {
                    $(DataType::$name => Values::$name(values(data)?),)*
                    _ => return Err(Broken),
                })
            }

            /// The number of a row as an `i64`, or `None` where it is null or none.
            #[inline]
            pub(super) fn get(&self, row: usize) -> Option<i64> {
                if self.is_null(row) {
                    return None;
                }
                match &self.values {
                    $(Values::$name(values) => values[row].whole()),*
                }
            }
        }
    };
}

for_each_type!(define);

impl Integers {
    /// Whether arrays of this type have integers.
    pub(super) fn are_in(data_type: &DataType) -> bool {
        data_type.is_integer()
    }

    /// Whether arrays of this type may have reply codes: a column of integers in which some are missing is one of floats in
    /// some libraries.
    pub(super) fn may_be_in(data_type: &DataType) -> bool {
        Self::are_in(data_type) || matches!(data_type, DataType::Float32 | DataType::Float64)
    }

    /// The integers of an array, or the keys of a dictionary.
    pub(super) fn of(data: &ArrayData) -> Result<Self, Broken> {
        let data_type = match data.data_type() {
            DataType::Dictionary(keys, _) => keys,
            data_type => data_type,
        };
        Ok(Self { rows: data.len(), nulls: data.nulls().cloned(), values: Self::read(data, data_type)? })
    }

    /// Numbers of our own.
    pub(super) fn owned(numbers: Vec<u16>, nulls: Option<NullBuffer>) -> Self {
        Self { rows: numbers.len(), nulls, values: Values::UInt16(numbers.into()) }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn is_null(&self, row: usize) -> bool {
        self.nulls.as_ref().is_some_and(|nulls| nulls.is_null(row))
    }

    /// The number of a row for a message.
    pub(super) fn shown(&self, row: usize) -> String {
        macro_rules! shown {
            ($($name:ident $type:ty),*) => {
                match &self.values {
                    $(Values::$name(values) => values[row].to_string()),*
                }
            };
        }
        for_each_type!(shown)
    }
}

fn values<T: ArrowNativeTypeOp>(data: &ArrayData) -> Result<ScalarBuffer<T>, Broken> {
    let buffer = data.buffers().first().ok_or(Broken)?;
    if buffer.len() / size_of::<T>() < data.offset() + data.len() {
        return Err(Broken);
    }
    Ok(ScalarBuffer::new(buffer.clone(), data.offset(), data.len()))
}

/// A number that may be a whole one.
trait Whole {
    fn whole(self) -> Option<i64>;
}

macro_rules! whole {
    ($($type:ty),*) => {$(
        impl Whole for $type {
            fn whole(self) -> Option<i64> {
                i64::try_from(self).ok()
            }
        }
    )*};
}

whole!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Whole for f64 {
    fn whole(self) -> Option<i64> {
        // No reply code is larger than what an `i16` holds.
        #[expect(clippy::cast_possible_truncation, reason = "what does not fit is not equal to the number")]
        let whole = self as i16;
        #[expect(clippy::float_cmp, reason = "a whole number is one exactly")]
        let is_whole = f64::from(whole) == self;
        is_whole.then_some(i64::from(whole))
    }
}

impl Whole for f32 {
    fn whole(self) -> Option<i64> {
        f64::from(self).whole()
    }
}
