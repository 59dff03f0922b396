//! Everything but the browser, in one binary: it links once.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::needless_raw_string_hashes,
    clippy::too_many_lines,
    clippy::unwrap_used,
    reason = "a test may read files and may panic; its snapshots are long, and snapbox writes them with hashes"
)]
mod architecture;
mod builds;
mod catalogue;
mod code_blocks;
mod commands;
mod coverage_page;
mod diagnostics;
mod editions;
mod golden;
mod languages;
mod links;
mod lists;
mod locks;
mod loops;
mod packets;
mod paper;
mod pdf;
mod properties;
mod questions;
mod support;
mod theme_contract;
mod themes;
mod translated;
