use std::process::ExitCode;

fn main() -> ExitCode {
    smtp_codes_cli::run(std::env::args_os()).into()
}
