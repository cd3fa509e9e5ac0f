//! All words of many rules as one deterministic automaton over words.
//!
//! Its letters are words, not bytes: a text has six times fewer of them, most are in no rule and end every match at once, and
//! punctuation, numbers and addresses can be passed over. A state is a set of points up to which rules were met; what may begin
//! anew at any word is left out of it, as that is the same for all states and kept once, in the root. So choices that follow
//! each other cost their sum, not their product.

use std::collections::{BTreeMap, HashMap};

use crate::text::Token;
use crate::words::{Place, Words};

/// What a pattern is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// Words of the rule with this index.
    Rule(u32),
    /// Words that must not stand beside those of the rule with this index.
    Without(u32),
    /// A mark or host name of the provider with this index.
    Mark(u32),
    /// A zone of the blocklist that is the provider with this index.
    Zone(u32),
    /// Words that tell when to try again, in units of so many seconds.
    Retry(u32),
}

/// The tables of an automaton. The indices in them are right by construction: the reader does not check them.
#[derive(Clone, Debug, Default)]
pub struct Automaton {
    /// For each slot of the vocabulary a part of the word's hash; 0 is an empty slot. A power of two of them.
    pub slot_hashes: Vec<u32>,
    /// For each slot its word, from 0 on.
    pub slot_words: Vec<u16>,
    /// For each word the state that it leads to from the root, which is state 0.
    pub root: Vec<u32>,
    /// For each state the first of its edges; one more at the end.
    pub first_edges: Vec<u32>,
    /// For each state one that holds a part of its points; 0 is the root.
    pub fails: Vec<u32>,
    /// For each edge its word, ascending within a state. A word without an edge leads where it leads from `fails`.
    pub edge_words: Vec<u16>,
    /// For each edge the state that it leads to.
    pub edge_states: Vec<u32>,
    /// For each state the first of its ends; one more at the end. Further ends are those of `fails`.
    pub first_ends: Vec<u32>,
    /// The places of patterns that end in a state.
    pub ends: Vec<u32>,
    /// For each place its pattern,
    pub place_patterns: Vec<u32>,
    /// how many of the pattern's places stand before it,
    pub place_numbers: Vec<u8>,
    /// and how many words it has, at least and at most.
    pub place_fewest: Vec<u8>,
    pub place_most: Vec<u8>,
    /// For each pattern how many places it has.
    pub pattern_places: Vec<u8>,
    /// For each pattern its owner: an index or a number,
    pub pattern_owners: Vec<u32>,
    /// and 0 to 4 for what it is to it.
    pub pattern_kinds: Vec<u8>,
}

impl Automaton {
    /// Builds the automaton of all patterns.
    ///
    /// # Panics
    ///
    /// Where there are more than 65,535 different words: no catalogue comes near.
    pub fn build<'a>(patterns: impl IntoIterator<Item = (Owner, &'a Words)>) -> Self {
        let mut builder = Builder::default();
        for (owner, words) in patterns {
            builder.add(owner, words);
        }
        builder.finish()
    }
}

/// How far a place was met: the next choice, and where a spelling of it was begun, that spelling and how many of its words.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
struct Point {
    choice: u8,
    /// 0 is between two choices; a spelling of several words that was begun is counted from 1.
    spelling: u16,
    word: u8,
}

/// A place of a pattern, its words as numbers.
struct NumberedPlace {
    choices: Vec<Vec<Vec<u16>>>,
}

#[derive(Default)]
struct Builder {
    vocabulary: BTreeMap<Token, u16>,
    places: Vec<NumberedPlace>,
    automaton: Automaton,
}

impl Builder {
    fn add(&mut self, owner: Owner, words: &Words) {
        let pattern = index(self.automaton.pattern_places.len());
        for (place, words) in (0u8..).zip(&words.places) {
            let choices = self.numbers(words);
            let (fewest, most) = words.lengths();
            let short = |length| u8::try_from(length).expect("a place has few words");
            self.automaton.place_patterns.push(pattern);
            self.automaton.place_numbers.push(place);
            self.automaton.place_fewest.push(short(fewest));
            self.automaton.place_most.push(short(most));
            self.places.push(NumberedPlace { choices });
        }
        let (owner, kind) = match owner {
            Owner::Rule(index) => (index, 0),
            Owner::Without(index) => (index, 1),
            Owner::Mark(index) => (index, 2),
            Owner::Zone(index) => (index, 3),
            Owner::Retry(seconds) => (seconds, 4),
        };
        self.automaton.pattern_places.push(u8::try_from(words.places.len()).expect("few places"));
        self.automaton.pattern_owners.push(owner);
        self.automaton.pattern_kinds.push(kind);
    }

    fn numbers(&mut self, place: &Place) -> Vec<Vec<Vec<u16>>> {
        let vocabulary = &mut self.vocabulary;
        let mut number = |token: &Token| {
            let next = u16::try_from(vocabulary.len()).expect("fewer than 65,536 different words");
            *vocabulary.entry(token.clone()).or_insert(next)
        };
        let mut spelling = |words: &Vec<Token>| words.iter().map(&mut number).collect();
        place.choices.iter().map(|choice| choice.iter().map(&mut spelling).collect()).collect()
    }

    fn finish(mut self) -> Automaton {
        self.fill_slots();
        self.fill_states();
        self.automaton
    }

    /// Open addressing, at most half full.
    fn fill_slots(&mut self) {
        let count = (self.vocabulary.len() * 2).next_power_of_two().max(16);
        let (hashes, words) = (&mut self.automaton.slot_hashes, &mut self.automaton.slot_words);
        hashes.resize(count, 0);
        words.resize(count, 0);
        for (token, word) in &self.vocabulary {
            let hash = token.hash();
            let (mut slot, part) = (slot(hash, count), hash_part(hash));
            while hashes[slot] != 0 {
                assert_ne!(hashes[slot], part, "two words of rules have one hash: {token:?}");
                slot = (slot + 1) % count;
            }
            (hashes[slot], words[slot]) = (part, *word);
        }
    }

    /// The subset construction, from the root on.
    fn fill_states(&mut self) {
        let points = Points::of(&self.places);
        let mut states = States::default();
        // The root holds no point; what begins at it is added to every step.
        states.number(Vec::new());
        let mut root = vec![0; self.vocabulary.len()];
        for (word, begun) in &points.beginnings {
            root[usize::from(*word)] = states.number(begun.clone());
        }
        let mut fails = vec![0u32; states.sets.len()];
        let mut state = 0;
        while state < states.sets.len() {
            let fail = fails[state];
            // A step of the points that the shorter state has too is that state's step.
            let own: Vec<u32> = states.sets[state]
                .iter()
                .copied()
                .filter(|point| states.sets[fail as usize].binary_search(point).is_err())
                .collect();
            let mut edges: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
            for point in &own {
                for (word, next) in &points.steps[*point as usize] {
                    edges.entry(*word).or_default().push(*next);
                }
            }
            let automaton = &mut self.automaton;
            automaton.first_edges.push(index(automaton.edge_words.len()));
            for (word, mut next) in edges {
                let shorter = if state == 0 { 0 } else { follow(automaton, &fails, &root, fail, word) };
                next.extend(&states.sets[shorter as usize]);
                next.sort_unstable();
                next.dedup();
                let number = states.number(next);
                if number as usize == fails.len() {
                    fails.push(shorter);
                }
                automaton.edge_words.push(word);
                automaton.edge_states.push(number);
            }
            automaton.first_ends.push(index(automaton.ends.len()));
            // As with edges, the ends of the points of the shorter state are found there.
            automaton.ends.extend(own.iter().filter_map(|point| points.ends[*point as usize]));
            state += 1;
        }
        let automaton = &mut self.automaton;
        automaton.first_edges.push(index(automaton.edge_words.len()));
        automaton.first_ends.push(index(automaton.ends.len()));
        automaton.fails = fails;
        automaton.root = root;
    }
}

/// Sets of points, each with its number.
#[derive(Default)]
struct States {
    sets: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, u32>,
}

impl States {
    fn number(&mut self, set: Vec<u32>) -> u32 {
        if let Some(number) = self.numbers.get(&set) {
            return *number;
        }
        let number = index(self.sets.len());
        self.sets.push(set.clone());
        self.numbers.insert(set, number);
        number
    }
}

/// All points of all places: where each leads, and what ends there.
#[derive(Default)]
struct Points {
    beginnings: BTreeMap<u16, Vec<u32>>,
    steps: Vec<Vec<(u16, u32)>>,
    ends: Vec<Option<u32>>,
}

impl Points {
    fn of(places: &[NumberedPlace]) -> Self {
        let mut points = Self::default();
        for (number, place) in (0..).zip(places) {
            let mut numbers = BTreeMap::new();
            let start = points.add(place, number, Point::default(), &mut numbers);
            for (word, point) in points.steps[start as usize].clone() {
                points.beginnings.entry(word).or_default().push(point);
            }
        }
        for begun in points.beginnings.values_mut() {
            begun.sort_unstable();
            begun.dedup();
        }
        points
    }

    /// Adds a point with all that can be reached from it; its number.
    fn add(
        &mut self,
        place: &NumberedPlace,
        place_number: u32,
        point: Point,
        numbers: &mut BTreeMap<Point, u32>,
    ) -> u32 {
        if let Some(number) = numbers.get(&point) {
            return *number;
        }
        let number = index(self.steps.len());
        numbers.insert(point, number);
        self.steps.push(Vec::new());
        self.ends.push(place.is_end(point).then_some(place_number));
        let steps = place.steps(point);
        let steps =
            steps.into_iter().map(|(word, next)| (word, self.add(place, place_number, next, numbers))).collect();
        self.steps[number as usize] = steps;
        number
    }
}

impl NumberedPlace {
    /// Every word that may come next at a point, and the point after it.
    fn steps(&self, point: Point) -> Vec<(u16, Point)> {
        if point.spelling > 0 {
            let spelling = &self.choices[usize::from(point.choice)][usize::from(point.spelling - 1)];
            return vec![step(point, point.spelling, spelling)];
        }
        let mut steps = Vec::new();
        for (choice, spellings) in (point.choice..).zip(&self.choices[usize::from(point.choice)..]) {
            for (spelling, words) in (1..).zip(spellings) {
                if !words.is_empty() {
                    steps.push(step(Point { choice, ..point }, spelling, words));
                }
            }
            // What may be left out is passed over; what must stand is not.
            if !spellings.iter().any(Vec::is_empty) {
                break;
            }
        }
        steps
    }

    /// Whether a point is at the end of the place: all that follows may be left out.
    fn is_end(&self, point: Point) -> bool {
        let rest = &self.choices[usize::from(point.choice)..];
        point.spelling == 0 && rest.iter().all(|choice| choice.iter().any(Vec::is_empty))
    }
}

/// The next word of a spelling, and the point after it.
fn step(point: Point, spelling: u16, words: &[u16]) -> (u16, Point) {
    let next = if usize::from(point.word) + 1 == words.len() {
        Point { choice: point.choice + 1, spelling: 0, word: 0 }
    } else {
        Point { spelling, word: point.word + 1, ..point }
    };
    (words[usize::from(point.word)], next)
}

/// The state after `word`, by way of shorter states where there is no edge.
fn follow(automaton: &Automaton, fails: &[u32], root: &[u32], mut state: u32, word: u16) -> u32 {
    while state != 0 {
        let first = automaton.first_edges[state as usize] as usize;
        let last =
            automaton.first_edges.get(state as usize + 1).map_or(automaton.edge_words.len(), |last| *last as usize);
        if let Ok(place) = automaton.edge_words[first..last].binary_search(&word) {
            return automaton.edge_states[first + place];
        }
        state = fails[state as usize];
    }
    root[usize::from(word)]
}

/// The slot at which the search for a hash begins: its upper bits.
fn slot(hash: u64, count: usize) -> usize {
    usize::try_from(hash >> (64 - count.trailing_zeros())).expect("a slot's number is small")
}

/// What a slot keeps of a hash: other bits than those that chose the slot, never 0.
fn hash_part(hash: u64) -> u32 {
    let [_, a, b, c, d, ..] = hash.to_le_bytes();
    u32::from_le_bytes([a, b, c, d]).max(1)
}

fn index(length: usize) -> u32 {
    u32::try_from(length).expect("fewer than 2^32 entries")
}
