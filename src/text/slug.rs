//! Anchors from headings, and ids from file names.
use unicode_normalization::UnicodeNormalization;

/// The anchor of a heading, much as GitHub makes it: lower case, letters and digits of any script, `-` for the rest.
///
/// Never empty: a heading without letters gives `section`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c {
            c if c.is_alphanumeric() || c == '_' => slug.push(c),
            c if (c.is_whitespace() || c == '-') && !slug.is_empty() && !slug.ends_with('-') => {
                slug.push('-');
            }
            _ => {}
        }
    }
    let end = slug.trim_end_matches('-').len();
    slug.truncate(end);
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Whether `text` can be an id: a lower-case letter or digit, then at most 79 of those or `-`; no name of a device.
pub fn is_id(text: &str) -> bool {
    // Windows takes these for devices, whatever the ending.
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let is_device = DEVICES.contains(&text)
        || text
            .strip_prefix("com")
            .or_else(|| text.strip_prefix("lpt"))
            .is_some_and(|n| n.len() == 1 && n != "0");
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !is_device && (1..=80).contains(&text.len()) && !text.starts_with('-') && text.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_anchors() {
        assert_eq!(slug("What is `Arc<Mutex<T>>`?"), "what-is-arcmutext");
        assert_eq!(slug("  Größe — und Zweck "), "größe-und-zweck");
        assert_eq!(slug("同期"), "同期");
        assert_eq!(slug("???"), "section");
    }

    #[test]
    fn ids_are_plain() {
        assert!(is_id("moved-string"));
        for wrong in ["", "-a", "Aux.md", "aux", "com1", "a/b", "..", "ä", &"a".repeat(81)] {
            assert!(!is_id(wrong), "{wrong}");
        }
    }
}
