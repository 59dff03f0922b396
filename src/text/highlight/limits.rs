//! What is too much for the grammars: such code is shown as plain text. No clock decides, so every build agrees.
use syntect::parsing::SyntaxReference;

/// What a block may have, in bytes.
const LARGEST_BLOCK: usize = 256 * 1024;
/// What a line may have, in bytes: some patterns take time that grows with the square of it.
const LONGEST_LINE: usize = 4 * 1024;
/// How deep scopes may nest: every line costs time by the depth, and real code stays far below.
const DEEPEST_NESTING: usize = 512;

/// Whether `syntax` may read `code`.
pub(super) fn allow(code: &str, syntax: &SyntaxReference) -> bool {
    let fits = code.len() <= LARGEST_BLOCK && code.lines().all(|line| line.len() <= LONGEST_LINE);
    // The JavaScript grammar never ends on a comment after a name, such as `x /*`: two of its rules match nothing
    // and hand the place to each other. Until https://github.com/trishume/syntect/pull/706 is released, JavaScript
    // is read as TypeScript (see `languages`), and no other grammar may come to it with a block comment.
    fits && !(code.contains("/*") && enters_javascript(syntax))
}

/// Whether scopes nest so deep that reading stops.
pub(super) fn forbid_nesting(depth: usize) -> bool {
    depth > DEEPEST_NESTING
}

/// Most grammars that hold JavaScript hold another grammar of it, which ends.
#[cfg(feature = "onig")]
fn enters_javascript(syntax: &SyntaxReference) -> bool {
    matches!(syntax.name.as_str(), "JavaScript" | "Svelte")
}

/// Without `onig` there is only the grammar that does not end, and all of markup holds it.
#[cfg(not(feature = "onig"))]
fn enters_javascript(syntax: &SyntaxReference) -> bool {
    let scope = syntax.scope.build_string();
    let is_markup = scope.starts_with("text.") || scope.starts_with("embedding.");
    is_markup
        || matches!(
            syntax.name.as_str(),
            "ASP"
                | "Crystal"
                | "Graphviz (DOT)"
                | "Groovy"
                | "Java"
                | "JavaScript"
                | "JavaScript (Rails)"
                | "PureScript"
                | "Perl"
                | "QML"
                | "Ruby"
                | "Ruby on Rails"
                | "SQL (Rails)"
        )
}
