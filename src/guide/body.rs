//! A question's body: its sections, and what is read out of them.
use super::{
    id::LevelId,
    rubric::Rubric,
    section::{Named, Section},
    taxonomy::Taxonomy,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Span, Spanned},
    text::markdown::{Document, Fragment, Heading, Item, Link},
};
use std::collections::BTreeMap;

const SECTION_TWICE: Code = Code("section-twice");
const NEAR_SECTION: Code = Code("misspelt-section");
const OWN_SECTION: Code = Code("unknown-section");
const HEADING_LEVEL: Code = Code("heading-level");

/// What stands below a question's front matter.
#[derive(Debug, Default, Clone)]
pub struct Body {
    /// Why we ask.
    pub purpose: Fragment,
    sections: BTreeMap<Section, Fragment>,
    /// Sections under headings of the author's own.
    pub own_sections: Vec<(String, Fragment)>,
    /// What to ask when the answer is in.
    pub follow_ups: Vec<FollowUp>,
    /// What earns each rating.
    pub rubric: Rubric,
    /// Links to other parts of the project.
    pub links: Vec<Link>,
    /// Every heading, with its anchor.
    pub headings: Vec<Heading>,
}

/// Something to ask when the answer is in.
#[derive(Debug, Clone)]
pub struct FollowUp {
    /// The level it is for; `None`: every level.
    pub level: Option<Spanned<LevelId>>,
    /// What to ask, without the mark of the level.
    pub item: Item,
}

impl Body {
    /// Puts each section where it belongs. `None` when one of them could be taken for another.
    pub(super) fn read(
        document: Document,
        taxonomy: &Taxonomy,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let mut is_whole = check_heading_levels(&document.headings, diagnostics);
        let mut places: BTreeMap<Section, Span> = BTreeMap::new();
        let mut body = Self {
            purpose: document.opening,
            links: document.links,
            headings: document.headings,
            ..Self::default()
        };
        for section in document.sections {
            let place = section.title.span;
            match Section::named(&section.title.value) {
                Named::Known(known) => {
                    if let Some(first) = places.insert(known, place) {
                        let message = format!("the section `{}` is given twice", known.title());
                        let problem = Diagnostic::error(SECTION_TWICE, place, message);
                        diagnostics.push(problem.related(first, "first given here").help("join the two"));
                        is_whole = false;
                    }
                    body.sections.insert(known, section.body);
                }
                // Fail closed: what follows could be an answer that reads as a part of the prompt.
                Named::Nearly(known) => {
                    let message = format!("unknown section `{}`", section.title.value);
                    let help = format!("did you mean `## {}`?", known.title());
                    diagnostics.push(Diagnostic::error(NEAR_SECTION, place, message).help(help));
                    is_whole = false;
                }
                Named::Own => {
                    let message =
                        format!("unknown section `{}`: only interviewers read it", section.title.value);
                    let names: Vec<String> =
                        Section::ALL.iter().map(|known| format!("`{}`", known.title())).collect();
                    let help = format!("the sections are {}", names.join(", "));
                    diagnostics.push(Diagnostic::warning(OWN_SECTION, place, message).help(help));
                    body.own_sections.push((section.title.value, section.body));
                }
            }
        }
        body.follow_ups = body.section(Section::FollowUps).full().items.iter().map(follow_up).collect();
        let levels: Vec<_> = body.follow_ups.iter().filter_map(|it| it.level.clone()).collect();
        taxonomy.tell_unknown_levels(&levels, diagnostics);
        body.rubric = Rubric::parse(body.section(Section::Rubric), diagnostics);
        is_whole.then_some(body)
    }

    /// What stands under `section`; empty when the author left it out.
    pub fn section(&self, section: Section) -> &Fragment {
        static EMPTY: std::sync::LazyLock<Fragment> = std::sync::LazyLock::new(Fragment::default);
        self.sections.get(&section).unwrap_or(&EMPTY)
    }

    /// The sections that are there, in the order of a question's page.
    pub fn sections(&self) -> impl Iterator<Item = (Section, &Fragment)> {
        self.sections.iter().map(|(section, fragment)| (*section, fragment))
    }
}

/// A level-1 or deeper heading with a section's name would put an answer into the section above it.
fn check_heading_levels(headings: &[Heading], diagnostics: &mut Diagnostics) -> bool {
    let mut is_whole = true;
    for heading in headings.iter().filter(|heading| heading.level != 2) {
        let Named::Known(section) = Section::named(&heading.text) else {
            if heading.level == 1 {
                let problem =
                    Diagnostic::error(HEADING_LEVEL, heading.span, "a question has no level-1 heading");
                diagnostics
                    .push(problem.help("the title stands in the front matter; sections start with `##`"));
                is_whole = false;
            }
            continue;
        };
        let message = format!("the section `{}` is a level-{} heading", section.title(), heading.level);
        let help = format!("write `## {}`", section.title());
        diagnostics.push(Diagnostic::error(HEADING_LEVEL, heading.span, message).help(help));
        is_whole = false;
    }
    is_whole
}

/// `(senior) How would you …?`: the mark, and the rest.
fn follow_up(item: &Item) -> FollowUp {
    let marked = item.text.strip_prefix('(').and_then(|text| text.split_once(')'));
    let Some((name, _)) = marked.filter(|(name, _)| name.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    else {
        return FollowUp { level: None, item: item.clone() };
    };
    let Some(level) = LevelId::new(name) else { return FollowUp { level: None, item: item.clone() } };
    let mark = format!("({name})");
    let without = |text: &str| text.replacen(&mark, "", 1).trim_start().to_owned();
    let span = Span { end: item.span.start + mark.len(), ..item.span };
    let item = Item { html: without(&item.html), text: without(&item.text), span: item.span };
    FollowUp { level: Some(Spanned::new(level, span)), item }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_follow_up_may_name_its_level() {
        let item = |text: &str| Item {
            html: text.to_owned(),
            text: text.to_owned(),
            span: Span::new(FileId::default(), 5..5 + text.len()),
        };
        let marked = follow_up(&item("(senior) How?"));
        assert_eq!(marked.level.unwrap().value.as_str(), "senior");
        assert_eq!(marked.item.html, "How?");
        assert!(follow_up(&item("(as above) How?")).level.is_none());
    }
}
