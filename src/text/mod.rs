//! The formats authors write in.
pub mod fence;
pub mod front_matter;
mod hidden;
pub mod highlight;
pub mod markdown;
pub mod percent;
pub mod sample;
pub mod slug;
pub mod words;
pub mod yaml;
