//! The classes of tokens, and which scope of a grammar belongs to which.
use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Attribute,
    Comment,
    Deleted,
    Escape,
    Function,
    Tag,
    Inserted,
    Keyword,
    Number,
    String,
    Type,
    Variable,
}

impl Class {
    pub(super) const ALL: [Self; 12] = [
        Self::Attribute,
        Self::Comment,
        Self::Deleted,
        Self::Escape,
        Self::Function,
        Self::Tag,
        Self::Inserted,
        Self::Keyword,
        Self::Number,
        Self::String,
        Self::Type,
        Self::Variable,
    ];

    /// Its CSS class.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Attribute => 'a',
            Self::Comment => 'c',
            Self::Deleted => 'd',
            Self::Escape => 'e',
            Self::Function => 'f',
            Self::Tag => 'g',
            Self::Inserted => 'i',
            Self::Keyword => 'k',
            Self::Number => 'n',
            Self::String => 's',
            Self::Type => 't',
            Self::Variable => 'v',
        }
    }

    /// Its name in the style sheet.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Comment => "comment",
            Self::Deleted => "deleted",
            Self::Escape => "escape",
            Self::Function => "function",
            Self::Tag => "tag",
            Self::Inserted => "inserted",
            Self::Keyword => "keyword",
            Self::Number => "number",
            Self::String => "string",
            Self::Type => "type",
            Self::Variable => "variable",
        }
    }

    /// The scope that says most about it: a theme's colour for this scope is the class's colour.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Self::Attribute => "entity.other.attribute-name",
            Self::Comment => "comment.line",
            Self::Deleted => "markup.deleted",
            Self::Escape => "constant.character.escape",
            Self::Function => "entity.name.function",
            Self::Tag => "entity.name.tag",
            Self::Inserted => "markup.inserted",
            Self::Keyword => "keyword.control",
            Self::Number => "constant.numeric",
            Self::String => "string.quoted.double",
            Self::Type => "entity.name.type",
            Self::Variable => "variable.parameter",
        }
    }
}

/// What a scope says about the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This class.
    Class(Class),
    /// A keyword if it is a word, as `and` is; what the scope around it says if it is a sign.
    Operator,
    /// Code again, whatever is around it: an interpolation in a string.
    Plain,
    /// What the scope around it says.
    Outer,
}

/// The first scope that is a prefix decides, so the special ones stand before the general ones.
const MEANINGS: [(&str, Meaning); 51] = [
    ("comment", Meaning::Class(Class::Comment)),
    ("constant.character.escape", Meaning::Class(Class::Escape)),
    ("constant.character.entity", Meaning::Class(Class::Escape)),
    ("constant.other.placeholder", Meaning::Class(Class::Escape)),
    ("constant", Meaning::Class(Class::Number)),
    ("entity.name.function", Meaning::Class(Class::Function)),
    ("entity.name.macro", Meaning::Class(Class::Function)),
    ("entity.name.tag", Meaning::Class(Class::Tag)),
    ("entity.name.table", Meaning::Class(Class::Tag)),
    ("entity.name.section", Meaning::Class(Class::Keyword)),
    ("entity.name.label", Meaning::Class(Class::Attribute)),
    ("entity.name.lifetime", Meaning::Class(Class::Attribute)),
    ("entity.name", Meaning::Class(Class::Type)),
    ("entity.other.attribute-name", Meaning::Class(Class::Attribute)),
    ("entity.other.inherited-class", Meaning::Class(Class::Type)),
    ("keyword.operator", Meaning::Operator),
    ("keyword", Meaning::Class(Class::Keyword)),
    ("markup.bold", Meaning::Class(Class::Keyword)),
    ("markup.deleted", Meaning::Class(Class::Deleted)),
    ("markup.heading", Meaning::Class(Class::Keyword)),
    ("markup.inserted", Meaning::Class(Class::Inserted)),
    ("markup.raw", Meaning::Class(Class::String)),
    ("meta.annotation", Meaning::Class(Class::Attribute)),
    ("meta.diff.header", Meaning::Class(Class::Comment)),
    ("meta.diff.range", Meaning::Class(Class::Attribute)),
    ("meta.embedded", Meaning::Plain),
    ("meta.interpolation", Meaning::Plain),
    ("meta.mapping.key.json", Meaning::Class(Class::Tag)),
    ("meta.template.expression", Meaning::Plain),
    ("source", Meaning::Plain),
    ("storage.modifier.lifetime", Meaning::Class(Class::Attribute)),
    ("storage.modifier", Meaning::Class(Class::Keyword)),
    ("storage.type.c", Meaning::Class(Class::Type)),
    ("storage.type.go", Meaning::Class(Class::Type)),
    ("storage.type.numeric", Meaning::Class(Class::Number)),
    ("storage.type.primitive", Meaning::Class(Class::Type)),
    ("storage.type.rust", Meaning::Class(Class::Type)),
    ("storage.type.string", Meaning::Class(Class::String)),
    ("storage", Meaning::Class(Class::Keyword)),
    ("string.unquoted", Meaning::Outer),
    ("string", Meaning::Class(Class::String)),
    ("support.class", Meaning::Class(Class::Type)),
    ("support.constant", Meaning::Class(Class::Number)),
    ("support.function", Meaning::Class(Class::Function)),
    ("support.macro", Meaning::Class(Class::Function)),
    ("support.type", Meaning::Class(Class::Type)),
    ("variable.annotation", Meaning::Class(Class::Attribute)),
    ("variable.function", Meaning::Class(Class::Function)),
    ("variable.language", Meaning::Class(Class::Variable)),
    ("variable.parameter", Meaning::Class(Class::Variable)),
    ("punctuation.definition.variable", Meaning::Class(Class::Variable)),
];

static SCOPES: LazyLock<Vec<(Scope, Meaning)>> = LazyLock::new(|| {
    let scope = |name| Scope::new(name).expect("a name of at most four atoms is a scope");
    MEANINGS.iter().map(|&(name, meaning)| (scope(name), meaning)).collect()
});

/// What `scope` says about the text in it.
pub(super) fn meaning(scope: Scope) -> Meaning {
    let known = SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope));
    known.map_or(Meaning::Outer, |&(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_can_be_reached() {
        for (name, meant) in MEANINGS {
            assert_eq!(meaning(Scope::new(name).unwrap()), meant, "{name} stands after a more general scope");
        }
    }

    #[test]
    fn no_two_classes_share_a_letter_or_a_name() {
        for (at, class) in Class::ALL.into_iter().enumerate() {
            for other in &Class::ALL[..at] {
                assert_ne!(class.letter(), other.letter());
                assert_ne!(class.name(), other.name());
            }
            assert_eq!(meaning(Scope::new(class.scope()).unwrap()), Meaning::Class(class));
        }
    }
}
