//! A question's body: its sections, and what is read out of them.
use super::{
    id::LevelId,
    rubric::Rubric,
    section::{Named, Section},
    taxonomy::Taxonomy,
};
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Span, Spanned, nearest},
    text::{
        markdown::{Document, Fragment, Heading, Item, Link, anchor_at},
        slug::slug,
    },
};
use std::collections::BTreeMap;

const SECTION_TWICE: Code = Code("section-twice");
const NEAR_SECTION: Code = Code("misspelt-section");
const OWN_SECTION: Code = Code("unknown-section");
const HIDDEN_SECTION: Code = Code("hidden-section");
const LOST_TEXT: Code = Code("lost-text");
const UNKNOWN_LEVEL: Code = Code("unknown-name");
const HEADING_LEVEL: Code = Code("heading-level");

/// What stands below a question's front matter.
#[derive(Debug, Default, Clone)]
pub struct Body {
    /// Why we ask.
    pub purpose: Fragment,
    sections: BTreeMap<Section, Fragment>,
    /// Sections under headings of the author's own.
    pub own_sections: Vec<(Spanned<String>, Fragment)>,
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
    /// Puts each section where it belongs. False when one of them could be taken for another.
    pub(super) fn read(
        source: &Source,
        document: Document,
        taxonomy: &Taxonomy,
        diagnostics: &mut Diagnostics,
    ) -> (Self, bool) {
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
                    body.name_anchor(place, &slug(known.title()));
                    body.sections.insert(known, section.body);
                }
                // Fail closed: what follows could be an answer that reads as a part of the prompt.
                Named::Nearly(known) => {
                    diagnostics.push(near_section(&section.title.value, known, place));
                    is_whole = false;
                }
                Named::Own => {
                    let message =
                        format!("unknown section `{}`: only interviewers read it", section.title.value);
                    let names: Vec<String> =
                        Section::ALL.iter().map(|known| format!("`{}`", known.title())).collect();
                    let help = format!("the sections are {}", names.join(", "));
                    diagnostics.push(Diagnostic::warning(OWN_SECTION, place, message).help(help));
                    body.own_sections.push((section.title, section.body));
                }
            }
        }
        is_whole &= body.check_shared_headings(diagnostics);
        is_whole &= body.check_shared_lines(source, &document.fences, diagnostics);
        if is_whole {
            body.sections().for_each(|(section, fragment)| tell_lost_text(section, fragment, diagnostics));
        }
        let items = &body.section(Section::FollowUps).full().items;
        body.follow_ups = items.iter().map(|item| follow_up(item, taxonomy, diagnostics)).collect();
        body.rubric = Rubric::parse(body.section(Section::Rubric), diagnostics);
        (body, is_whole)
    }

    /// Whether what stands at `place` is in a part that candidates read.
    pub fn is_shared(&self, place: Span) -> bool {
        self.sections().any(|(section, part)| {
            section.is_shared() && part.span.start <= place.start && place.end <= part.span.end
        })
    }

    /// A section has one anchor, however its heading is written.
    fn name_anchor(&mut self, place: Span, anchor: &str) {
        if let Some(heading) = self.headings.iter_mut().find(|heading| heading.span.start == place.start) {
            anchor.clone_into(&mut heading.anchor);
        }
    }

    /// The anchor of the section whose heading stands at `place`.
    pub fn anchor_of(&self, place: Span) -> &str {
        anchor_at(&self.headings, place)
    }

    /// A deeper heading that is nearly a section's name must not put an answer into what candidates read.
    fn check_shared_headings(&self, diagnostics: &mut Diagnostics) -> bool {
        let mut is_whole = true;
        for heading in
            self.headings.iter().filter(|heading| heading.level > 2 && self.is_shared(heading.span))
        {
            if let Named::Nearly(known) = Section::named(&heading.text) {
                diagnostics.push(near_section(&heading.text, known, heading.span));
                is_whole = false;
            }
        }
        is_whole
    }

    /// A line that looks like the heading of a section, and starts none, must not put an answer into what candidates
    /// read: a missing space, an indent, a list or a quote around it are enough.
    fn check_shared_lines(&self, source: &Source, fences: &[Span], diagnostics: &mut Diagnostics) -> bool {
        let mut is_whole = true;
        for (_, shared) in
            self.sections().filter(|(section, fragment)| section.is_shared() && !fragment.is_empty())
        {
            let mut start = shared.span.start;
            for line in source.text[shared.span.range()].split_inclusive('\n') {
                let span = Span::new(source.id, start..start + line.trim_end().len());
                start += line.len();
                let Some(section) = Section::looked_like(line) else { continue };
                // Fences and headings stand in the order of the file: the last one that starts in time decides.
                let fence = fences[..fences.partition_point(|code| code.start < span.start)].last();
                let is_code = fence.is_some_and(|code| span.end <= code.end);
                let headings = &self.headings[..self.headings.partition_point(|it| it.span.start < span.end)];
                // Headings of another level were told already.
                let is_told = headings.last().is_some_and(|it| it.level != 2 && span.start <= it.span.start);
                if !is_code && !is_told {
                    let message =
                        format!("this looks like the section `{}`, and starts none", section.title());
                    let problem = Diagnostic::error(HIDDEN_SECTION, span, message);
                    let help =
                        format!("write `## {}` at the start of a line, after an empty one", section.title());
                    diagnostics.push(problem.help(help));
                    is_whole = false;
                }
            }
        }
        is_whole
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

fn near_section(written: &str, known: Section, place: Span) -> Diagnostic {
    Diagnostic::error(NEAR_SECTION, place, format!("unknown section `{written}`"))
        .help(format!("did you mean `## {}`?", known.title()))
}

/// Sections that are lists print their items only: what stands beside them would be lost.
fn tell_lost_text(section: Section, body: &Fragment, diagnostics: &mut Diagnostics) {
    let Some(place) = body.full().loose.filter(|_| section.is_list()) else { return };
    let message = format!("text outside the list of `{}` is printed nowhere", section.title());
    let help = match section {
        Section::Rubric => "put it below a heading such as `### 3`, or move it to `## Notes`",
        _ => "make it a bullet, or move it to `## Notes`",
    };
    diagnostics.push(Diagnostic::warning(LOST_TEXT, place, message).help(help));
}

/// `(senior) How would you …?`: the mark, and the rest. Another word in brackets is a part of the question.
fn follow_up(item: &Item, taxonomy: &Taxonomy, diagnostics: &mut Diagnostics) -> FollowUp {
    let plain = FollowUp { level: None, item: item.clone() };
    let Some((name, _)) = item.text.strip_prefix('(').and_then(|text| text.split_once(')')) else {
        return plain;
    };
    let levels = taxonomy.levels.iter().map(|level| level.id.as_str());
    let Some(known) = nearest(name, levels) else { return plain };
    let mark = format!("({name})");
    let span = Span { end: item.span.start + mark.len(), ..item.span };
    if known != name.to_lowercase() {
        let problem = Diagnostic::error(UNKNOWN_LEVEL, span, format!("unknown level `{name}`"));
        diagnostics.push(problem.help(format!("did you mean `({known})`?")));
        return plain;
    }
    let without = |text: &str| text.replacen(&mark, "", 1).trim_start().to_owned();
    let level = LevelId::new(known).map(|level| Spanned::new(level, span));
    FollowUp { level, item: Item { html: without(&item.html), text: without(&item.text), span: item.span } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Sources};

    fn told(text: &str) -> (FollowUp, usize) {
        let sources = Sources::from_iter([("t.yaml", "levels: { senior: { title: Senior } }")]);
        let mut diagnostics = Diagnostics::default();
        let taxonomy = Taxonomy::parse(sources.at("t.yaml").unwrap(), &mut diagnostics);
        let span = Span::new(FileId::default(), 5..5 + text.len());
        let item = Item { html: text.to_owned(), text: text.to_owned(), span };
        let follow_up = follow_up(&item, &taxonomy, &mut diagnostics);
        (follow_up, diagnostics.sorted().len())
    }

    #[test]
    fn a_follow_up_may_name_its_level() {
        for text in ["(senior) How?", "(Senior) How?"] {
            let (marked, problems) = told(text);
            assert_eq!(marked.level.unwrap().value.as_str(), "senior");
            assert_eq!((marked.item.html.as_str(), problems), ("How?", 0));
        }
        let (plain, problems) = told("(as above) How?");
        assert_eq!((plain.level, plain.item.text.as_str(), problems), (None, "(as above) How?", 0));
        assert_eq!(told("(senoir) How?").1, 1);
    }
}
