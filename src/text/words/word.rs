//! One word of the interface: a text with places to fill, or its plural forms.
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub(super) enum Word {
    /// Always the same.
    Text(String),
    /// Chosen by a number: plural category to text.
    Plural(BTreeMap<String, String>),
}

impl Word {
    /// Each of its texts.
    pub(super) fn texts(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Text(text) => Box::new(std::iter::once(text.as_str())),
            Self::Plural(forms) => Box::new(forms.values().map(String::as_str)),
        }
    }

    /// The names of its places; plural forms always have a `count`.
    pub(super) fn places(&self) -> BTreeSet<&str> {
        let count = matches!(self, Self::Plural(_)).then_some("count");
        let pieces = self.texts().flat_map(pieces);
        pieces
            .filter_map(|piece| if let Piece::Place(name) = piece { Some(name) } else { None })
            .chain(count)
            .collect()
    }
}

/// A part of a text.
enum Piece<'a> {
    Plain(&'a str),
    /// `{name}`.
    Place(&'a str),
}

/// `text` cut at its places. Braces around anything but a name are plain.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let place = rest.match_indices('{').find_map(|(at, _)| Some((at, place(&rest[at..])?)));
        let (piece, length) = match place {
            Some((0, name)) => (Piece::Place(name), name.len() + 2),
            Some((at, _)) => (Piece::Plain(&rest[..at]), at),
            None if rest.is_empty() => return None,
            None => (Piece::Plain(rest), rest.len()),
        };
        rest = &rest[length..];
        Some(piece)
    })
}

/// The name in the braces that `text` begins with.
fn place(text: &str) -> Option<&str> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    is_name.then_some(name)
}

/// A place that could not be filled, and why.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfilled<E> {
    /// Its name.
    pub place: String,
    /// What `value_of` said.
    pub cause: E,
}

/// `text` with a value in each of its `{places}`.
pub fn fill<E>(
    text: &str,
    mut value_of: impl FnMut(&str) -> Result<String, E>,
) -> Result<String, Unfilled<E>> {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Plain(text) => filled.push_str(text),
            Piece::Place(name) => {
                let value = value_of(name);
                filled.push_str(&value.map_err(|cause| Unfilled { place: name.to_owned(), cause })?);
            }
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_once_and_other_braces_stay() {
        let fill = |text: &str| fill(text, |name| if name == "a" { Ok("{b}".to_owned()) } else { Err(()) });
        assert_eq!(fill("{a}, {a} { a } {A} {").unwrap(), "{b}, {b} { a } {A} {");
        assert_eq!(fill("{{a}}").unwrap(), "{{b}}");
        assert_eq!(fill("{a} {b}").unwrap_err().place, "b");
    }
}
