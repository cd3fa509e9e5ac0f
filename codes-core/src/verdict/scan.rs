//! One pass over a text: which rules, marks and zones it holds.

#![expect(clippy::cast_possible_truncation, reason = "places lie below FARTHEST and MOST_WORDS")]

use core::ops::Range;

use super::tables::{Ending, Place, Tables, prefix_bit};
use super::words::{self, Words};

/// How far into a text rules look, in bytes: no reply is that long, and what comes after is a quoted message.
const FARTHEST: usize = 16 * 1024;

/// How far into a text rules look, in words of prose, and again in words of host names.
const MOST_WORDS: usize = 192;

/// How many other words may stand in a gap of a rule.
const WIDEST_GAP: u16 = 8;

/// How many rules of which the words stand in a text are kept, some more than once.
pub(super) const MOST_MATCHES: usize = 48;

/// How much is kept of what stands before gaps; a power of two.
const BEFORES: usize = 32;

/// What was found in a text, in fixed space: a text with more in it is no reply.
pub(super) struct Found<'a> {
    tables: &'a Tables<'a>,
    rules: List<Match, MOST_MATCHES>,
    marks: List<u32, 8>,
    zones: List<u32, 4>,
    retry: Option<Retry>,
    prose: Seen,
    compounds: Seen,
    /// What was met and after which some pattern goes on; the oldest is written over.
    befores: [Before; BEFORES],
    befores_met: usize,
    /// A bit for each prefix of them.
    bits: u64,
}

/// Words of a rule that stand in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Match {
    pub(super) rule: u32,
    /// How many words the pattern has at least.
    pub(super) words: u8,
    /// The pattern's first place, and where the last one ends.
    first: Met,
    end: u16,
}

/// Words that tell when to try again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retry {
    /// How many seconds the unit has.
    pub(super) unit: u32,
    /// Where the unit's word begins: the number stands before it.
    pub(super) start: usize,
}

/// A place that ends in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    place: u32,
    compound: bool,
    /// How many words there are up to its end.
    words: u16,
}

/// What stands before a gap: a state in which prefixes end that have one place, or a longer prefix.
#[derive(Clone, Copy)]
struct Before {
    /// The state or the prefix.
    number: u32,
    is_state: bool,
    /// How many words of prose there were at its end.
    at: u16,
    /// The prefix's first place, which of a state is told by its ends.
    first: Met,
}

impl<'a> Found<'a> {
    pub(super) const fn new(tables: &'a Tables<'a>) -> Self {
        let met = Met { place: 0, compound: false, words: 0 };
        Self {
            tables,
            rules: List::new(Match { rule: 0, words: 0, first: met, end: 0 }),
            marks: List::new(0),
            zones: List::new(0),
            retry: None,
            prose: Seen::new(),
            compounds: Seen::new(),
            befores: [Before { number: 0, is_state: false, at: 0, first: met }; BEFORES],
            befores_met: 0,
            bits: 0,
        }
    }

    /// Reads a text once.
    pub(super) fn read(&mut self, text: &[u8]) {
        words::split(&text[..text.len().min(FARTHEST)], self);
    }

    pub(super) fn rules(&self) -> &[Match] {
        self.rules.as_slice()
    }

    /// Providers whose marks stand in the text, in the order of their appearance; some may come more than once.
    pub(super) fn marks(&self) -> &[u32] {
        self.marks.as_slice()
    }

    /// Blocklists whose zones stand in the text, in the order of their appearance.
    pub(super) fn zones(&self) -> &[u32] {
        self.zones.as_slice()
    }

    /// The first words that tell when to try again.
    pub(super) fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// Whether one of these guards stands in the text.
    pub(super) fn is_excluded(&self, guards: &[u16]) -> bool {
        guards.iter().any(|guard| {
            let places = self.tables.guard(*guard);
            self.prose.holds(self.tables, places) || self.compounds.holds(self.tables, places)
        })
    }

    /// The bytes from the first word of a match to its last.
    ///
    /// The automaton knows where words end of which some may be left out, but not how many of them there were. The shortest
    /// way to the same end is looked for, and only for the match that decides.
    pub(super) fn range(&self, found: &Match) -> Range<usize> {
        let seen = if found.first.compound { &self.compounds } else { &self.prose };
        let end = usize::from(found.first.words);
        let Place { fewest, most, .. } = self.tables.place(found.first.place);
        let start = (fewest..most)
            .map(|length| end.saturating_sub(usize::from(length)))
            .find(|start| seen.leads_to(self.tables, *start..end, found.first.place))
            .unwrap_or(end.saturating_sub(usize::from(most)));
        Range { start: seen.start(start), end: found.end.into() }
    }

    /// Takes note of what ends in the state after a word.
    #[inline]
    fn report(&mut self, state: u32, end: usize, compound: bool) {
        let ending = self.tables.ending(state);
        let seen = if compound { &mut self.compounds } else { &mut self.prose };
        if !ending.guards.is_empty() {
            seen.keep_guards(state, ending.guards);
        }
        let met = Met { place: 0, compound, words: seen.length as u16 };
        // Most places that are used behind a gap are met without what must stand before it.
        if ending.befores & self.bits == 0 {
            for [prefix, place] in ending.complete {
                self.complete(*prefix, Met { place: *place, ..met }, end);
            }
        } else {
            self.report_behind_gaps(&ending, met, end);
        }
        if ending.going_on != 0 {
            self.keep(
                Before { number: state, is_state: true, at: self.prose.length as u16, first: met },
                ending.going_on,
            );
        }
    }

    /// Takes note of the complete patterns of an ending where some may have begun before a gap.
    fn report_behind_gaps(&mut self, ending: &Ending<'a>, met: Met, end: usize) {
        let mut complete = ending.complete.iter();
        for number in ending.places {
            let met = Met { place: *number, ..met };
            if let Some([prefix, _]) = complete.as_slice().first().filter(|[_, place]| place == number) {
                complete.next();
                self.complete(*prefix, met, end);
            }
            let place = self.tables.place(*number);
            if place.befores & self.bits != 0 {
                self.meet_behind_gap(&place, met, end);
            }
        }
    }

    /// Goes on with the patterns of which the words before the gap were met, in the order of the uses.
    fn meet_behind_gap(&mut self, place: &Place, met: Met, end: usize) {
        let mut next = 0;
        while let Some((number, first)) = self.next_use(place, met, next) {
            let prefix = self.tables.use_after[number];
            if self.complete(prefix, first, end) {
                let before = Before { number: prefix, is_state: false, at: self.prose.length as u16, first };
                self.keep(before, prefix_bit(prefix));
            }
            next = number + 1;
        }
    }

    /// The first use of a place from `next` on that has its prefix at most a gap before, and the prefix's first place: of the
    /// latest such prefix.
    fn next_use(&self, place: &Place, met: Met, next: usize) -> Option<(usize, Met)> {
        // A host name takes no room between words of prose; of words that may be left out, some may have stood there.
        let (fewest, most) = if met.compound { (0, 0) } else { (place.fewest.into(), place.most.into()) };
        let at = self.prose.length as u16;
        let mut found: Option<(usize, Met)> = None;
        let mut ask = |prefix: u32, first: Met| {
            if place.befores & prefix_bit(prefix) == 0 {
                return;
            }
            if let Some(number) = self.tables.use_behind(place, prefix) {
                if number >= next && found.is_none_or(|(other, _)| number < other) {
                    found = Some((number, first));
                }
            }
        };
        for number in (self.befores_met.saturating_sub(BEFORES)..self.befores_met).rev() {
            let before = &self.befores[number % BEFORES];
            // Those that were met earlier are yet farther away.
            if before.at + most + WIDEST_GAP < at {
                break;
            }
            if before.at + fewest > at {
                continue;
            }
            if !before.is_state {
                ask(before.number, before.first);
                continue;
            }
            let ending = self.tables.ending(before.number);
            if ending.going_on & place.befores != 0 {
                for first in ending.places {
                    match self.tables.place(*first).going_on {
                        0 => {}
                        prefix => ask(prefix, Met { place: *first, ..before.first }),
                    }
                }
            }
        }
        found
    }

    /// Keeps what stands before a gap.
    #[inline]
    fn keep(&mut self, before: Before, bits: u64) {
        self.befores[self.befores_met % BEFORES] = before;
        self.befores_met += 1;
        self.bits |= bits;
    }

    /// Takes note of the patterns that a prefix completes; whether some go on behind it.
    #[inline]
    fn complete(&mut self, number: u32, first: Met, end: usize) -> bool {
        let prefix = self.tables.prefix(number);
        for owner in prefix.owners {
            self.finish(owner, prefix.words, first, end);
        }
        prefix.open
    }

    fn finish(&mut self, owner: usize, words: u8, first: Met, end: usize) {
        let number = self.tables.owners[owner];
        match self.tables.owner_kinds[owner] {
            0 => self.rules.push(Match { rule: number, words, first, end: end as u16 }),
            1 => self.marks.push(number),
            2 => self.zones.push(number),
            _ => {
                let start = self.prose.start(self.prose.length.saturating_sub(1));
                self.retry = self.retry.or(Some(Retry { unit: number, start }));
            }
        }
    }
}

impl Words for Found<'_> {
    #[inline]
    fn prose(&mut self, hash: u64, start: usize, end: usize) {
        if let Some(state) = self.prose.push(self.tables, hash, start) {
            self.report(state, end, false);
        }
    }

    #[inline]
    fn compound(&mut self, hash: u64, start: usize, end: usize) {
        if let Some(state) = self.compounds.push(self.tables, hash, start) {
            self.report(state, end, true);
        }
    }

    #[inline]
    fn end_of_compound(&mut self) {
        self.compounds.state = 0;
    }
}

/// The words of a text as the automaton knows them.
struct Seen {
    /// Each word (the lower half) and where it begins.
    words: [u32; MOST_WORDS],
    length: usize,
    state: u32,
    /// The states in which guards end, in their order,
    guarded: List<u32, 64>,
    /// and a bit for each place of a guard that ended.
    guard_bits: u32,
}

/// Stands for a word that is in no rule.
const UNKNOWN: u16 = u16::MAX;

impl Seen {
    const fn new() -> Self {
        Self { words: [0; MOST_WORDS], length: 0, state: 0, guarded: List::new(0), guard_bits: 0 }
    }

    /// Takes the next word; the state that it leads to, unless that is the root.
    #[inline]
    fn push(&mut self, tables: &Tables<'_>, hash: u64, start: usize) -> Option<u32> {
        let place = self.words.get_mut(self.length)?;
        let word = tables.word(hash);
        *place = (start as u32) << 16 | u32::from(word.unwrap_or(UNKNOWN));
        self.length += 1;
        self.state = word.map_or(0, |word| tables.step(self.state, word));
        (self.state != 0).then_some(self.state)
    }

    /// Where a word begins.
    fn start(&self, word: usize) -> usize {
        (self.words[word] >> 16) as usize
    }

    /// Takes note of a state in which these places of guards end.
    fn keep_guards(&mut self, state: u32, places: &[u32]) {
        self.guarded.push(state);
        self.guard_bits |= places.iter().fold(0, |bits, place| bits | guard_bit(*place));
    }

    /// Whether these words alone lead to the end of a place.
    fn leads_to(&self, tables: &Tables<'_>, range: Range<usize>, place: u32) -> bool {
        let words = self.words[range].iter().map(|word| *word as u16);
        let state = words.fold(0, |state, word| if word == UNKNOWN { 0 } else { tables.step(state, word) });
        tables.ending(state).places.contains(&place)
    }

    /// Whether these places of a guard end behind each other, with gaps.
    fn holds(&self, tables: &Tables<'_>, places: &[u32]) -> bool {
        // Most guards are told to be absent by this alone.
        if places.iter().any(|place| self.guard_bits & guard_bit(*place) == 0) {
            return false;
        }
        let mut states = self.guarded.as_slice().iter();
        places.iter().all(|place| states.any(|state| tables.ending(*state).guards.contains(place)))
    }
}

/// Few guards are met in a text, so one bit tells most of them apart.
const fn guard_bit(place: u32) -> u32 {
    1 << (place % 32)
}

/// A list in fixed space; what does not fit is left out.
struct List<T, const N: usize> {
    items: [T; N],
    length: usize,
}

impl<T: Copy, const N: usize> List<T, N> {
    const fn new(empty: T) -> Self {
        Self { items: [empty; N], length: 0 }
    }

    fn push(&mut self, item: T) {
        if let Some(place) = self.items.get_mut(self.length) {
            *place = item;
            self.length += 1;
        }
    }

    fn as_slice(&self) -> &[T] {
        &self.items[..self.length]
    }
}
