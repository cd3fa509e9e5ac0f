//! Whole outputs: each file in `tests/cmd` is one command and all that it writes, and the README shows real outputs.
//! `TRYCMD=overwrite cargo test --test snapshots` renews them.

#[test]
fn commands_write_what_they_wrote() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").case("README.md");
}
