//! Counts by how attempts ended.

use std::ops::AddAssign;

use smtp_codes::log::Outcome;

/// How many attempts ended in which way.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Outcomes {
    pub(crate) delivered: u64,
    pub(crate) deferred: u64,
    pub(crate) failed: u64,
    pub(crate) expired: u64,
    /// What this server refused; all others are about mail that it sent.
    pub(crate) rejected: u64,
}

impl Outcomes {
    pub(crate) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Delivered => self.delivered += 1,
            Outcome::Deferred => self.deferred += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Expired => self.expired += 1,
            Outcome::Rejected => self.rejected += 1,
            // A way to end that this program does not know yet is in the counts of lines only.
            _ => {}
        }
    }

    /// How often somebody else refused a message, for now or for good.
    pub(crate) fn refused(&self) -> u64 {
        self.deferred + self.failed
    }

    /// How many attempts at a delivery there were.
    pub(crate) fn attempts(&self) -> u64 {
        self.delivered + self.refused()
    }

    pub(crate) fn total(&self) -> u64 {
        self.attempts() + self.expired + self.rejected
    }
}

impl AddAssign for Outcomes {
    fn add_assign(&mut self, other: Self) {
        self.delivered += other.delivered;
        self.deferred += other.deferred;
        self.failed += other.failed;
        self.expired += other.expired;
        self.rejected += other.rejected;
    }
}
