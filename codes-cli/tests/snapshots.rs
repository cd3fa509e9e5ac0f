//! Whole outputs: each file in `tests/cmd` is one command and all that it writes, and the README shows real outputs.
//! `TRYCMD=overwrite cargo test --test snapshots` renews them.

#[test]
fn commands_write_what_they_wrote() {
    let cases = trycmd::TestCases::new();
    // Times are shown in the zone of the machine.
    cases.env("TZ", "UTC").case("tests/cmd/*.toml").case("README.md");
    // The repository's own page, which is no part of the package.
    if std::path::Path::new("../README.md").exists() {
        cases.case("../README.md").case("../docs/streams.md");
    }
}
