//! Pages, themes and files. Knows nothing of interviews.
mod artifacts;
mod builtin;
mod links;
mod manifest;
mod page;
mod render;
mod route;
mod search;
mod template;
mod theme;

pub use artifacts::Artifacts;
pub use page::{Assets, Files, Page, Site, View};
pub use render::render;
pub use route::Route;
pub use search::SearchEntry;
pub use template::{Seen, Templates};
pub use theme::{Asset, Template, Theme};
