//! Verdicts on whole columns, as data frames, warehouses and clusters hold them, and on iterators.

mod capsule;
mod column;
pub(crate) mod each;
mod integers;
mod judge;
pub(crate) mod messages;
mod rows;
pub(crate) mod table;
mod texts;
