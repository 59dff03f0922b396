//! A rating scale as packets and rubrics print it.
use crate::guide::{Guide, Scale};
use serde::Serialize;

/// A rating scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScaleView {
    /// Its id.
    pub id: String,
    /// "Depth of evidence".
    pub title: String,
    /// From the lowest.
    pub points: Vec<PointView>,
    /// Whether there is a box for "not assessed".
    pub not_assessed: bool,
    /// From the strongest no to the strongest yes.
    pub recommendation: Vec<String>,
}

/// A point of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointView {
    /// 3.
    pub value: u8,
    /// "Solid".
    pub label: String,
    /// What it stands for.
    pub meaning: String,
}

impl ScaleView {
    pub(super) fn of(scale: &Scale) -> Self {
        let points = scale.points.iter().map(|point| PointView {
            value: point.value,
            label: point.label.clone(),
            meaning: point.meaning.clone(),
        });
        Self {
            id: scale.id.to_string(),
            title: scale.title.clone(),
            points: points.collect(),
            not_assessed: scale.not_assessed,
            recommendation: scale.recommendation.clone(),
        }
    }
}

/// The scales that questions of `guide` are rated on.
pub(super) fn scales_in_use(guide: &Guide) -> Vec<ScaleView> {
    let in_use = |scale: &&Scale| guide.questions.iter().any(|it| guide.scale(it).id == scale.id);
    guide.scales.values().filter(in_use).map(ScaleView::of).collect()
}
