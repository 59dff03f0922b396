//! Is this fit to be read? What candidates get holds nothing that only interviewers may read.
mod leak;

pub use leak::leak;
