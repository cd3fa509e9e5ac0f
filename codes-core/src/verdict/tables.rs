//! The automaton over words that the macro builds, and one step of it.

use core::ops::Range;

/// The tables of an automaton, as `smtp_codes_data::automaton` builds and explains them.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Tables<'a> {
    pub slot_hashes: &'a [u32],
    pub slot_words: &'a [u16],
    pub root: &'a [u32],
    pub first_edges: &'a [u32],
    pub fails: &'a [u32],
    pub edge_words: &'a [u16],
    pub edge_states: &'a [u32],
    pub first_ends: &'a [u32],
    pub ends: &'a [u32],
    pub first_guard_ends: &'a [u32],
    pub guard_ends: &'a [u32],
    pub first_guard_places: &'a [u32],
    pub guard_places: &'a [u32],
    pub place_fewest: &'a [u8],
    pub place_most: &'a [u8],
    pub first_uses: &'a [u32],
    pub use_before: &'a [u32],
    pub use_after: &'a [u32],
    pub prefix_open: &'a [u8],
    pub prefix_words: &'a [u8],
    pub first_owners: &'a [u32],
    pub owners: &'a [u32],
    pub owner_kinds: &'a [u8],
}

impl Tables<'_> {
    /// The word with this hash.
    ///
    /// A hash is kept in 32 bits beside those that choose the slot: a word that is in no rule is taken for one that is about
    /// once in ten thousand million.
    pub(super) fn word(&self, hash: u64) -> Option<u16> {
        let count = self.slot_hashes.len();
        let mask = count - 1;
        let mut slot = (hash >> (64 - count.trailing_zeros())) as usize & mask;
        let part = ((hash >> 8) as u32).max(1);
        loop {
            let kept = self.slot_hashes[slot];
            if kept == part {
                return Some(self.slot_words[slot]);
            }
            if kept == 0 {
                return None;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The state after one more word; 0 is the root.
    #[inline]
    pub(super) fn step(&self, mut state: u32, word: u16) -> u32 {
        while state != 0 {
            let edges = range(self.first_edges, state);
            let words = &self.edge_words[edges.clone()];
            // Most states have a handful of edges: those are read through.
            let place = if words.len() <= 8 {
                words.iter().position(|edge| *edge == word)
            } else {
                words.binary_search(&word).ok()
            };
            if let Some(place) = place {
                return self.edge_states[edges.start + place];
            }
            state = self.fails[state as usize];
        }
        self.root[usize::from(word)]
    }

    /// A state and those that hold parts of it, but for the root.
    fn chain(&self, state: u32) -> impl Iterator<Item = u32> {
        let chain = core::iter::successors(Some(state), |state| Some(self.fails[*state as usize]));
        chain.take_while(|state| *state != 0)
    }

    /// The places of patterns that end in a state.
    #[inline]
    pub(super) fn ends(&self, state: u32) -> impl Iterator<Item = u32> {
        self.chain(state).flat_map(|state| self.ends[range(self.first_ends, state)].iter().copied())
    }

    /// Whether a place of a guard ends in a state.
    pub(super) fn ends_guard(&self, state: u32, place: u32) -> bool {
        self.chain(state).any(|state| self.guard_ends[range(self.first_guard_ends, state)].contains(&place))
    }

    /// The places of a guard.
    pub(super) fn guard(&self, guard: u16) -> &[u32] {
        &self.guard_places[range(self.first_guard_places, guard.into())]
    }
}

/// What belongs to an entry, where each entry has the first of its own and the next entry's first is its end.
#[inline]
pub(super) fn range(firsts: &[u32], entry: u32) -> Range<usize> {
    firsts[entry as usize] as usize..firsts[entry as usize + 1] as usize
}

/// Numbers that the macro wrote as little-endian bytes, as a list of so many literals would cost every build seconds.
#[doc(hidden)]
pub const fn u32s<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let mut numbers = [0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = u32::from_le_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]]);
        i += 1;
    }
    numbers
}

/// As [`u32s`], for numbers of two bytes.
#[doc(hidden)]
pub const fn u16s<const N: usize>(bytes: &[u8]) -> [u16; N] {
    let mut numbers = [0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = u16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]]);
        i += 1;
    }
    numbers
}
