//! Where links lead: elsewhere, within the file, or to another file of the project.
use super::{ANCHOR_MARK, SOURCE_SCHEME};
use crate::{
    source::{Code, Diagnostic, Source, Span},
    text::percent::{decoded, encoded},
};

const UNSAFE_LINK: Code = Code("unsafe-link");
const REMOTE_IMAGE: Code = Code("remote-image");
const ABSOLUTE_LINK: Code = Code("absolute-link");
const OUTSIDE_LINK: Code = Code("link-outside");

/// A link to a part of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The place of its address.
    pub span: Span,
    /// Whether it is shown in place, as an image is.
    pub is_image: bool,
}

/// A place in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Path of the file, relative to the project.
    pub path: String,
    /// The anchor in it, without `#`.
    pub anchor: Option<String>,
}

/// An address as authors write it, understood.
pub(super) enum Address {
    /// Another site, or a mail: the address stays.
    Elsewhere,
    /// An anchor of the same file.
    Within(Target),
    /// Another file of the project.
    File(Target),
}

/// Understands `address` as it stands in `source`.
pub(super) fn understand(
    address: &str,
    source: &Source,
    span: Span,
    is_image: bool,
) -> Result<Address, Diagnostic> {
    if let Some(anchor) = address.strip_prefix('#') {
        return Ok(Address::Within(Target { path: source.path.clone(), anchor: Some(decoded(anchor)) }));
    }
    match scheme(address) {
        Some("http" | "https") if is_image => {
            let problem = Diagnostic::error(REMOTE_IMAGE, span, "an image cannot come from another site");
            return Err(problem.help("put the file beside this page, and write its relative path"));
        }
        Some("http" | "https" | "mailto") => return Ok(Address::Elsewhere),
        Some(other) => {
            let problem =
                Diagnostic::error(UNSAFE_LINK, span, format!("a link cannot start with `{other}:`"));
            return Err(problem.help("use `https:`, `mailto:`, or the relative path of a file of the guide"));
        }
        None => {}
    }
    if address.starts_with('/') {
        let problem = Diagnostic::error(ABSOLUTE_LINK, span, format!("`{address}` is no relative path"));
        return Err(problem.help("write the path from this file, such as `../pages/how-to.md`"));
    }
    let (path, anchor) = match address.split_once('#') {
        Some((path, anchor)) => (path, Some(decoded(anchor)).filter(|anchor| !anchor.is_empty())),
        None => (address, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    match joined(&source.path, &decoded(path)) {
        Some(path) => Ok(Address::File(Target { path, anchor })),
        None => Err(Diagnostic::error(OUTSIDE_LINK, span, format!("`{address}` leads out of the project"))),
    }
}

impl Address {
    /// What the HTML says until the site is known; `None`: what the author wrote.
    pub(super) fn href(&self) -> Option<String> {
        match self {
            Self::Elsewhere => None,
            Self::Within(target) => {
                Some(format!("#{ANCHOR_MARK}{}", target.anchor.as_deref().unwrap_or_default()))
            }
            Self::File(target) => Some(target.href()),
        }
    }

    pub(super) fn target(self) -> Option<Target> {
        match self {
            Self::Elsewhere => None,
            Self::Within(target) | Self::File(target) => Some(target),
        }
    }
}

impl Target {
    fn href(&self) -> String {
        let anchor = self.anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
        format!("{SOURCE_SCHEME}{}{anchor}", encoded(&self.path))
    }
}

/// `https` of `https://…`; `None` for a path.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some(scheme)
}

/// `address` from the folder of `from`; `None` when it leaves the project.
fn joined(from: &str, address: &str) -> Option<String> {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(folders.pop()?),
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_the_project() {
        let from = "content/questions/async/a.md";
        assert_eq!(joined(from, "b.md").as_deref(), Some("content/questions/async/b.md"));
        assert_eq!(joined(from, "../x/./b.md").as_deref(), Some("content/questions/x/b.md"));
        assert_eq!(joined(from, "../../../../etc/passwd"), None);
    }

    #[test]
    fn a_path_with_a_colon_behind_a_slash_is_a_path() {
        assert_eq!(scheme("../a:b.md"), None);
        assert_eq!(scheme("javascript:alert(1)"), Some("javascript"));
    }
}
