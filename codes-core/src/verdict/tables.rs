//! The automaton over words that the macro builds, and one step of it.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a part of a hash is what is wanted, and numbers were made to fit by the builder"
)]

use core::ops::Range;

/// The tables of an automaton, as `smtp_codes_data::automaton` builds and explains them.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Tables<'a> {
    pub slot_hashes: &'a [u32],
    pub slot_words: &'a [u16],
    pub root: &'a [u32],
    pub states: &'a [[u32; 3]],
    pub endings: &'a [[u32; 7]],
    pub edge_words: &'a [u16],
    pub edge_states: &'a [u32],
    pub ends: &'a [u32],
    pub guard_ends: &'a [u32],
    pub complete: &'a [[u32; 2]],
    pub first_guard_places: &'a [u32],
    pub guard_places: &'a [u32],
    pub places: &'a [[u32; 5]],
    pub use_before: &'a [u32],
    pub use_after: &'a [u32],
    pub prefixes: &'a [[u32; 2]],
    pub owners: &'a [u32],
    pub owner_kinds: &'a [u8],
}

/// What ends in a state.
pub(super) struct Ending<'a> {
    /// The places of patterns, and those of guards.
    pub(super) places: &'a [u32],
    pub(super) guards: &'a [u32],
    /// The complete patterns of one place, as prefixes, with their places.
    pub(super) complete: &'a [[u32; 2]],
    /// A bit for each prefix that goes on behind one of the places, as [`prefix_bit`] gives it,
    pub(super) going_on: u64,
    /// and for each behind which one of the places is used.
    pub(super) befores: u64,
}

/// A place of patterns.
pub(super) struct Place {
    /// How many words it has, at least and at most.
    pub(super) fewest: u8,
    pub(super) most: u8,
    /// The prefix that it is alone, where some pattern goes on behind it; else 0.
    pub(super) going_on: u32,
    /// A bit for each of the prefixes behind which it is used.
    pub(super) befores: u64,
    uses: Range<usize>,
}

/// The beginning of patterns.
pub(super) struct Prefix {
    /// How many words it has at least.
    pub(super) words: u8,
    /// Whether some pattern goes on behind it.
    pub(super) open: bool,
    /// The patterns that end with it.
    pub(super) owners: Range<usize>,
}

/// Few prefixes are met in a text, so one bit tells most of them apart.
pub(super) const fn prefix_bit(prefix: u32) -> u64 {
    1 << (prefix % 64)
}

impl<'a> Tables<'a> {
    /// The word with this hash.
    ///
    /// A hash is kept in 32 bits beside those that choose the slot: a word that is in no rule is taken for one that is about
    /// once in ten thousand million.
    #[inline]
    pub(super) fn word(&self, hash: u64) -> Option<u16> {
        let count = self.slot_hashes.len();
        let mut slot = (hash >> (64 - count.trailing_zeros())) as usize;
        let part = ((hash >> 8) as u32).max(1);
        loop {
            let kept = self.slot_hashes[slot];
            if kept == part {
                return Some(self.slot_words[slot]);
            }
            if kept == 0 {
                return None;
            }
            slot = (slot + 1) & (count - 1);
        }
    }

    /// The state after one more word; 0 is the root.
    #[inline]
    pub(super) fn step(&self, mut state: u32, word: u16) -> u32 {
        while state != 0 {
            let (row, next) = neighbours(self.states, state);
            let edges = row[0] as usize..next[0] as usize;
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
            state = row[1];
        }
        self.root[usize::from(word)]
    }

    /// What ends in a state.
    #[inline]
    pub(super) fn ending(&self, state: u32) -> Ending<'a> {
        let [.., ending] = self.states[state as usize];
        let ([place, guard, complete, a, b, c, d], next) = neighbours(self.endings, ending);
        Ending {
            places: &self.ends[*place as usize..next[0] as usize],
            guards: &self.guard_ends[*guard as usize..next[1] as usize],
            complete: &self.complete[*complete as usize..next[2] as usize],
            going_on: whole(*a, *b),
            befores: whole(*c, *d),
        }
    }

    #[inline]
    pub(super) fn place(&self, place: u32) -> Place {
        let ([lengths, going_on, first, low, high], next) = neighbours(self.places, place);
        let [fewest, most, ..] = lengths.to_le_bytes();
        let uses = *first as usize..next[2] as usize;
        Place { fewest, most, going_on: *going_on, befores: whole(*low, *high), uses }
    }

    #[inline]
    pub(super) fn prefix(&self, prefix: u32) -> Prefix {
        let ([first, words], [last, _]) = neighbours(self.prefixes, prefix);
        Prefix { words: (words >> 1) as u8, open: words & 1 != 0, owners: *first as usize..*last as usize }
    }

    /// The use of a place behind a prefix.
    pub(super) fn use_behind(&self, place: &Place, before: u32) -> Option<usize> {
        let found = self.use_before[place.uses.clone()].binary_search(&before).ok()?;
        Some(place.uses.start + found)
    }

    /// The places of a guard.
    pub(super) fn guard(&self, guard: u16) -> &'a [u32] {
        let guard = usize::from(guard);
        &self.guard_places[self.first_guard_places[guard] as usize..self.first_guard_places[guard + 1] as usize]
    }
}

/// A number of which the table has two halves.
#[inline]
const fn whole(low: u32, high: u32) -> u64 {
    low as u64 | (high as u64) << 32
}

/// An entry of a table and the one behind it. Each table has one more row than entries.
#[inline]
fn neighbours<const WIDTH: usize>(table: &[[u32; WIDTH]], entry: u32) -> (&[u32; WIDTH], &[u32; WIDTH]) {
    let entry = entry as usize;
    // In this order one check of bounds does for both.
    let next = &table[entry + 1];
    (&table[entry], next)
}

/// Numbers that the macro wrote as little-endian bytes, as a list of so many literals would cost every build seconds.
#[doc(hidden)]
pub const fn u32s<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let mut numbers = [0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = u32_at(bytes, i);
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

/// As [`u32s`], for rows of numbers.
#[doc(hidden)]
pub const fn rows<const WIDTH: usize, const N: usize>(bytes: &[u8]) -> [[u32; WIDTH]; N] {
    let mut rows = [[0; WIDTH]; N];
    let mut i = 0;
    while i < N * WIDTH {
        rows[i / WIDTH][i % WIDTH] = u32_at(bytes, i);
        i += 1;
    }
    rows
}

const fn u32_at(bytes: &[u8], i: usize) -> u32 {
    u32::from_le_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]])
}
