//! One pass over a text: which rules, marks and zones it holds.

use core::ops::Range;

use super::tables::Tables;
use super::words::{self, Words};

/// How far into a text rules look, in bytes: no reply is that long, and what comes after is a quoted message.
const FARTHEST: usize = 16 * 1024;

/// How far into a text rules look, in words.
const MOST_WORDS: usize = 256;

/// How many other words may stand in a gap of a rule.
const WIDEST_GAP: u32 = 8;

/// What was found, in fixed space: a text with more matches than this is no reply.
pub(super) struct Found {
    rules: List<Match, 48>,
    without: List<u32, 48>,
    marks: List<u32, 8>,
    zones: List<u32, 4>,
    retry: Option<Retry>,
    prose: Seen,
    compounds: Seen,
}

/// Words of a rule that stand in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Match {
    pub(super) rule: u32,
    /// How many words its pattern has at least.
    pub(super) words: u8,
    /// The pattern's first place, and where it ends.
    first: Met,
    end: u32,
}

/// Words that tell when to try again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Retry {
    /// How many seconds the unit has.
    pub(super) unit: u32,
    /// Where the unit's word begins: the number stands before it.
    pub(super) start: usize,
}

/// A place of a pattern that ends in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    place: u32,
    compound: bool,
    /// How many words there are up to its end.
    words: u16,
}

impl Found {
    pub(super) fn rules(&self) -> &[Match] {
        self.rules.as_slice()
    }

    /// Whether words stand in the text that must not stand beside the rule's.
    pub(super) fn is_excluded(&self, rule: u32) -> bool {
        self.without.as_slice().contains(&rule)
    }

    /// Providers whose marks stand in the text, in the order of their appearance; some may come more than once.
    pub(super) fn marks(&self) -> &[u32] {
        self.marks.as_slice()
    }

    /// The first words that tell when to try again.
    pub(super) fn retry(&self) -> Option<Retry> {
        self.retry
    }

    /// Blocklists whose zones stand in the text, in the order of their appearance.
    pub(super) fn zones(&self) -> &[u32] {
        self.zones.as_slice()
    }

    /// The bytes from the first word of a match to its last.
    ///
    /// The automaton knows where words end that may be left out, but not how many of them there were. The shortest way to
    /// the same end is looked for, and only for the match that decides.
    pub(super) fn range(&self, tables: &Tables<'_>, found: &Match) -> Range<usize> {
        let seen = if found.first.compound { &self.compounds } else { &self.prose };
        let place = found.first.place as usize;
        let end = usize::from(found.first.words);
        let (fewest, most) = (tables.place_fewest[place], tables.place_most[place]);
        let start = (fewest..most)
            .map(|length| end.saturating_sub(usize::from(length)))
            .find(|start| seen.leads_to(tables, *start..end, found.first.place))
            .unwrap_or(end.saturating_sub(usize::from(most)));
        Range { start: usize::from(seen.starts[start]), end: found.end as usize }
    }
}

/// The words of a text as the automaton knows them.
struct Seen {
    words: [u16; MOST_WORDS],
    starts: [u16; MOST_WORDS],
    length: usize,
}

/// Stands for a word that is in no rule.
const UNKNOWN: u16 = u16::MAX;

impl Seen {
    const fn new() -> Self {
        Self { words: [UNKNOWN; MOST_WORDS], starts: [0; MOST_WORDS], length: 0 }
    }

    fn push(&mut self, word: u16, start: usize) {
        self.words[self.length] = word;
        self.starts[self.length] = start as u16;
        self.length += 1;
    }

    fn is_full(&self) -> bool {
        self.length == MOST_WORDS
    }

    /// Whether these words alone lead to the end of a place.
    fn leads_to(&self, tables: &Tables<'_>, range: Range<usize>, place: u32) -> bool {
        let state = self.words[range]
            .iter()
            .fold(0, |state, word| if *word == UNKNOWN { 0 } else { tables.step(state, *word) });
        tables.ends(state).any(|end| end == place)
    }
}

/// Reads a text once.
pub(super) fn scan(tables: &Tables<'_>, text: &[u8]) -> Found {
    let found = Found {
        rules: List::new(),
        without: List::new(),
        marks: List::new(),
        zones: List::new(),
        retry: None,
        prose: Seen::new(),
        compounds: Seen::new(),
    };
    let mut scan =
        Scan { tables, state: 0, compound_state: 0, partial: [Partial::default(); PARTIALS], partials: 0, found };
    words::split(&text[..text.len().min(FARTHEST)], &mut scan);
    scan.found
}

/// How many unfinished patterns are kept; a power of two.
const PARTIALS: usize = 32;

struct Scan<'a> {
    tables: &'a Tables<'a>,
    state: u32,
    compound_state: u32,
    /// Patterns of several places, as far as they were met; the oldest is written over.
    partial: [Partial; PARTIALS],
    partials: usize,
    found: Found,
}

/// A pattern whose places were met up to one.
#[derive(Clone, Copy, Default)]
struct Partial {
    pattern: u32,
    /// How many of its places were met; 0 is no pattern.
    met: u8,
    /// How many words of prose there were at the end of the last one.
    at: u32,
    first: Met,
}

impl Words for Scan<'_> {
    #[inline]
    fn prose(&mut self, hash: u64, start: usize, end: usize) {
        if self.found.prose.is_full() {
            return;
        }
        let word = self.tables.word(hash);
        self.found.prose.push(word.unwrap_or(UNKNOWN), start);
        self.state = word.map_or(0, |word| self.tables.step(self.state, word));
        if self.state != 0 {
            self.report(self.state, end, false);
        }
    }

    #[inline]
    fn compound(&mut self, hash: u64, start: usize, end: usize) {
        if self.found.compounds.is_full() {
            return;
        }
        let word = self.tables.word(hash);
        self.found.compounds.push(word.unwrap_or(UNKNOWN), start);
        self.compound_state = word.map_or(0, |word| self.tables.step(self.compound_state, word));
        if self.compound_state != 0 {
            self.report(self.compound_state, end, true);
        }
    }

    #[inline]
    fn end_of_compound(&mut self) {
        self.compound_state = 0;
    }
}

impl Scan<'_> {
    /// Takes note of the places of patterns that end in a state.
    fn report(&mut self, state: u32, end: usize, compound: bool) {
        let seen = if compound { &self.found.compounds } else { &self.found.prose };
        let words = seen.length as u16;
        for place in self.tables.ends(state) {
            self.met(Met { place, compound, words }, end);
        }
    }

    fn met(&mut self, met: Met, end: usize) {
        let tables = self.tables;
        let pattern = tables.place_patterns[met.place as usize];
        let places = tables.pattern_places[pattern as usize];
        if places == 1 {
            self.finish(pattern, met, tables.place_fewest[met.place as usize], end);
            return;
        }
        let number = tables.place_numbers[met.place as usize];
        let at = self.found.prose.length as u32;
        let mut partial = Partial { pattern, met: 1, at, first: met };
        if number > 0 {
            // A host name takes no room between words of prose; of words that may be left out, some may have stood there.
            let (fewest, most) = match met.compound {
                true => (0, 0),
                false => (tables.place_fewest[met.place as usize], tables.place_most[met.place as usize]),
            };
            let before = self.partial.iter().filter(|before| {
                before.pattern == pattern
                    && before.met == number
                    && before.at + u32::from(fewest) <= at
                    && at <= before.at + u32::from(most) + WIDEST_GAP
            });
            let Some(before) = before.max_by_key(|before| before.at) else { return };
            partial = Partial { met: number + 1, first: before.first, ..partial };
        }
        if partial.met == places {
            let first = met.place + 1 - u32::from(places);
            let words = (first..=met.place).map(|place| tables.place_fewest[place as usize]).sum();
            self.finish(pattern, partial.first, words, end);
        } else {
            self.partial[self.partials % PARTIALS] = partial;
            self.partials += 1;
        }
    }

    fn finish(&mut self, pattern: u32, first: Met, words: u8, end: usize) {
        let owner = self.tables.pattern_owners[pattern as usize];
        match self.tables.pattern_kinds[pattern as usize] {
            0 => self.found.rules.push(Match { rule: owner, words, first, end: end as u32 }),
            1 => self.found.without.push(owner),
            2 => self.found.marks.push(owner),
            3 => self.found.zones.push(owner),
            _ => {
                let unit = self.found.prose.starts[self.found.prose.length - 1];
                self.found.retry = self.found.retry.or(Some(Retry { unit: owner, start: usize::from(unit) }));
            }
        }
    }
}

/// A list in fixed space; what does not fit is left out.
struct List<T, const N: usize> {
    items: [T; N],
    length: usize,
}

impl<T: Copy + Default, const N: usize> List<T, N> {
    fn new() -> Self {
        Self { items: [T::default(); N], length: 0 }
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
