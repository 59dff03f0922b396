//! The binary.
use std::process::ExitCode;

fn main() -> ExitCode {
    askbook::cli::run()
}
