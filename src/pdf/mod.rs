//! A printed file made accessible, small and the same on every run: PDF bytes in, PDF bytes out.
//!
//! It knows nothing of interviews, and nothing of the browser that printed the file.
mod content;
mod metadata;
mod printout;
mod structure;
mod text;

#[cfg(test)]
mod sample;

pub use printout::{Links, NotAPdf, Printout, Size};
