//! One pass over a text: which rules, marks and zones it holds.

use core::ops::Range;

use super::tables::{Tables, range};
use super::words::{self, Words};

/// How far into a text rules look, in bytes: no reply is that long, and what comes after is a quoted message.
const FARTHEST: usize = 16 * 1024;

/// How far into a text rules look, in words of prose, and again in words of host names.
const MOST_WORDS: usize = 192;

/// How many other words may stand in a gap of a rule.
const WIDEST_GAP: u32 = 8;

/// How many prefixes are kept; a power of two.
const PREFIXES: usize = 32;

/// What was found in a text, in fixed space: a text with more in it is no reply.
pub(super) struct Found<'a> {
    tables: &'a Tables<'a>,
    rules: List<Match, 48>,
    marks: List<u32, 8>,
    zones: List<u32, 4>,
    retry: Option<Retry>,
    prose: Seen,
    compounds: Seen,
    /// Prefixes that were met and after which some pattern goes on; the oldest is written over.
    prefixes: [MetPrefix; PREFIXES],
    prefixes_met: usize,
}

/// Words of a rule that stand in the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Match {
    pub(super) rule: u32,
    /// How many words the pattern has at least.
    pub(super) words: u8,
    /// The pattern's first place, and where the last one ends.
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

/// A place that ends in the text.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    place: u32,
    compound: bool,
    /// How many words there are up to its end.
    words: u16,
}

/// The beginning of a pattern that stands in the text.
#[derive(Clone, Copy, Default)]
struct MetPrefix {
    prefix: u32,
    /// How many words of prose there were at its end.
    at: u32,
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
            prefixes: [MetPrefix { prefix: 0, at: 0, first: met }; PREFIXES],
            prefixes_met: 0,
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
        let place = found.first.place as usize;
        let end = usize::from(found.first.words);
        let (fewest, most) = (self.tables.place_fewest[place], self.tables.place_most[place]);
        let start = (fewest..most)
            .map(|length| end.saturating_sub(usize::from(length)))
            .find(|start| seen.leads_to(self.tables, *start..end, found.first.place))
            .unwrap_or(end.saturating_sub(usize::from(most)));
        Range { start: usize::from(seen.starts[start]), end: found.end as usize }
    }

    /// Takes note of the places that end in a state.
    fn report(&mut self, state: u32, end: usize, compound: bool) {
        let seen = if compound { &self.compounds } else { &self.prose };
        let words = seen.length as u16;
        let tables = self.tables;
        for place in tables.ends(state) {
            self.meet(Met { place, compound, words }, end);
        }
    }

    /// Goes on with every pattern in which this place is the next.
    fn meet(&mut self, met: Met, end: usize) {
        let tables = self.tables;
        for place in range(tables.first_uses, met.place) {
            let (before, after) = (tables.use_before[place], tables.use_after[place]);
            let first = if before == 0 { Some(met) } else { self.first_of(before, met) };
            let Some(first) = first else { continue };
            if tables.prefix_open[after as usize] != 0 {
                let at = self.prose.length as u32;
                self.prefixes[self.prefixes_met % PREFIXES] = MetPrefix { prefix: after, at, first };
                self.prefixes_met += 1;
            }
            for owner in range(tables.first_owners, after) {
                self.finish(owner, tables.prefix_words[after as usize], first, end);
            }
        }
    }

    /// The first place of a prefix that was met at most a gap before `met`: the latest.
    fn first_of(&self, prefix: u32, met: Met) -> Option<Met> {
        // A host name takes no room between words of prose; of words that may be left out, some may have stood there.
        let (fewest, most) = if met.compound {
            (0, 0)
        } else {
            (self.tables.place_fewest[met.place as usize], self.tables.place_most[met.place as usize])
        };
        let at = self.prose.length as u32;
        let near = self.prefixes[..self.prefixes_met.min(PREFIXES)].iter().filter(|before| {
            before.prefix == prefix
                && before.at + u32::from(fewest) <= at
                && at <= before.at + u32::from(most) + WIDEST_GAP
        });
        near.max_by_key(|before| before.at).map(|before| before.first)
    }

    fn finish(&mut self, owner: usize, words: u8, first: Met, end: usize) {
        let number = self.tables.owners[owner];
        match self.tables.owner_kinds[owner] {
            0 => self.rules.push(Match { rule: number, words, first, end: end as u32 }),
            1 => self.marks.push(number),
            2 => self.zones.push(number),
            _ => {
                let unit = self.prose.starts[self.prose.length.saturating_sub(1)];
                self.retry = self.retry.or(Some(Retry { unit: number, start: usize::from(unit) }));
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

/// The words of a text as the automaton knows them, and the states that they led to.
struct Seen {
    words: [u16; MOST_WORDS],
    starts: [u16; MOST_WORDS],
    states: [u32; MOST_WORDS],
    length: usize,
    state: u32,
}

/// Stands for a word that is in no rule.
const UNKNOWN: u16 = u16::MAX;

impl Seen {
    const fn new() -> Self {
        Self { words: [0; MOST_WORDS], starts: [0; MOST_WORDS], states: [0; MOST_WORDS], length: 0, state: 0 }
    }

    /// Takes the next word; the state that it leads to, unless that is the root.
    #[inline]
    fn push(&mut self, tables: &Tables<'_>, hash: u64, start: usize) -> Option<u32> {
        let at = self.length;
        if at >= MOST_WORDS {
            return None;
        }
        let word = tables.word(hash);
        self.state = word.map_or(0, |word| tables.step(self.state, word));
        self.words[at] = word.unwrap_or(UNKNOWN);
        self.starts[at] = start as u16;
        self.states[at] = self.state;
        self.length = at + 1;
        (self.state != 0).then_some(self.state)
    }

    /// Whether these words alone lead to the end of a place.
    fn leads_to(&self, tables: &Tables<'_>, range: Range<usize>, place: u32) -> bool {
        let words = self.words[range].iter();
        let state = words.fold(0, |state, word| if *word == UNKNOWN { 0 } else { tables.step(state, *word) });
        tables.ends(state).any(|end| end == place)
    }

    /// Whether these places of a guard end behind each other, with gaps.
    fn holds(&self, tables: &Tables<'_>, places: &[u32]) -> bool {
        let mut states = self.states[..self.length].iter();
        places.iter().all(|place| states.any(|state| *state != 0 && tables.ends_guard(*state, *place)))
    }
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
