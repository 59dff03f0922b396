//! Is this fit to be read? Candidates get nothing that only interviewers may read, and code is what it claims to be.
mod leak;
mod samples;

pub use leak::leak;
pub use samples::samples;
