//! The interview domain: questions, packets, pages, and the words they are sorted by.
mod article;
mod body;
mod id;
mod model;
mod packet;
mod parse;
mod question;
mod resolve;
mod rubric;
mod scale;
mod section;
mod select;
mod taxonomy;
mod vocabulary;

pub use article::Article;
pub use body::{Body, FollowUp};
pub use id::{CompetencyId, LevelId, PacketId, QuestionId, ScaleId, ThemeId, TopicId};
pub use model::{Asked, Guide};
pub use packet::{Choice, Packet, Part};
pub use parse::parse;
pub use question::{Leak, Question, Retired, Rust};
pub use rubric::{Anchor, Rubric};
pub use scale::{Point, Scale};
pub use section::{Named, Section};
pub use select::Query;
pub use taxonomy::{Competency, Level, Taxonomy, Theme, Topic};
pub use vocabulary::{Depth, Exposure, Kind, Need, RetiredReason, Sheet, Status};
