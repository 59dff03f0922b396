//! Languages and their plural forms; the only file that names ICU's crates.
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRuleType, PluralRules, PluralRulesOptions};

/// The form that every language has.
pub(super) const OTHER: &str = "other";

/// Which form of a word goes with a number, in one language.
#[derive(Debug, Clone)]
pub struct Plurals(Locale);

impl Plurals {
    /// Those of the language `tag`; of one that nobody has described, those of a language without forms.
    pub(super) fn of(tag: &str) -> Self {
        Self(Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN))
    }

    /// The category of `count`: `one`, `other`, …
    pub fn category(&self, count: u64) -> &'static str {
        name(self.rules().category_for(count))
    }

    /// Every category that its language has.
    #[cfg(test)]
    pub(super) fn categories(&self) -> Vec<&'static str> {
        self.rules().categories().map(name).collect()
    }

    /// Made when they are asked for: they are small, and cannot go from thread to thread.
    fn rules(&self) -> PluralRules {
        let options = PluralRulesOptions::default().with_type(PluralRuleType::Cardinal);
        PluralRules::try_new((&self.0).into(), options).expect("the data is part of the program")
    }
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => OTHER,
    }
}

/// Whether `key` is the name of a form.
pub(super) fn is_category(key: &str) -> bool {
    PluralCategory::all().any(|category| name(category) == key)
}

/// Whether `tag` is made as a language tag is: `en`, `de-CH`. Browsers refuse what is not.
pub fn is_language(tag: &str) -> bool {
    Locale::try_from_str(tag).is_ok()
}

/// `tag` as it is usually written, then wider and wider: `de-CH`, `de`.
pub(super) fn widening(tag: &str) -> Vec<String> {
    let tag = Locale::normalize(tag).map_or_else(|_| tag.to_owned(), std::borrow::Cow::into_owned);
    let ends = tag.match_indices('-').map(|(at, _)| at).chain([tag.len()]);
    let mut tags: Vec<String> = ends.map(|end| tag[..end].to_owned()).collect();
    tags.reverse();
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_widen_from_their_usual_spelling() {
        assert_eq!(widening("DE-ch"), ["de-CH", "de"]);
        assert_eq!(widening("zh-hant-tw"), ["zh-Hant-TW", "zh-Hant", "zh"]);
    }

    #[test]
    fn a_language_tag_is_told_from_a_word() {
        assert!(["en", "de-CH", "zh-Hant-TW", "gsw"].into_iter().all(is_language));
        assert!(!["de_DE", "e", "English, please", "de-", ""].into_iter().any(is_language));
    }

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        let forms = |tag: &str| [0, 1, 2, 5, 22].map(|count| Plurals::of(tag).category(count));
        assert_eq!(forms("de-CH"), ["other", "one", "other", "other", "other"]);
        assert_eq!(forms("fr"), ["one", "one", "other", "other", "other"]);
        assert_eq!(forms("pl"), ["many", "one", "few", "many", "few"]);
        assert_eq!(forms("ja"), ["other"; 5]);
        assert_eq!(forms("qqq"), ["other"; 5]);
    }
}
