//! The only rooms that touch the world: the project on disk, the published folder, the reader's browser.
#![allow(clippy::disallowed_methods, reason = "this is where the disk is")]

mod browser;
mod child;
mod error;
mod file;
mod git;
mod lock;
mod manifest;
mod place;
pub mod project;
mod publish;
mod rustc;
mod server;
mod watch;

pub use browser::{Browser, Layout, OLDEST, PIXEL, Part, Printed, Sheet, Wanted, Wide, no_browser, release};
pub use error::Error;
pub use file::write_file;
pub use git::git_diff;
pub use place::{refuse_nested, refuse_unsafe};
pub use publish::{Published, publish, refuse_loss};
pub use rustc::{Rustc, Tried};
pub use server::Server;
pub use watch::{Changed, Watch};
