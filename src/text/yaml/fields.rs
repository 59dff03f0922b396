//! Takes values out of a mapping key by key, and words what is wrong with each.
use serde_yaml::Value;
use std::ops::RangeInclusive;

use super::tree::{Node, Tree};
use crate::source::{Code, Diagnostic, Diagnostics, Severity, Span, Spanned, did_you_mean};

const UNKNOWN_KEY: Code = Code("unknown-key");
const MISSING_KEY: Code = Code("missing-key");
const EMPTY_VALUE: Code = Code("empty-value");
pub(super) const WRONG_TYPE: Code = Code("wrong-type");
const OUT_OF_RANGE: Code = Code("out-of-range");
const UNKNOWN_VALUE: Code = Code("unknown-value");

/// A mapping, in the author's order.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(super) span: Span,
    pub(super) entries: Vec<(Spanned<String>, Node)>,
}

/// What stands at a key, for those who do not know the keys beforehand.
#[derive(Debug, Clone)]
pub enum Content {
    /// As written, without quotes; empty only between quotes.
    Text(Spanned<String>),
    /// More keys.
    Mapping(Mapping),
    /// A list, at this place.
    List(Span),
    /// A key without a value.
    Nothing,
}

impl Mapping {
    /// Its place.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Its keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.value.as_str())
    }

    /// Its keys, and what stands at each.
    pub fn into_contents(self) -> impl Iterator<Item = (Spanned<String>, Content)> {
        self.entries.into_iter().map(|(key, node)| (key, Content::from(node)))
    }
}

impl From<Node> for Content {
    fn from(node: Node) -> Self {
        let span = node.span;
        match node.tree {
            Tree::Scalar { value: Value::Null, quoted: false, .. } => Self::Nothing,
            Tree::Scalar { text, .. } => Self::Text(Spanned::new(text, span)),
            Tree::Mapping(entries) => Self::Mapping(Mapping { span, entries }),
            Tree::Sequence(_) => Self::List(span),
        }
    }
}

/// A value that stands in one place: text, a number, a claim.
pub trait Scalar: Sized {
    /// What an author would call it: "a whole number".
    const EXPECTED: &'static str;
    /// Reads it from the text as written, without quotes, and from what YAML makes of it.
    fn read(text: &str, value: &Value) -> Option<Self>;
}

impl Scalar for String {
    const EXPECTED: &'static str = "text";
    /// `no`, `007` and `1.10` stay what the author wrote.
    fn read(text: &str, _: &Value) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "`true` or `false`";
    fn read(_: &str, value: &Value) -> Option<Self> {
        serde_yaml::from_value(value.clone()).ok()
    }
}

impl Scalar for u32 {
    const EXPECTED: &'static str = "a whole number";
    fn read(_: &str, value: &Value) -> Option<Self> {
        serde_yaml::from_value(value.clone()).ok()
    }
}

impl Scalar for jiff::civil::Date {
    const EXPECTED: &'static str = "a date such as `2026-11-22`";
    fn read(text: &str, _: &Value) -> Option<Self> {
        text.parse().ok().filter(|_| text.len() == "2026-11-22".len())
    }
}

/// A value out of a fixed list of names.
pub trait Choice: Copy + 'static {
    /// What an author would call it: "kind".
    const WHAT: &'static str;
    /// Every name, in the order to tell them.
    const ALL: &'static [(&'static str, Self)];

    /// Its name, as authors write it.
    fn name(self) -> &'static str
    where
        Self: PartialEq,
    {
        Self::ALL.iter().find(|(_, choice)| *choice == self).map_or("", |(name, _)| name)
    }
}

/// Takes values out of a [`Mapping`] key by key, and tells what is wrong with each.
#[derive(Debug)]
pub struct Fields<'d> {
    mapping: Mapping,
    pub(super) asked: Vec<&'static str>,
    missing: Vec<&'static str>,
    failed: bool,
    diagnostics: &'d mut Diagnostics,
}

impl<'d> Fields<'d> {
    /// Starts on `mapping`.
    pub fn of(mapping: Mapping, diagnostics: &'d mut Diagnostics) -> Self {
        Self { mapping, asked: Vec::new(), missing: Vec::new(), failed: false, diagnostics }
    }

    /// The place of the whole mapping.
    pub fn span(&self) -> Span {
        self.mapping.span
    }

    /// Adds a remark of the caller's own; an error makes [`Fields::finish`] return false.
    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.failed |= diagnostic.severity == Severity::Error;
        self.diagnostics.push(diagnostic);
    }

    /// Adds remarks of the caller's own; an error makes [`Fields::finish`] return false.
    pub fn tell_all(&mut self, tell: impl FnOnce(&mut Diagnostics)) {
        let mut told = Diagnostics::default();
        tell(&mut told);
        self.failed |= told.has_errors();
        self.diagnostics.append(told);
    }

    /// How many entries the list or mapping at `key` has, good or bad.
    pub fn length_of(&self, key: &str) -> usize {
        let node =
            self.mapping.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| &node.tree);
        match node {
            Some(Tree::Sequence(nodes)) => nodes.len(),
            Some(Tree::Mapping(entries)) => entries.len(),
            _ => 0,
        }
    }

    /// The value of `key`, which must be there.
    pub fn required<T: Scalar>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        self.must_have(key);
        self.optional(key)
    }

    /// The value of `key`, if it is there.
    pub fn optional<T: Scalar>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let node = self.take(key)?;
        self.scalar(key, &node)
    }

    /// Text that may be empty between quotes; empty is as good as absent.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        if self.is_empty_text(key) {
            self.asked.push(key);
            return None;
        }
        self.optional(key)
    }

    /// Whether `key` holds nothing, between quotes.
    pub fn is_empty_text(&self, key: &str) -> bool {
        let node =
            self.mapping.entries.iter().find(|(name, _)| name.value == key).map(|(_, node)| &node.tree);
        matches!(node, Some(Tree::Scalar { text, quoted: true, .. }) if text.is_empty())
    }

    /// A number within `range`, if it is there.
    pub fn number(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<Spanned<u32>> {
        let number = self.optional::<u32>(key)?;
        self.within(key, number, range)
    }

    /// One of a fixed list of names, if it is there.
    pub fn choice<T: Choice>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        let name = self.optional::<String>(key)?;
        self.chosen(&name)
    }

    /// One of a fixed list of names, which must be there.
    pub fn required_choice<T: Choice>(&mut self, key: &'static str) -> Option<Spanned<T>> {
        self.must_have(key);
        self.choice(key)
    }

    /// A list of names out of a fixed list; absent is empty.
    pub fn choices<T: Choice>(&mut self, key: &'static str) -> Vec<Spanned<T>> {
        let names = self.list::<String>(key);
        names.iter().filter_map(|name| self.chosen(name)).collect()
    }

    /// A list; absent is empty.
    pub fn list<T: Scalar>(&mut self, key: &'static str) -> Vec<Spanned<T>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match &node.tree {
            Tree::Sequence(nodes) => nodes.iter().filter_map(|node| self.scalar(key, node)).collect(),
            Tree::Scalar { text, .. } => {
                let help = format!("write `{key}: [{text}]`");
                self.wrong_type(key, "a list", node.span, Some(help));
                Vec::new()
            }
            Tree::Mapping(_) => {
                self.wrong_type(key, "a list", node.span, Some(format!("write `{key}: [one, two]`")));
                Vec::new()
            }
        }
    }

    /// A list that must be there and hold something.
    pub fn required_list<T: Scalar>(&mut self, key: &'static str) -> Vec<Spanned<T>> {
        self.must_have(key);
        let list = self.list(key);
        let node = self.mapping.entries.iter().find(|(name, _)| name.value == key);
        if let Some((name, Node { tree: Tree::Sequence(nodes), .. })) = node
            && nodes.is_empty()
        {
            let problem = Diagnostic::error(EMPTY_VALUE, name.span, format!("`{key}` is empty"));
            self.tell(problem);
        }
        list
    }

    /// A mapping of names to values, in the author's order; absent is empty.
    pub fn pairs<T: Scalar>(&mut self, key: &'static str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let Some(entries) = self.entries(key) else { return Vec::new() };
        let pairs = entries.into_iter().filter_map(|(name, node)| {
            let value = self.scalar(&name.value, &node)?;
            Some((name, value))
        });
        pairs.collect()
    }

    /// A list with one `name: value` a line; absent is empty.
    pub fn list_of_pairs<T: Scalar>(&mut self, key: &'static str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let mut pairs = Vec::new();
        for row in self.rows(key) {
            match <[_; 1]>::try_from(row.entries) {
                Ok([(name, node)]) => {
                    pairs.extend(self.scalar(&name.value, &node).map(|value| (name, value)));
                }
                Err(_) => self.wrong_type(key, "a list of one `name: value` a line", row.span, None),
            }
        }
        pairs
    }

    /// A mapping of names to numbers within `range`, in the author's order; absent is empty.
    pub fn numbers(
        &mut self,
        key: &'static str,
        range: &RangeInclusive<u32>,
    ) -> Vec<(Spanned<String>, Spanned<u32>)> {
        let pairs = self.pairs::<u32>(key);
        let within = pairs.into_iter().filter_map(|(name, number)| {
            let number = self.within(&name.value, number, range.clone())?;
            Some((name, number))
        });
        within.collect()
    }

    /// A mapping of names to names out of a fixed list, in the author's order; absent is empty.
    pub fn choice_pairs<T: Choice>(&mut self, key: &'static str) -> Vec<(Spanned<String>, Spanned<T>)> {
        let pairs = self.pairs::<String>(key);
        let chosen = pairs.into_iter().filter_map(|(name, choice)| {
            let choice = self.chosen(&choice)?;
            Some((name, choice))
        });
        chosen.collect()
    }

    /// A mapping of names to mappings, in the author's order; absent is empty.
    pub fn groups(&mut self, key: &'static str) -> Vec<(Spanned<String>, Mapping)> {
        let Some(entries) = self.entries(key) else { return Vec::new() };
        let groups = entries.into_iter().filter_map(|(name, node)| {
            let group = self.mapping_of(&name.value, node)?;
            Some((name, group))
        });
        groups.collect()
    }

    /// A list of mappings; absent is empty.
    pub fn rows(&mut self, key: &'static str) -> Vec<Mapping> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let Tree::Sequence(nodes) = node.tree else {
            self.wrong_type(key, "a list", node.span, Some("start each line with `- `".to_owned()));
            return Vec::new();
        };
        nodes.into_iter().filter_map(|node| self.mapping_of(key, node)).collect()
    }

    /// A mapping inside this one, if it is there.
    pub fn nested(&mut self, key: &'static str) -> Option<Mapping> {
        let node = self.take(key)?;
        self.mapping_of(key, node)
    }

    /// A mapping inside this one, read by `read` key by key.
    pub fn within_nested<T>(
        &mut self,
        key: &'static str,
        what: &str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let mapping = self.nested(key)?;
        let mut fields = Fields::of(mapping, self.diagnostics);
        let value = read(&mut fields);
        let fine = fields.finish(what);
        self.failed |= !fine;
        fine.then_some(value)
    }

    /// Starts on a mapping that one of these values is; remarks go to the same place.
    pub fn inner(&mut self, mapping: Mapping) -> Fields<'_> {
        Fields::of(mapping, self.diagnostics)
    }

    /// Whatever the author wrote there, for themes.
    pub fn free(&mut self, key: &'static str) -> serde_json::Value {
        self.take(key)
            .map_or_else(|| serde_json::Value::Object(serde_json::Map::new()), |node| node.to_json())
    }

    /// Asks for `key`, which must be there; its value is read by another method.
    pub fn needs(&mut self, key: &'static str) {
        self.must_have(key);
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    /// The place of `key` itself, if it is there.
    pub fn place_of(&self, key: &str) -> Option<Span> {
        self.mapping.entries.iter().find(|(name, _)| name.value == key).map(|(name, _)| name.span)
    }

    /// Tells unknown and missing keys. True when nothing was an error.
    ///
    /// `what` is the author's word for the whole: "question".
    pub fn finish(mut self, what: &str) -> bool {
        let unknown: Vec<Spanned<String>> =
            self.mapping.entries.iter().map(|(key, _)| key).filter(|key| !self.asks(key)).cloned().collect();
        for key in unknown {
            let help = did_you_mean(&key.value, self.asked.iter().copied());
            let message = format!("unknown key `{}` in a {what}", key.value);
            self.tell(Diagnostic::error(UNKNOWN_KEY, key.span, message).maybe_help(help));
        }
        if !self.missing.is_empty() {
            let names: Vec<String> = self.missing.iter().map(|key| format!("`{key}`")).collect();
            let message = format!("{what} has no {}", names.join(", "));
            let help = format!(
                "add {}",
                self.missing.iter().map(|key| format!("`{key}: …`")).collect::<Vec<_>>().join(", ")
            );
            let start = Span::new(self.mapping.span.file, self.mapping.span.start..self.mapping.span.start);
            self.tell(Diagnostic::error(MISSING_KEY, start, message).help(help));
        }
        !self.failed
    }

    fn asks(&self, key: &Spanned<String>) -> bool {
        self.asked.contains(&key.value.as_str())
    }

    fn must_have(&mut self, key: &'static str) {
        if self.place_of(key).is_none() {
            self.missing.push(key);
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Node> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        let (name, node) = self.mapping.entries.iter().find(|(name, _)| name.value == key)?.clone();
        if node.is_null() {
            let problem = Diagnostic::error(EMPTY_VALUE, name.span, format!("`{key}` is empty"));
            self.tell(problem.help("write a value, or delete the line"));
            return None;
        }
        Some(node)
    }

    fn entries(&mut self, key: &'static str) -> Option<Vec<(Spanned<String>, Node)>> {
        let node = self.take(key)?;
        let Tree::Mapping(entries) = node.tree else {
            self.wrong_type(key, "a mapping", node.span, Some(format!("write `{key}: {{ name: value }}`")));
            return None;
        };
        Some(entries)
    }

    fn mapping_of(&mut self, key: &str, node: Node) -> Option<Mapping> {
        let Tree::Mapping(entries) = node.tree else {
            self.wrong_type(key, "a mapping", node.span, Some("write `{ key: value }`".to_owned()));
            return None;
        };
        Some(Mapping { span: node.span, entries })
    }

    fn scalar<T: Scalar>(&mut self, key: &str, node: &Node) -> Option<Spanned<T>> {
        let Tree::Scalar { text, value, quoted } = &node.tree else {
            self.wrong_type(key, T::EXPECTED, node.span, None);
            return None;
        };
        if text.trim().is_empty() || matches!((value, quoted), (Value::Null, false)) {
            self.tell(Diagnostic::error(EMPTY_VALUE, node.span, format!("`{key}` is empty")));
            return None;
        }
        let read = T::read(text, value);
        if read.is_none() {
            let found = format!("`{key}` is `{}`, not {}", shortened(text), T::EXPECTED);
            self.tell(Diagnostic::error(WRONG_TYPE, node.span, found));
        }
        read.map(|value| Spanned::new(value, node.span))
    }

    fn within(
        &mut self,
        key: &str,
        number: Spanned<u32>,
        range: RangeInclusive<u32>,
    ) -> Option<Spanned<u32>> {
        if range.contains(&number.value) {
            return Some(number);
        }
        let message = format!("`{key}` is {}, not from {} to {}", number.value, range.start(), range.end());
        self.tell(Diagnostic::error(OUT_OF_RANGE, number.span, message));
        None
    }

    fn chosen<T: Choice>(&mut self, name: &Spanned<String>) -> Option<Spanned<T>> {
        if let Some((_, choice)) = T::ALL.iter().find(|(known, _)| *known == name.value) {
            return Some(Spanned::new(*choice, name.span));
        }
        let help = did_you_mean(&name.value, T::ALL.iter().map(|(known, _)| *known));
        let message = format!("unknown {} `{}`", T::WHAT, shortened(&name.value));
        self.tell(Diagnostic::error(UNKNOWN_VALUE, name.span, message).maybe_help(help));
        None
    }

    fn wrong_type(&mut self, key: &str, expected: &str, span: Span, help: Option<String>) {
        let message = format!("`{key}` is not {expected}");
        self.tell(Diagnostic::error(WRONG_TYPE, span, message).maybe_help(help));
    }
}

/// What the author wrote, short enough for a message.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 40 {
        return line.to_owned();
    }
    format!("{}…", line.chars().take(40).collect::<String>())
}
