//! A rating scale: `content/scales/<id>.yaml`.
use super::id::ScaleId;
use crate::{
    source::{Code, Diagnostic, Diagnostics, Source, Spanned},
    text::yaml::{self, Fields},
};

const BAD_SCALE: Code = Code("bad-scale");

/// What ratings mean.
#[derive(Debug, Clone)]
pub struct Scale {
    /// The stem of its file.
    pub id: ScaleId,
    /// Its name on pages.
    pub title: String,
    /// From the lowest; at least two.
    pub points: Vec<Point>,
    /// Whether a question may be left unrated; such a question is left out of means.
    pub not_assessed: bool,
    /// The rating that is expected unless a question says otherwise.
    pub bar: u8,
    /// From the strongest no to the strongest yes; an even number, so that there is no middle to hide in.
    pub recommendation: Vec<String>,
}

/// A rating.
#[derive(Debug, Clone)]
pub struct Point {
    /// The number.
    pub value: u8,
    /// Its name.
    pub label: String,
    /// What it stands for on any question.
    pub meaning: String,
}

impl Scale {
    pub(super) fn parse(source: &Source, id: ScaleId, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mapping = yaml::read(source, 0..source.text.len(), diagnostics)?;
        let mut fields = Fields::of(mapping, diagnostics);
        let title = fields.required::<String>("title");
        let points = points(&mut fields);
        let not_assessed = fields.optional::<bool>("not_assessed").is_none_or(|claim| claim.value);
        let bar = fields.number("bar", 0..=10);
        let recommendation = fields.required_list::<String>("recommendation");
        let place = fields.place_of("recommendation").unwrap_or(fields.span());
        if recommendation.len() % 2 == 1 {
            let problem = Diagnostic::error(BAD_SCALE, place, "`recommendation` has a middle to hide in");
            fields.tell(problem.help("give an even number of choices"));
        }
        let highest = points.last().map_or(0, |point| point.value);
        let bar = bar.filter(|bar| {
            let fits = points.iter().any(|point| u32::from(point.value) == bar.value);
            if !fits && !points.is_empty() {
                let message = format!("`bar` is {}, which is no point of this scale", bar.value);
                fields.tell(Diagnostic::error(BAD_SCALE, bar.span, message));
            }
            fits
        });
        if !fields.finish("scale") {
            return None;
        }
        let bar = bar.map_or(highest.saturating_sub(1), |bar| narrow(&bar));
        let recommendation = recommendation.into_iter().map(|choice| choice.value).collect();
        Some(Self { id, title: title?.value, points, not_assessed, bar, recommendation })
    }

    /// The point with `value`.
    pub fn point(&self, value: u8) -> Option<&Point> {
        self.points.iter().find(|point| point.value == value)
    }
}

fn points(fields: &mut Fields<'_>) -> Vec<Point> {
    let place = fields.place_of("points").unwrap_or(fields.span());
    let mut points: Vec<Point> = Vec::new();
    for mapping in fields.rows("points") {
        let mut row = fields.inner(mapping);
        let span = row.span();
        let value = row.number("value", 0..=10);
        let label = row.required::<String>("label");
        let meaning = row.required::<String>("meaning");
        if row.finish("point of a scale")
            && let (Some(value), Some(label), Some(meaning)) = (value, label, meaning)
        {
            let value = narrow(&value);
            if points.last().is_some_and(|last| last.value >= value) {
                fields.tell(Diagnostic::error(BAD_SCALE, span, "points of a scale rise from line to line"));
            }
            points.push(Point { value, label: label.value, meaning: meaning.value });
        }
    }
    if points.len() < 2 {
        fields.tell(Diagnostic::error(BAD_SCALE, place, "a scale needs two points or more"));
    }
    points
}

/// A number that was read within `0..=10`.
fn narrow(number: &Spanned<u32>) -> u8 {
    u8::try_from(number.value).expect("scales are read within 0 to 10")
}
