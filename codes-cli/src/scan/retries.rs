//! What became of deliveries that were put off: told by queue id and recipient, in bounded memory.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::quality::RandomState;

/// How many messages may wait at once in one half of the memory; of more, those put off longest ago are forgotten.
const MOST: usize = 1 << 17;

/// The deliveries that were put off and have not ended yet.
///
/// Of each, only hashes of its queue id and recipient are kept. There are two halves: when the first is full, what is still in
/// the second has not been tried for long and is forgotten, and the first becomes the second.
#[derive(Debug)]
pub(crate) struct Retries {
    hashes: RandomState,
    recent: HashMap<u64, Vec<Waiting>, RandomState>,
    older: HashMap<u64, Vec<Waiting>, RandomState>,
    most: usize,
    pub(crate) ended: Ended,
    /// How many deliveries were put off at least once.
    pub(crate) deliveries: u64,
    /// How many were forgotten before they ended.
    pub(crate) forgotten: u64,
}

/// How deliveries ended that had been put off.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Ended {
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
    pub(crate) expired: u64,
}

/// A delivery that waits.
#[derive(Debug)]
struct Waiting {
    recipient: u64,
    /// Why it was put off last.
    cause: usize,
}

impl Default for Retries {
    fn default() -> Self {
        Self::keeping(MOST)
    }
}

impl Retries {
    fn keeping(most: usize) -> Self {
        Self {
            hashes: RandomState::default(),
            recent: HashMap::default(),
            older: HashMap::default(),
            most,
            ended: Ended::default(),
            deliveries: 0,
            forgotten: 0,
        }
    }

    /// A delivery is put off.
    pub(crate) fn defer(&mut self, queue_id: &[u8], recipient: &[u8], cause: usize) {
        let (queue_id, recipient) = self.key(queue_id, recipient);
        let mut waiting = self.take(queue_id).unwrap_or_default();
        if let Some(known) = waiting.iter_mut().find(|waiting| waiting.recipient == recipient) {
            known.cause = cause;
        } else {
            self.deliveries += 1;
            waiting.reserve_exact(1);
            waiting.push(Waiting { recipient, cause });
        }
        if self.recent.len() >= self.most {
            let recent = std::mem::take(&mut self.recent);
            let forgotten = std::mem::replace(&mut self.older, recent);
            self.forgotten += forgotten.values().map(|waiting| waiting.len() as u64).sum::<u64>();
        }
        self.recent.insert(queue_id, waiting);
    }

    /// A delivery ends; gives why it was put off last, if it was.
    pub(crate) fn end(&mut self, queue_id: &[u8], recipient: &[u8], is_delivered: bool) -> Option<usize> {
        if self.is_empty() {
            return None;
        }
        let (queue_id, recipient) = self.key(queue_id, recipient);
        let half = if self.recent.contains_key(&queue_id) { &mut self.recent } else { &mut self.older };
        let waiting = half.get_mut(&queue_id)?;
        let place = waiting.iter().position(|waiting| waiting.recipient == recipient)?;
        let ended = waiting.swap_remove(place);
        if waiting.is_empty() {
            half.remove(&queue_id);
        }
        if is_delivered {
            self.ended.delivered += 1;
        } else {
            self.ended.failed += 1;
        }
        Some(ended.cause)
    }

    /// A delivery is given up, or without a recipient all of the message that still wait; gives why each was put off last.
    pub(crate) fn expire(&mut self, queue_id: &[u8], recipient: Option<&[u8]>) -> Vec<usize> {
        let queue_id = self.hashes.hash_one(queue_id);
        let recipient = recipient.map(|recipient| self.hashes.hash_one(recipient));
        let waiting = self.take(queue_id).unwrap_or_default();
        let is_meant = |waiting: &Waiting| recipient.is_none_or(|recipient| waiting.recipient == recipient);
        let (expired, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(is_meant);
        if !others.is_empty() {
            self.recent.insert(queue_id, others);
        }
        self.ended.expired += expired.len() as u64;
        expired.iter().map(|waiting| waiting.cause).collect()
    }

    /// How many still wait, and why each was put off last.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = usize> + '_ {
        self.recent.values().chain(self.older.values()).flatten().map(|waiting| waiting.cause)
    }

    fn is_empty(&self) -> bool {
        self.recent.is_empty() && self.older.is_empty()
    }

    fn take(&mut self, queue_id: u64) -> Option<Vec<Waiting>> {
        self.recent.remove(&queue_id).or_else(|| self.older.remove(&queue_id))
    }

    fn key(&self, queue_id: &[u8], recipient: &[u8]) -> (u64, u64) {
        (self.hashes.hash_one(queue_id), self.hashes.hash_one(recipient))
    }
}

#[cfg(test)]
mod tests {
    use super::{Ended, Retries};

    #[test]
    fn each_recipient_of_a_message_ends_by_itself() {
        let mut retries = Retries::default();
        retries.defer(b"A1", b"ann@a.example", 3);
        retries.defer(b"A1", b"bob@b.example", 4);
        retries.defer(b"A1", b"ann@a.example", 5);
        retries.defer(b"A2", b"ann@a.example", 6);
        assert_eq!(retries.deliveries, 3);
        assert_eq!(retries.end(b"A1", b"ann@a.example", true), Some(5));
        assert_eq!(retries.end(b"A1", b"ann@a.example", true), None);
        assert_eq!(retries.end(b"A2", b"ann@a.example", false), Some(6));
        assert_eq!(retries.end(b"A3", b"ann@a.example", true), None);
        assert_eq!(retries.waiting().collect::<Vec<_>>(), [4]);
        assert_eq!(retries.ended, Ended { delivered: 1, failed: 1, expired: 0 });
    }

    #[test]
    fn a_message_expires_for_all_that_still_wait() {
        let mut retries = Retries::default();
        for recipient in ["ann@a.example", "bob@b.example", "cy@c.example"] {
            retries.defer(b"A1", recipient.as_bytes(), 1);
        }
        retries.end(b"A1", b"bob@b.example", true);
        assert_eq!(retries.expire(b"A1", Some(b"cy@c.example")), [1]);
        assert_eq!(retries.expire(b"A1", None), [1]);
        assert_eq!(retries.expire(b"A1", None), [0; 0]);
        assert_eq!((retries.ended.expired, retries.waiting().count()), (2, 0));
    }

    #[test]
    fn what_waits_longest_is_forgotten_first() {
        let mut retries = Retries::keeping(10);
        for round in 0..100_u32 {
            retries.defer(&round.to_le_bytes(), b"ann@a.example", 0);
            retries.defer(b"tried again and again", b"ann@a.example", 1);
            assert!(retries.waiting().count() <= 20);
        }
        assert_eq!(retries.deliveries, 101);
        assert_eq!(retries.forgotten + retries.waiting().count() as u64, 101);
        assert_eq!(retries.end(b"tried again and again", b"ann@a.example", true), Some(1));
    }
}
