//! Code in colour: HTML with short CSS classes, and the one style sheet that gives them meaning.
//!
//! Scopes of a grammar become one of twelve classes, one letter each, so that a page stays small; white space,
//! names and punctuation carry none.
//!
//! | class | what |
//! |---|---|
//! | `a` | attributes, annotations, lifetimes |
//! | `c` | comments |
//! | `d` | lines a diff deletes |
//! | `e` | escapes and placeholders in strings |
//! | `f` | functions and macros |
//! | `g` | tags and keys |
//! | `i` | lines a diff inserts |
//! | `k` | keywords |
//! | `n` | numbers and constants |
//! | `s` | strings |
//! | `t` | types |
//! | `v` | parameters and `self` |
//!
//! A line is `<span class="line">` where lines are numbered or marked, and then `line marked` if it is marked.
mod classes;
mod highlighter;
mod languages;
mod limits;
mod markup;
mod style_sheet;
mod tokens;

pub use highlighter::Highlighter;
pub use style_sheet::style_sheet;
