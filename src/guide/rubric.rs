//! What a candidate does who earns each rating.
use super::scale::Scale;
use crate::{
    source::{Code, Diagnostic, Diagnostics, Span, Spanned},
    text::markdown::{Fragment, Item},
};

const BAD_ANCHOR: Code = Code("bad-anchor");
const MISSING_ANCHORS: Code = Code("missing-anchors");

/// A question's own anchors for the points of its scale.
#[derive(Debug, Default, Clone)]
pub struct Rubric {
    /// In the author's order.
    pub anchors: Vec<Anchor>,
}

/// A rating, and what earns it.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The rating.
    pub value: Spanned<u8>,
    /// What is seen of a candidate who earns it.
    pub behaviours: Vec<Item>,
}

impl Rubric {
    /// Reads `### 3` headings and the bullets below each.
    pub(super) fn parse(section: &Fragment, diagnostics: &mut Diagnostics) -> Self {
        let mut anchors: Vec<Anchor> = Vec::new();
        for part in &section.full().parts {
            let Ok(value) = part.title.value.trim().parse::<u8>() else {
                let message = format!("`{}` is no rating", part.title.value);
                diagnostics.push(
                    Diagnostic::error(BAD_ANCHOR, part.title.span, message)
                        .help("write the number of a point of the scale, such as `### 3`"),
                );
                continue;
            };
            if let Some(first) = anchors.iter().find(|anchor| anchor.value.value == value) {
                let problem = Diagnostic::error(
                    BAD_ANCHOR,
                    part.title.span,
                    format!("the anchor {value} is given twice"),
                );
                diagnostics.push(problem.related(first.value.span, "first given here"));
                continue;
            }
            if part.items.is_empty() {
                let problem =
                    Diagnostic::error(BAD_ANCHOR, part.title.span, format!("the anchor {value} is empty"));
                diagnostics.push(problem.help("say below it what such a candidate does, as bullets"));
            }
            anchors
                .push(Anchor { value: Spanned::new(value, part.title.span), behaviours: part.items.clone() });
        }
        Self { anchors }
    }

    /// Holds the anchors against the points of `scale`; `complete`: every point needs one.
    pub(super) fn check(&self, scale: &Scale, complete: bool, place: Span, diagnostics: &mut Diagnostics) {
        for anchor in &self.anchors {
            if scale.point(anchor.value.value).is_none() {
                let message = format!("`{}` is no point of the scale `{}`", anchor.value.value, scale.id);
                let points: Vec<String> =
                    scale.points.iter().map(|point| format!("`{}`", point.value)).collect();
                diagnostics.push(
                    Diagnostic::error(BAD_ANCHOR, anchor.value.span, message)
                        .help(format!("its points are {}", points.join(", "))),
                );
            }
        }
        let has = |value: u8| self.anchors.iter().any(|anchor| anchor.value.value == value);
        let missing: Vec<String> = scale
            .points
            .iter()
            .filter(|point| !has(point.value))
            .map(|point| format!("`### {}`", point.value))
            .collect();
        if complete && !missing.is_empty() {
            let message = format!("rubric of an active question has no {}", missing.join(", "));
            let help = "say below each what such a candidate does, as bullets";
            diagnostics.push(Diagnostic::error(MISSING_ANCHORS, place, message).help(help));
        }
    }
}
