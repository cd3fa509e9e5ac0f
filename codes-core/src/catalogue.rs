//! The one macro call: everything here is made from the TOML files of `smtp-codes-data`.

smtp_codes_macros::catalogue!();
