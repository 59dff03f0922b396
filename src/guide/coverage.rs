//! Which competencies a loop reads, and how often: for each, who reads it, for how long, from how many questions.
use super::{
    id::CompetencyId,
    interview_loop::{Loop, Stage},
    model::{Asked, Guide},
    question::Question,
};

/// What one interviewer reads of one competency.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How long the questions take that read it.
    pub minutes: u32,
    /// How many those are.
    pub questions: usize,
}

/// What a loop reads of one competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Which.
    pub competency: CompetencyId,
    /// How many interviewers are to read it.
    pub required: u8,
    /// One for each interviewer, in the order of [`Loop::interviewers`].
    pub readings: Vec<Reading>,
}

impl Coverage {
    /// How many interviewers read it. Two questions of one person are one opinion.
    pub fn independent(&self) -> usize {
        self.readings.iter().filter(|reading| reading.questions > 0).count()
    }

    /// How many readings are wanting.
    pub fn missing(&self) -> usize {
        usize::from(self.required).saturating_sub(self.independent())
    }
}

impl Guide {
    /// What `stage` asks, in order; nothing, if there is no such packet.
    pub fn asked_at<'a>(&'a self, stage: &Stage) -> impl Iterator<Item = (&'a Asked, &'a Question)> {
        let asked = self.asked.get(&stage.packet.value).map_or(&[][..], Vec::as_slice);
        asked.iter().map(|it| (it, self.question(&it.question)))
    }

    /// What `it` reads: the competencies that it requires, in its order, then the others, in the taxonomy's.
    pub fn coverage(&self, it: &Loop) -> Vec<Coverage> {
        let interviewers = it.interviewers();
        let of = |competency: &CompetencyId, required: u8| {
            let mut readings = vec![Reading::default(); interviewers.len()];
            for stage in &it.stages {
                let who = interviewers.iter().position(|name| *name == stage.interviewer);
                let reading = &mut readings[who.expect("every stage has an interviewer of the loop")];
                let scored = self.asked_at(stage).filter(|(asked, _)| !asked.unscored);
                for (_, question) in
                    scored.filter(|(_, it)| it.competencies.iter().any(|(id, _)| id.value == *competency))
                {
                    reading.minutes += question.live_minutes();
                    reading.questions += 1;
                }
            }
            Coverage { competency: competency.clone(), required, readings }
        };
        let is_required = |id: &CompetencyId| it.requires.iter().any(|(own, _)| own.value == *id);
        let required = it.requires.iter().map(|(id, readings)| of(&id.value, *readings));
        let others = self.taxonomy.competencies.iter().filter(|competency| !is_required(&competency.id));
        let others = others.map(|competency| of(&competency.id, 0)).filter(|it| it.independent() > 0);
        required.chain(others).collect()
    }
}
