/// How a run ended, the better first: the worst of several counts.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Outcome {
    /// Everything asked for was found or done.
    Found,
    /// Something is in no part of the catalogue.
    Missing,
    /// Something could not be understood or read.
    Bad,
}

impl From<Outcome> for u8 {
    fn from(outcome: Outcome) -> Self {
        outcome as u8
    }
}
