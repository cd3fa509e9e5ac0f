//! The tasks as a maintainer runs them.

mod rfcs;
mod rules;
mod support;
#[cfg(unix)]
mod test;
mod validate;
