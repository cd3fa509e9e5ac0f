//! The automaton over words that the macro builds, and one step of it.

#![expect(
    clippy::cast_possible_truncation,
    reason = "a part of a hash is what is wanted, and numbers were made to fit by the builder"
)]
#![expect(
    clippy::inline_always,
    reason = "the loop over words is one function, so that the tables' places are known in it"
)]

use core::ops::Range;

use crate::catalogue::BUILTIN;

/// The tables of an automaton, as `smtp_codes_data::automaton` builds and explains them.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Tables<'a> {
    pub slots: &'a [[u32; 3]],
    pub states: &'a [[u32; 4]],
    pub edges: &'a [[u32; 2]],
    pub endings: &'a [[u32; 11]],
    pub ends: &'a [u32],
    pub guard_ends: &'a [u32],
    pub complete: &'a [[u32; 3]],
    pub openings: &'a [[u32; 2]],
    pub followers: &'a [[u32; 3]],
    pub guards: &'a [[u32; 3]],
    pub guard_places: &'a [u32],
    pub places: &'a [[u32; 4]],
    pub use_before: &'a [u32],
    pub use_after: &'a [u32],
    pub prefixes: &'a [[u32; 2]],
    pub owners: &'a [u32],
    pub owner_kinds: &'a [u8],
}

/// A word of the vocabulary.
#[derive(Clone, Copy)]
pub(super) struct Word {
    pub(super) slot: u32,
    number: u32,
    /// The state that it leads to from the root.
    from_root: u32,
}

/// What ends in a state. What is asked for rarely is looked up only then.
pub(super) struct Ending<'a> {
    row: &'a [u32; 11],
    next: &'a [u32; 11],
}

impl Ending<'_> {
    /// A bit for each place of a guard.
    #[inline]
    pub(super) fn guard_bits(&self) -> u64 {
        whole(self.row[5], self.row[6])
    }

    /// A bit for each prefix that goes on behind one of the places, as [`prefix_bit`] gives it.
    #[inline]
    pub(super) fn going_on(&self) -> u64 {
        whole(self.row[7], self.row[8])
    }

    /// A bit for each prefix behind which one of the places is used.
    #[inline]
    pub(super) fn befores(&self) -> u64 {
        whole(self.row[9], self.row[10])
    }

    /// What begins in this row's column and ends where the next row's begins.
    #[inline]
    fn range(&self, column: usize) -> Range<usize> {
        self.row[column] as usize..self.next[column] as usize
    }
}

/// A place of patterns.
pub(super) struct Place {
    /// How many words it has, at least and at most.
    pub(super) fewest: u8,
    pub(super) most: u8,
    /// A bit for each of the prefixes behind which it is used.
    pub(super) befores: u64,
    pub(super) uses: Range<usize>,
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
    /// Whether they are the catalogue's.
    pub(super) fn is_builtin(&self) -> bool {
        core::ptr::eq(self.slots, BUILTIN.slots)
    }

    /// The word with this hash.
    ///
    /// A hash is kept in 32 bits beside those that choose the slot: a word that is in no rule is taken for one that is about
    /// once in ten thousand million.
    #[inline(always)]
    pub(super) fn word(&self, hash: u64) -> Option<Word> {
        let last = self.slots.len() - 1;
        let mut slot = (hash >> (last as u64).leading_zeros()) as usize;
        let part = ((hash >> 8) as u32).max(1);
        loop {
            let [kept, number, from_root] = self.slots[slot & last];
            if kept == part {
                return Some(Word { slot: (slot & last) as u32, number, from_root });
            }
            if kept == 0 {
                return None;
            }
            slot += 1;
        }
    }

    /// The word in a slot.
    pub(super) fn word_of(&self, slot: u32) -> Word {
        let [_, number, from_root] = self.slots[slot as usize];
        Word { slot, number, from_root }
    }

    /// The state after one more word; 0 is the root.
    #[inline(always)]
    pub(super) fn step(&self, mut state: u32, word: Word) -> u32 {
        let bit = 1 << (word.number % 32);
        while state != 0 {
            let [base, fail, _, filter] = self.states[state as usize];
            if filter & bit == 0 {
                break;
            }
            match self.edges.get(base.wrapping_add(word.number) as usize) {
                Some([from, to]) if *from == state => return *to,
                _ => state = fail,
            }
        }
        word.from_root
    }

    /// What ends in a state, if anything does.
    #[inline(always)]
    pub(super) fn ending(&self, state: u32) -> Option<Ending<'a>> {
        let [_, _, ending, _] = self.states[state as usize];
        if ending == 0 {
            return None;
        }
        let (row, next) = neighbours(self.endings, ending);
        Some(Ending { row, next })
    }

    /// The places of patterns that end.
    pub(super) fn ends(&self, ending: &Ending<'_>) -> &'a [u32] {
        &self.ends[ending.range(0)]
    }

    /// The places of guards that end.
    pub(super) fn guard_ends(&self, ending: &Ending<'_>) -> &'a [u32] {
        &self.guard_ends[ending.range(1)]
    }

    /// The owners of complete patterns of one place, each with its kind and length, and with the place.
    #[inline(always)]
    pub(super) fn complete(&self, ending: &Ending<'_>) -> &'a [[u32; 3]] {
        &self.complete[ending.range(2)]
    }

    /// The prefixes of one place behind which some pattern goes on, with their places.
    #[inline]
    pub(super) fn openings(&self, ending: &Ending<'_>) -> &'a [[u32; 2]] {
        &self.openings[ending.range(3)]
    }

    /// The places that are used behind others, each with two halves of a bit for each prefix before those.
    pub(super) fn followers(&self, ending: &Ending<'_>) -> &'a [[u32; 3]] {
        &self.followers[ending.range(4)]
    }

    pub(super) fn place(&self, place: u32) -> Place {
        let ([lengths, first, low, high], [_, last, ..]) = neighbours(self.places, place);
        let [fewest, most, ..] = lengths.to_le_bytes();
        Place { fewest, most, befores: whole(*low, *high), uses: *first as usize..*last as usize }
    }

    #[inline]
    pub(super) fn prefix(&self, prefix: u32) -> Prefix {
        let ([first, words], [last, _]) = neighbours(self.prefixes, prefix);
        Prefix { words: (words >> 1) as u8, open: words & 1 != 0, owners: *first as usize..*last as usize }
    }

    /// The use of a place behind a prefix.
    #[inline]
    pub(super) fn use_behind(&self, place: &Place, before: u32) -> Option<usize> {
        let found = self.use_before[place.uses.clone()].binary_search(&before).ok()?;
        Some(place.uses.start + found)
    }

    /// How many words a place has, at least and at most.
    pub(super) fn lengths(&self, place: u32) -> [u8; 2] {
        let [fewest, most, ..] = self.places[place as usize][0].to_le_bytes();
        [fewest, most]
    }

    /// The places of a guard.
    pub(super) fn guard(&self, guard: u16) -> &'a [u32] {
        let ([first, ..], [last, ..]) = neighbours(self.guards, guard.into());
        &self.guard_places[*first as usize..*last as usize]
    }

    /// A bit for each place of a guard.
    #[inline]
    pub(super) fn guard_bits(&self, guard: u16) -> u64 {
        let [_, low, high] = self.guards[usize::from(guard)];
        whole(low, high)
    }
}

/// A number of which the table has two halves.
#[inline]
pub(super) const fn whole(low: u32, high: u32) -> u64 {
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
