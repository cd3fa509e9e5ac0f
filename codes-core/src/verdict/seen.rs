//! The words of a text as the automaton knows them.

#![expect(clippy::cast_possible_truncation, reason = "places in a text lie below FARTHEST")]
#![expect(
    clippy::inline_always,
    reason = "the loop over words is one function, so that the tables' places are known in it"
)]

use core::ops::Range;

use super::tables::Tables;

/// How far into a text rules look, in bytes: no reply is that long, and what comes after is a quoted message.
pub(super) const FARTHEST: usize = 16 * 1024;

/// Words of prose, or of host names, URLs and the like, as many as there is room for.
pub(super) struct Seen<'s> {
    /// The slot of each word, and above its bits where the word begins.
    words: List<'s, u32>,
    state: u32,
    /// A bit for each place of a guard that ended,
    guard_bits: u64,
    /// and the states in which they ended, in their order.
    guarded: List<'s, u32>,
}

/// The bits of a slot.
const SLOT: u32 = (1 << SLOT_BITS) - 1;

/// As many as leave room for a place below [`FARTHEST`].
const SLOT_BITS: u32 = 18;

/// Stands for a word that is in no rule.
const UNKNOWN: u32 = SLOT;

impl<'s> Seen<'s> {
    pub(super) const fn new(words: &'s mut [u32], guarded: &'s mut [u32]) -> Self {
        Self { words: List::new(words), state: 0, guard_bits: 0, guarded: List::new(guarded) }
    }

    /// Whether there may have been more than there was room for.
    pub(super) const fn is_full(&self) -> bool {
        self.words.is_full() || self.guarded.is_full()
    }

    /// How many words there are.
    #[inline]
    pub(super) const fn length(&self) -> u16 {
        self.words.length as u16
    }

    /// Takes the next word; the state that it leads to. That is 0, the root, where nothing goes on, and behind the last word
    /// that is taken.
    #[inline(always)]
    pub(super) fn push(&mut self, tables: &Tables<'_>, hash: u64, start: usize) -> u32 {
        let (slot, state) = match tables.word(hash) {
            Some(word) => (word.slot, tables.step(self.state, word)),
            None => (UNKNOWN, 0),
        };
        self.state = if self.words.push((start as u32) << SLOT_BITS | slot) { state } else { 0 };
        self.state
    }

    /// Nothing goes on behind here.
    #[inline]
    pub(super) fn break_off(&mut self) {
        self.state = 0;
    }

    /// Where the word begins that has so many before it.
    pub(super) fn start(&self, word: usize) -> usize {
        (self.words.as_slice()[word] >> SLOT_BITS) as usize
    }

    /// Where the last word begins.
    pub(super) fn last_start(&self) -> usize {
        self.words.length.checked_sub(1).map_or(0, |last| self.start(last))
    }

    /// Where the words begin that fill a place which ends behind so many words.
    ///
    /// The automaton knows where words end of which some may be left out, but not how many of them there were. The shortest
    /// way to the same end is looked for.
    pub(super) fn start_of(&self, tables: &Tables<'_>, place: u32, end: usize) -> usize {
        let [fewest, most] = tables.lengths(place).map(|length| end.saturating_sub(length.into()));
        let start = (most + 1..=fewest).rev().find(|start| self.leads_to(tables, *start..end, place));
        self.start(start.unwrap_or(most))
    }

    /// Whether these words alone lead to the end of a place.
    fn leads_to(&self, tables: &Tables<'_>, range: Range<usize>, place: u32) -> bool {
        let slots = self.words.as_slice()[range].iter().map(|word| word & SLOT);
        let state = slots.fold(0, |state, slot| match slot {
            UNKNOWN => 0,
            slot => tables.step(state, tables.word_of(slot)),
        });
        tables.ending(state).is_some_and(|ending| tables.ends(&ending).contains(&place))
    }

    /// Takes note that places of guards end in the present state.
    #[inline]
    pub(super) fn keep_guards(&mut self, bits: u64) {
        self.guarded.push(self.state);
        self.guard_bits |= bits;
    }

    /// Whether the places of a guard end behind each other, with gaps.
    #[inline]
    pub(super) fn holds(&self, tables: &Tables<'_>, guard: u16) -> bool {
        // Most guards are told to be absent by their bits alone.
        let bits = tables.guard_bits(guard);
        self.guard_bits & bits == bits && self.holds_in_order(tables, tables.guard(guard))
    }

    #[cold]
    fn holds_in_order(&self, tables: &Tables<'_>, places: &[u32]) -> bool {
        // What was not kept may be the rest of the guard, and to take it for that is the safer error.
        if self.guarded.is_full() {
            return true;
        }
        let ends_in = |state: u32, place: &u32| {
            tables.ending(state).is_some_and(|ending| tables.guard_ends(&ending).contains(place))
        };
        let mut states = self.guarded.as_slice().iter();
        places.iter().all(|place| states.any(|state| ends_in(*state, place)))
    }
}

/// A list in fixed space; what does not fit is left out.
pub(super) struct List<'s, T> {
    items: &'s mut [T],
    length: usize,
}

impl<'s, T: Copy> List<'s, T> {
    pub(super) const fn new(items: &'s mut [T]) -> Self {
        Self { items, length: 0 }
    }

    /// Adds an item; whether it fits.
    #[inline]
    pub(super) fn push(&mut self, item: T) -> bool {
        let place = self.items.get_mut(self.length);
        place.is_some_and(|place| {
            *place = item;
            self.length += 1;
            true
        })
    }

    pub(super) const fn is_full(&self) -> bool {
        self.length == self.items.len()
    }

    pub(super) fn as_slice(&self) -> &[T] {
        &self.items[..self.length]
    }
}
