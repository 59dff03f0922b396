//! Addresses of pages, relative to the root of the site.
use std::fmt;

/// The address of a file of the site: `questions/moved-string.html`. It always names a file, so that the site works
/// when it is opened from disk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route(String);

impl Route {
    /// The address `path`, relative to the root, with `/`.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }

    /// What leads from this page to the root of the site: nothing, `../`, `../../`, …
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }

    /// As a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_finds_the_root() {
        assert_eq!(Route::new("index.html").to_root(), "");
        assert_eq!(Route::new("questions/a.html").to_root(), "../");
        assert_eq!(Route::new("pages/guide/a.html").to_root(), "../../");
    }
}
