//! Which grammar a language's name stands for.
use std::sync::OnceLock;

use syntect::parsing::{SyntaxReference, SyntaxSet};

use crate::source::nearest;

/// Names that the grammars do not know themselves. Where the two sets of grammars (for `onig` and `fancy-regex`)
/// differ for a language that both have, its name is settled here too, so that both features write the same page.
/// JavaScript is read as TypeScript because its own grammar may not end: see `limits`.
const ALIASES: [(&str, &str); 16] = [
    ("babel", "ts"),
    ("c#", "cs"),
    ("cjs", "ts"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("es6", "ts"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("javascript", "ts"),
    ("js", "ts"),
    ("jsonc", "json"),
    ("jsx", "tsx"),
    ("mjs", "ts"),
    ("objc", "m"),
    ("shell", "bash"),
    ("typescriptreact", "tsx"),
];

/// Names of text without a grammar, and of languages that at least one of the two sets lacks: nothing to warn of.
const PLAIN: [&str; 19] = [
    "ascii",
    "bicep",
    "console",
    "cue",
    "ebnf",
    "gleam",
    "mermaid",
    "none",
    "output",
    "plain",
    "plaintext",
    "powershell",
    "ps1",
    "pwsh",
    "shell-session",
    "terminal",
    "text",
    "txt",
    "wat",
];

/// The grammars, unpacked when the first code is seen.
#[derive(Debug, Default)]
pub(super) struct Languages(OnceLock<SyntaxSet>);

impl Languages {
    pub(super) fn syntaxes(&self) -> &SyntaxSet {
        self.0.get_or_init(two_face::syntax::extra_newlines)
    }

    /// The grammar for `language`, which is in lower case; `None` if it is plain text.
    pub(super) fn syntax(&self, language: &str) -> Option<&SyntaxReference> {
        if language.is_empty() || PLAIN.contains(&language) {
            return None;
        }
        let alias = ALIASES.iter().find(|(alias, _)| *alias == language);
        let token = alias.map_or(language, |&(_, token)| token);
        self.syntaxes().find_syntax_by_token(token).filter(|syntax| !syntax.hidden)
    }

    /// Whether `language` is a name for something, if only for plain text.
    pub(super) fn knows(&self, language: &str) -> bool {
        language.is_empty() || PLAIN.contains(&language) || self.syntax(language).is_some()
    }

    /// The known name nearest to `language`.
    pub(super) fn suggest(&self, language: &str) -> Option<String> {
        let visible = || self.syntaxes().syntaxes().iter().filter(|syntax| !syntax.hidden);
        let aliases = ALIASES.iter().map(|&(alias, _)| alias.to_owned());
        let names = visible().map(|syntax| syntax.name.to_lowercase()).filter(|name| !name.contains(' '));
        let names: Vec<String> = names.chain(aliases).collect();
        // Every short name has a neighbour among the many extensions of one or two letters.
        let is_name = |name: &&String| name.len() > 2 && !name.contains('.');
        let extensions = visible().flat_map(|syntax| &syntax.file_extensions).filter(is_name);
        // Most code here is Rust, and `rusy` is as near to `ruby`; `tmol` is nearer to `tml`, but means `toml`.
        nearest(language, ["rust"])
            .or_else(|| nearest(language, names.iter().map(String::as_str)))
            .or_else(|| nearest(language, PLAIN))
            .or_else(|| nearest(language, extensions.map(String::as_str)))
            .map(str::to_lowercase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alias_names_a_grammar_that_others_may_lack() {
        let languages = Languages::default();
        for (alias, token) in ALIASES {
            assert!(languages.syntax(alias).is_some(), "{alias} → {token}");
        }
    }

    #[test]
    fn common_names_find_the_grammar_that_is_meant() {
        let languages = Languages::default();
        let name = |language| languages.syntax(language).map(|syntax| syntax.name.as_str());
        assert_eq!(name("rs"), Some("Rust"));
        assert_eq!(name("c"), Some("C"));
        assert_eq!(name("js"), Some("TypeScript"));
        assert_eq!(name("jsx"), Some("TypeScriptReact"));
        assert_eq!(name("sh"), Some("Bourne Again Shell (bash)"));
        assert_eq!(name("objc"), Some("Objective-C"));
        assert_eq!(name("text"), None);
        assert_eq!(name("powershell"), None);
    }

    #[test]
    fn a_typo_is_told_with_the_name_that_was_meant() {
        let languages = Languages::default();
        for (written, meant) in [
            ("rusy", "rust"),
            ("pyhton", "python"),
            ("tmol", "toml"),
            ("bahs", "bash"),
            ("consoel", "console"),
        ] {
            assert!(!languages.knows(written));
            assert_eq!(languages.suggest(written).as_deref(), Some(meant));
        }
        assert!(!languages.knows("{=html}"));
        assert_eq!(languages.suggest("{=html}"), None);
        assert!(["", "text", "powershell", "rust", "c++", "jsx"].iter().all(|name| languages.knows(name)));
    }
}
