//! One pass over a text: which rules, marks and zones it holds.

#![expect(clippy::cast_possible_truncation, reason = "places in a text lie below FARTHEST")]
#![expect(
    clippy::inline_always,
    reason = "the loop over words is one function, so that the tables' places are known in it"
)]

use core::ops::Range;

use super::seen::{FARTHEST, List, Seen};
use super::tables::{Ending, Place, Tables, prefix_bit, whole};
use super::words::{self, Words};
use crate::catalogue::BUILTIN;

/// How many other words may stand in a gap of a rule.
const WIDEST_GAP: u16 = 8;

/// Room for what is found. To clear a kilobyte more takes as long as to read two words, so there is a small one for the texts
/// that most replies are.
pub(super) struct Room<const PROSE: usize, const COMPOUNDS: usize, const ITEMS: usize> {
    prose: [u32; PROSE],
    compounds: [u32; COMPOUNDS],
    prose_guarded: [u32; ITEMS],
    compounds_guarded: [u32; ITEMS],
    befores: [Before; ITEMS],
    rules: [Match; ITEMS],
}

/// Room for a reply of some lines.
pub(super) type SmallRoom = Room<40, 16, 16>;

/// Room for as much as is ever looked at.
pub(super) type LargeRoom = Room<192, 96, 64>;

impl<const PROSE: usize, const COMPOUNDS: usize, const ITEMS: usize> Room<PROSE, COMPOUNDS, ITEMS> {
    // Nothing but zeros, without a gap between them, so that it is cleared as one block.
    #[inline]
    pub(super) const fn new() -> Self {
        Self {
            prose: [0; PROSE],
            compounds: [0; COMPOUNDS],
            prose_guarded: [0; ITEMS],
            compounds_guarded: [0; ITEMS],
            befores: [Before::NONE; ITEMS],
            rules: [Match::NONE; ITEMS],
        }
    }
}

/// What was found in a text, as far as there is room: a text with more in it is no reply.
pub(super) struct Found<'s> {
    prose: Seen<'s>,
    compounds: Seen<'s>,
    /// What was met and after which some pattern goes on; the oldest is written over. A power of two of them.
    befores: &'s mut [Before],
    befores_met: usize,
    /// A bit for each prefix of them.
    bits: u64,
    rules: List<'s, Match>,
    marks: [Option<u32>; 6],
    zones: [Option<u32>; 2],
    retry: Option<Retry>,
}

/// Words of a rule that stand in the text.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub(super) rule: u32,
    /// The pattern's first place.
    first: Met,
    /// How many words the pattern has at least.
    pub(super) words: u16,
    /// Where its last place ends.
    end: u16,
}

/// Words that tell when to try again.
#[derive(Clone, Copy)]
pub(super) struct Retry {
    /// How many seconds the unit has.
    pub(super) unit: u32,
    /// Where the unit's word begins: the number stands before it.
    pub(super) start: usize,
}

/// A place that ends in the text.
#[derive(Clone, Copy)]
struct Met {
    place: u32,
    /// How many words there are up to its end.
    words: u16,
    /// Whether its words are of a host name, URL or the like: 0 or 1.
    compound: u16,
}

/// What stands before a gap: a state in which prefixes end that have one place, or a longer prefix.
#[derive(Clone, Copy)]
struct Before {
    /// The state or the prefix.
    number: u32,
    /// The prefix's first place, which of a state is told by its openings.
    first: Met,
    /// How many words of prose there were at its end.
    at: u16,
    /// What `number` is: [`STATE`] or [`PREFIX`].
    kind: u16,
}

const STATE: u16 = 0;
const PREFIX: u16 = 1;

impl Match {
    const NONE: Self = Self { rule: 0, first: Met::NONE, words: 0, end: 0 };
}

impl Met {
    const NONE: Self = Self { place: 0, words: 0, compound: 0 };
}

impl Before {
    const NONE: Self = Self { number: 0, first: Met::NONE, at: 0, kind: STATE };
}

impl<'s> Found<'s> {
    /// Reads a text once, from `start` on.
    pub(super) fn read<const PROSE: usize, const COMPOUNDS: usize, const ITEMS: usize>(
        tables: &Tables<'_>,
        text: &[u8],
        start: usize,
        room: &'s mut Room<PROSE, COMPOUNDS, ITEMS>,
    ) -> Self {
        const { assert!(ITEMS.is_power_of_two()) };
        let mut found = Self {
            prose: Seen::new(&mut room.prose, &mut room.prose_guarded),
            compounds: Seen::new(&mut room.compounds, &mut room.compounds_guarded),
            befores: &mut room.befores,
            befores_met: 0,
            bits: 0,
            rules: List::new(&mut room.rules),
            marks: [None; 6],
            zones: [None; 2],
            retry: None,
        };
        found.read_text(tables, &text[..text.len().min(FARTHEST)], start);
        found
    }

    #[inline(never)]
    fn read_text(&mut self, tables: &Tables<'_>, text: &[u8], start: usize) {
        // The catalogue's own tables lie at known places, which spares a fifth of the work.
        if tables.is_builtin() {
            words::split(text, start, &mut Reader { tables: &BUILTIN, found: self });
        } else {
            words::split(text, start, &mut Reader { tables, found: self });
        }
    }

    /// Whether there may have been more than there was room for.
    pub(super) fn is_full(&self) -> bool {
        let befores = self.befores_met > self.befores.len();
        befores || self.prose.is_full() || self.compounds.is_full() || self.rules.is_full()
    }

    pub(super) fn rules(&self) -> &[Match] {
        self.rules.as_slice()
    }

    /// Providers whose marks stand in the text, in the order of their appearance.
    pub(super) fn marks(&self) -> impl Iterator<Item = u32> {
        self.marks.iter().map_while(|mark| *mark)
    }

    /// Blocklists whose zones stand in the text, in the order of their appearance.
    pub(super) fn zones(&self) -> impl Iterator<Item = u32> {
        self.zones.iter().map_while(|zone| *zone)
    }

    /// The first words that tell when to try again.
    pub(super) fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// Whether one of these guards stands in the text.
    pub(super) fn is_excluded(&self, tables: &Tables<'_>, guards: &[u16]) -> bool {
        guards.iter().any(|guard| self.prose.holds(tables, *guard) || self.compounds.holds(tables, *guard))
    }

    /// The bytes from the first word of a match to its last.
    pub(super) fn range(&self, tables: &Tables<'_>, found: &Match) -> Range<usize> {
        let Met { place, words, compound } = found.first;
        let start = match compound {
            0 => self.prose.start_of(tables, place, words.into()),
            _ => self.compounds.start_of(tables, place, words.into()),
        };
        start..found.end.into()
    }
}

/// Reads the words of a text.
struct Reader<'a, 'f, 's> {
    tables: &'a Tables<'a>,
    found: &'f mut Found<'s>,
}

impl Words for Reader<'_, '_, '_> {
    #[inline(always)]
    fn prose(&mut self, hash: u64, start: usize, end: usize) {
        let prose = &mut self.found.prose;
        let state = prose.push(self.tables, hash, start);
        if let Some(ending) = self.tables.ending(state) {
            if ending.guard_bits() != 0 {
                prose.keep_guards(ending.guard_bits());
            }
            let met = Met { place: 0, words: prose.length(), compound: 0 };
            self.report(state, &ending, met, end);
        }
    }

    #[inline(never)]
    fn rare_prose(&mut self, hash: u64, start: usize, end: usize) {
        self.prose(hash, start, end);
    }

    #[inline(never)]
    fn compound(&mut self, hash: u64, start: usize, end: usize) {
        let compounds = &mut self.found.compounds;
        let state = compounds.push(self.tables, hash, start);
        if let Some(ending) = self.tables.ending(state) {
            if ending.guard_bits() != 0 {
                compounds.keep_guards(ending.guard_bits());
            }
            let met = Met { place: 0, words: compounds.length(), compound: 1 };
            self.report(state, &ending, met, end);
        }
    }

    #[inline]
    fn end_of_compound(&mut self) {
        self.found.compounds.break_off();
    }
}

impl Reader<'_, '_, '_> {
    /// Takes note of what ends in the state after a word.
    #[inline(always)]
    fn report(&mut self, state: u32, ending: &Ending<'_>, met: Met, end: usize) {
        for [owner, kind, place] in self.tables.complete(ending) {
            let [kind, words, ..] = kind.to_le_bytes();
            self.finish(*owner, kind, words, Met { place: *place, ..met }, end);
        }
        // Most places that are used behind a gap are met without what must stand before it.
        if ending.befores() & self.found.bits != 0 {
            self.meet_behind_gaps(ending, met, end);
        }
        if ending.going_on() != 0 {
            let before = Before { number: state, first: met, at: self.found.prose.length(), kind: STATE };
            self.keep(before, ending.going_on());
        }
    }

    /// Goes on with the patterns of which the words before the gap were met.
    #[inline(never)]
    fn meet_behind_gaps(&mut self, ending: &Ending<'_>, met: Met, end: usize) {
        for [place, low, high] in self.tables.followers(ending) {
            if whole(*low, *high) & self.found.bits != 0 {
                self.meet_behind_gap(&self.tables.place(*place), met, end);
            }
        }
    }

    /// Goes on with the patterns in which a place stands at most a gap behind a prefix that was met: the latest such prefix.
    fn meet_behind_gap(&mut self, place: &Place, met: Met, end: usize) {
        // A host name takes no room between words of prose; of words that may be left out, some may have stood there.
        let (fewest, most) = if met.compound != 0 { (0, 0) } else { (place.fewest.into(), place.most.into()) };
        let (at, count) = (self.found.prose.length(), self.found.befores_met);
        let mut met_uses = 0;
        let kept = self.found.befores.len();
        for number in (count.saturating_sub(kept)..count).rev() {
            let before = self.found.befores[number & (kept - 1)];
            // Those that were met earlier are yet farther away.
            if before.at + most + WIDEST_GAP < at {
                break;
            }
            if before.at + fewest > at {
                continue;
            }
            if before.kind == PREFIX {
                self.go_on(place, before.number, before.first, end, &mut met_uses);
            } else if let Some(ending) = self.tables.ending(before.number) {
                if ending.going_on() & place.befores != 0 {
                    for [prefix, first] in self.tables.openings(&ending) {
                        if place.befores & prefix_bit(*prefix) != 0 {
                            self.go_on(place, *prefix, Met { place: *first, ..before.first }, end, &mut met_uses);
                        }
                    }
                }
            }
        }
    }

    /// Goes on with the patterns in which a place stands behind this prefix, unless they are among those that were met.
    fn go_on(&mut self, place: &Place, prefix: u32, first: Met, end: usize, met_uses: &mut u64) {
        let Some(number) = self.tables.use_behind(place, prefix) else { return };
        let bit = 1 << (number - place.uses.start).min(63);
        // Of more uses than there are bits, the last ones may be met twice, which changes nothing.
        if *met_uses & bit != 0 && bit < 1 << 63 {
            return;
        }
        *met_uses |= bit;
        let after = self.tables.use_after[number];
        let prefix = self.tables.prefix(after);
        for owner in prefix.owners {
            self.finish(self.tables.owners[owner], self.tables.owner_kinds[owner], prefix.words, first, end);
        }
        if prefix.open {
            let before = Before { number: after, first, at: self.found.prose.length(), kind: PREFIX };
            self.keep(before, prefix_bit(after));
        }
    }

    /// Keeps what stands before a gap.
    #[inline]
    fn keep(&mut self, before: Before, bits: u64) {
        let found = &mut *self.found;
        let last = found.befores.len() - 1;
        found.befores[found.befores_met & last] = before;
        found.befores_met += 1;
        found.bits |= bits;
    }

    /// Takes note of a pattern that is complete.
    #[inline]
    fn finish(&mut self, owner: u32, kind: u8, words: u8, first: Met, end: usize) {
        let found = &mut *self.found;
        match kind {
            0 => _ = found.rules.push(Match { rule: owner, first, words: words.into(), end: end as u16 }),
            1 => put(&mut found.marks, owner),
            2 => put(&mut found.zones, owner),
            _ => found.retry = found.retry.or(Some(Retry { unit: owner, start: found.prose.last_start() })),
        }
    }
}

/// Takes note of a number behind the others, unless it is among them; the first ones count.
#[cold]
fn put(numbers: &mut [Option<u32>], number: u32) {
    if !numbers.contains(&Some(number)) {
        if let Some(place) = numbers.iter_mut().find(|place| place.is_none()) {
            *place = Some(number);
        }
    }
}
