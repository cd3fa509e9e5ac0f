//! The tasks as a maintainer runs them.

mod rfcs;
mod support;
#[cfg(unix)]
mod test;
mod validate;
