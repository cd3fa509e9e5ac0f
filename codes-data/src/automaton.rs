//! All words of many rules as one deterministic automaton over words.
//!
//! Its letters are words, not bytes: a text has six times fewer of them, most are in no rule and end every match at once, and
//! punctuation, numbers and addresses can be passed over. A state is a set of points up to which rules were met; what may begin
//! anew at any word is left out of it, as that is the same for all states and kept once, in the root. So choices that follow
//! each other cost their sum, not their product.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::text::Token;
use crate::words::{Place, Words};

/// What a pattern is for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Owner {
    /// Words of the rule with this index.
    Rule(u32),
    /// Words that must not stand beside those of some rules: the next guard, in the order of the patterns. Guards are looked
    /// for only where a rule asks, so they have tables of their own.
    Guard,
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
    /// For each slot of the vocabulary a part of the word's hash (0 is an empty slot), the word, and the state that it leads to
    /// from the root, which is state 0. A power of two of them.
    pub slots: Vec<[u32; 3]>,
    /// For each state its base, its fail, its ending, and a bit for each word that has an edge here or in the fails, by its last
    /// five bits. The fail holds a part of the state's points; 0 is the root.
    pub states: Vec<[u32; 4]>,
    /// The edges of all states in one double array: that of a word stands at the state's base and the word's number, added with
    /// overflow, and holds the state to tell it from another's, and the state that it leads to; 0 is none. A word without an edge
    /// leads where it leads from the fail.
    pub edges: Vec<[u32; 2]>,
    /// An ending is what ends in a state and its fails: the first of its places of patterns, of those of guards, of its complete
    /// patterns, of its openings, and of its followers; and two halves each of a bit for each place of a guard, for each prefix
    /// that goes on, and for each that must stand before one of the places, by the last six bits of their numbers. One more at
    /// the end; 0 is nothing.
    pub endings: Vec<[u32; 11]>,
    /// The places of patterns of an ending,
    pub ends: Vec<u32>,
    /// in the same way those of guards,
    pub guard_ends: Vec<u32>,
    /// the owners of patterns of one place, each with what it is (the lower byte) and how many words its pattern has, and with
    /// the place,
    pub complete: Vec<[u32; 3]>,
    /// the prefixes of one place behind which some pattern goes on, with their places,
    pub openings: Vec<[u32; 2]>,
    /// and the places that are used behind others, each with two halves of a bit for each prefix before those.
    pub followers: Vec<[u32; 3]>,
    /// For each guard the first of its places, and two halves of a bit for each, by the last six bits of their numbers; one more
    /// at the end.
    pub guards: Vec<[u32; 3]>,
    /// The places of a guard, which follow each other with gaps.
    pub guard_places: Vec<u32>,
    /// For each place how many words it has, at least (in the lower byte) and at most; the first of its uses behind others; and
    /// two halves of a bit for each prefix before those. One more at the end. Places of several patterns that are alike are
    /// one.
    pub places: Vec<[u32; 4]>,
    /// A use of a place behind others: the prefix that must be met before it, ascending within a place,
    pub use_before: Vec<u32>,
    /// and the prefix that is met with it.
    pub use_after: Vec<u32>,
    /// For each prefix (one place of a pattern or more, from its beginning on) the first of its owners, and twice the words that
    /// it has at least, one more where some pattern goes on behind it; one more at the end. 0 is the empty prefix.
    pub prefixes: Vec<[u32; 2]>,
    /// An owner of a pattern: an index or a number,
    pub owners: Vec<u32>,
    /// and 0 to 3 for what it is to it.
    pub owner_kinds: Vec<u8>,
}

impl Automaton {
    /// Builds the automaton of all patterns.
    ///
    /// # Errors
    ///
    /// What was expected and what was found, where the tables have no room for so many words or states, or two words have
    /// one hash. No catalogue comes near, but a user's file may.
    pub fn build<'a>(patterns: impl IntoIterator<Item = (Owner, &'a Words)>) -> Result<Self, String> {
        let mut builder = Builder { prefixes: vec![Prefix::default()], ..Builder::default() };
        for (owner, words) in patterns {
            builder.add(owner, words)?;
        }
        builder.finish()
    }

    /// How many bytes the tables have.
    pub fn size(&self) -> usize {
        let numbers =
            [&self.ends, &self.guard_ends, &self.owners, &self.guard_places, &self.use_before, &self.use_after];
        let rows = [
            size_of_val(&*self.slots),
            size_of_val(&*self.states),
            size_of_val(&*self.edges),
            size_of_val(&*self.endings),
            size_of_val(&*self.complete),
            size_of_val(&*self.openings),
            size_of_val(&*self.followers),
            size_of_val(&*self.guards),
            size_of_val(&*self.places),
            size_of_val(&*self.prefixes),
            size_of_val(&*self.owner_kinds),
        ];
        numbers.iter().map(|table| size_of_val(&***table)).sum::<usize>() + rows.iter().sum::<usize>()
    }
}

/// More states than this come from choices that multiply.
const MOST_STATES: usize = 1 << 18;

/// No array of edges is that long, so a place behind this lies before the first one.
const MOST_EDGES: u32 = 1 << 31;

/// How far a place was met: the next choice, and where a spelling of it was begun, that spelling and how many of its words.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
struct Point {
    choice: u8,
    /// 0 is between two choices; a spelling of several words that was begun is counted from 1.
    spelling: u16,
    word: u8,
}

/// A place of patterns, its words as numbers.
#[derive(Clone, Eq, Hash, PartialEq)]
struct NumberedPlace {
    choices: Vec<Vec<Vec<u16>>>,
}

/// The beginning of one pattern or more.
#[derive(Default)]
struct Prefix {
    next: BTreeMap<u32, u32>,
    words: u8,
    owners: Vec<(u32, u8)>,
}

#[derive(Default)]
struct Builder {
    vocabulary: BTreeMap<Token, u16>,
    places: Vec<NumberedPlace>,
    /// For each place how many words it has, at least and at most.
    lengths: Vec<[u8; 2]>,
    place_numbers: HashMap<NumberedPlace, u32>,
    /// For each place the prefix that it is alone; 0 is none.
    alone: Vec<u32>,
    /// For each word the state that it leads to from the root.
    root: Vec<u32>,
    /// For each state its edges, by their words.
    edges: Vec<Vec<(u16, u32)>>,
    endings: HashMap<Ending, u32>,
    prefixes: Vec<Prefix>,
    guards: Vec<Vec<u32>>,
    automaton: Automaton,
}

impl Builder {
    fn add(&mut self, owner: Owner, words: &Words) -> Result<(), String> {
        let places = words.places.iter().map(|place| self.place(place)).collect::<Result<Vec<u32>, String>>()?;
        let owner = match owner {
            Owner::Guard => {
                self.guards.push(places);
                return Ok(());
            }
            Owner::Rule(index) => (index, 0),
            Owner::Mark(index) => (index, 1),
            Owner::Zone(index) => (index, 2),
            Owner::Retry(seconds) => (seconds, 3),
        };
        let mut prefix = 0;
        for place in places {
            let next = index(self.prefixes.len());
            let length = self.prefixes[prefix as usize].words;
            let length = length.saturating_add(self.lengths[place as usize][0]);
            prefix = *self.prefixes[prefix as usize].next.entry(place).or_insert(next);
            if prefix == next {
                self.prefixes.push(Prefix { words: length, ..Prefix::default() });
            }
        }
        let owners = &mut self.prefixes[prefix as usize].owners;
        if !owners.contains(&owner) {
            owners.push(owner);
        }
        Ok(())
    }

    fn place(&mut self, words: &Place) -> Result<u32, String> {
        let place = NumberedPlace { choices: self.numbers(words)? };
        if let Some(number) = self.place_numbers.get(&place) {
            return Ok(*number);
        }
        let number = index(self.places.len());
        let (fewest, most) = words.lengths();
        let short = |length| u8::try_from(length).expect("a place has few words");
        self.lengths.push([short(fewest), short(most)]);
        self.places.push(place.clone());
        self.place_numbers.insert(place, number);
        Ok(number)
    }

    fn numbers(&mut self, place: &Place) -> Result<Vec<Vec<Vec<u16>>>, String> {
        let vocabulary = &mut self.vocabulary;
        let mut number = |token: &Token| {
            // The last number is left for words that are in no rule.
            let next = u16::try_from(vocabulary.len()).ok().filter(|next| *next < u16::MAX);
            let next = next.ok_or("expected fewer than 65,536 different words, found more")?;
            Ok(*vocabulary.entry(token.clone()).or_insert(next))
        };
        let mut spelling = |words: &Vec<Token>| words.iter().map(&mut number).collect();
        place.choices.iter().map(|choice| choice.iter().map(&mut spelling).collect()).collect()
    }

    fn finish(mut self) -> Result<Automaton, String> {
        self.fill_prefixes();
        self.fill_states()?;
        self.fill_edges();
        self.fill_slots()?;
        Ok(self.automaton)
    }

    fn fill_prefixes(&mut self) {
        let mut uses = vec![Vec::new(); self.places.len()];
        let mut alone = vec![0; self.places.len()];
        for (before, prefix) in (0u32..).zip(&self.prefixes) {
            for (place, after) in &prefix.next {
                match before {
                    0 => alone[*place as usize] = *after,
                    _ => uses[*place as usize].push((before, *after)),
                }
            }
        }
        let automaton = &mut self.automaton;
        for (uses, [fewest, most]) in uses.iter().zip(&self.lengths) {
            let lengths = u32::from(*fewest) | u32::from(*most) << 8;
            let [low, high] = halves(uses.iter().fold(0, |bits, (before, _)| bits | number_bit(*before)));
            automaton.places.push([lengths, index(automaton.use_before.len()), low, high]);
            for (before, after) in uses {
                automaton.use_before.push(*before);
                automaton.use_after.push(*after);
            }
        }
        automaton.places.push([0, index(automaton.use_before.len()), 0, 0]);
        self.alone = alone;
        for prefix in &self.prefixes {
            let open = u32::from(!prefix.next.is_empty());
            automaton.prefixes.push([index(automaton.owners.len()), 2 * u32::from(prefix.words) + open]);
            for (owner, kind) in &prefix.owners {
                automaton.owners.push(*owner);
                automaton.owner_kinds.push(*kind);
            }
        }
        automaton.prefixes.push([index(automaton.owners.len()), 0]);
    }

    /// Open addressing, at most half full.
    fn fill_slots(&mut self) -> Result<(), String> {
        let count = (self.vocabulary.len() * 2).next_power_of_two().max(16);
        let slots = &mut self.automaton.slots;
        slots.resize(count, [0; 3]);
        for (token, word) in &self.vocabulary {
            let hash = token.hash();
            let (mut slot, part) = (slot(hash, count), hash_part(hash));
            while slots[slot][0] != 0 {
                if slots[slot][0] == part {
                    return Err(format!(
                        "expected a hash of its own for each word, found that of `{}` twice",
                        token.text
                    ));
                }
                slot = (slot + 1) % count;
            }
            slots[slot] = [part, u32::from(*word), self.root[usize::from(*word)]];
        }
        Ok(())
    }

    /// The subset construction, from the root on.
    fn fill_states(&mut self) -> Result<(), String> {
        let points = Points::of(&self.places);
        let in_patterns: BTreeSet<u32> = self.prefixes.iter().flat_map(|prefix| prefix.next.keys().copied()).collect();
        let in_guards: BTreeSet<u32> = self.guards.iter().flatten().copied().collect();
        let mut states = States::default();
        // The root holds no point; what begins at it is added to every step.
        states.number(Vec::new());
        let mut root = vec![0; self.vocabulary.len()];
        for (word, begun) in &points.beginnings {
            root[usize::from(*word)] = states.number(begun.clone());
        }
        let mut fails = vec![0u32; states.sets.len()];
        let mut endings: Vec<Ending> = Vec::new();
        let mut state = 0;
        while state < states.sets.len() {
            if states.sets.len() > MOST_STATES {
                return Err(format!("expected at most {MOST_STATES} states, found choices that multiply to more"));
            }
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
            // The ends of the fails are repeated: what is looked for at run time is found in one place.
            let mut ending = endings.get(fail as usize).cloned().unwrap_or_default();
            let ends = own.iter().filter_map(|point| points.ends[*point as usize]);
            ending.places = joined(ends.clone().filter(|place| in_patterns.contains(place)), &ending.places);
            ending.guards = joined(ends.filter(|place| in_guards.contains(place)), &ending.guards);
            let number = self.ending(&ending);
            let [.., of_fail] = self.automaton.states.get(fail as usize).copied().unwrap_or_default();
            let filter = edges.keys().fold(of_fail, |bits, word| bits | word_bit(*word));
            self.automaton.states.push([0, fail, number, filter]);
            endings.push(ending);
            let mut numbered = Vec::new();
            for (word, mut next) in edges {
                let shorter = if state == 0 { 0 } else { self.follow(&root, fail, word) };
                next.extend(&states.sets[shorter as usize]);
                next.sort_unstable();
                next.dedup();
                let number = states.number(next);
                if number as usize == fails.len() {
                    fails.push(shorter);
                }
                numbered.push((word, number));
            }
            self.edges.push(numbered);
            state += 1;
        }
        self.push_ending(&Ending::default());
        let automaton = &mut self.automaton;
        for places in &self.guards {
            let [low, high] = halves(places.iter().fold(0, |bits, place| bits | number_bit(*place)));
            automaton.guards.push([index(automaton.guard_places.len()), low, high]);
            automaton.guard_places.extend(places);
        }
        automaton.guards.push([index(automaton.guard_places.len()), 0, 0]);
        self.root = root;
        Ok(())
    }

    /// The state after `word`, by way of shorter states where there is no edge.
    fn follow(&self, root: &[u32], mut state: u32, word: u16) -> u32 {
        while state != 0 {
            let edges = &self.edges[state as usize];
            if let Ok(place) = edges.binary_search_by_key(&word, |(word, _)| *word) {
                return edges[place].1;
            }
            state = self.automaton.states[state as usize][1];
        }
        root[usize::from(word)]
    }

    /// Packs the edges of all states into one array: those with the most first, each at the first base at which its edges all
    /// fall on free places.
    fn fill_edges(&mut self) {
        let mut order: Vec<usize> = (1..self.edges.len()).filter(|state| !self.edges[*state].is_empty()).collect();
        order.sort_by_key(|state| std::cmp::Reverse(self.edges[*state].len()));
        let packed = &mut self.automaton.edges;
        // Where the search goes on: those with as many edges as the last one found nothing before it.
        let (mut from, mut count) = (0, 0);
        for state in order {
            let edges = &self.edges[state];
            let is_free = |place: u32| place < MOST_EDGES && packed.get(place as usize).is_none_or(|edge| edge[0] == 0);
            let base_of = |place: u32| place.wrapping_sub(edges[0].0.into());
            let fits = |place: &u32| {
                let base = base_of(*place);
                edges.iter().all(|(word, _)| is_free(base.wrapping_add((*word).into())))
            };
            if edges.len() != count {
                (from, count) = (0, edges.len());
            }
            from = (from..MOST_EDGES).find(fits).expect("all places behind the last edge are free");
            let base = base_of(from);
            self.automaton.states[state][0] = base;
            for (word, next) in edges {
                let place = base.wrapping_add((*word).into()) as usize;
                packed.resize(packed.len().max(place + 1), [0; 2]);
                packed[place] = [index(state), *next];
            }
        }
    }

    /// The number of an ending.
    fn ending(&mut self, ending: &Ending) -> u32 {
        let next = index(self.automaton.endings.len());
        let number = *self.endings.entry(ending.clone()).or_insert(next);
        if number == next {
            self.push_ending(ending);
        }
        number
    }

    fn push_ending(&mut self, ending: &Ending) {
        let Automaton { places, endings, ends, guard_ends, complete, openings, followers, .. } = &mut self.automaton;
        let firsts = [ends.len(), guard_ends.len(), complete.len(), openings.len(), followers.len()].map(index);
        let (mut going_on, mut before) = (0, 0);
        for place in &ending.places {
            let [.., low, high] = places[*place as usize];
            before |= u64::from(low) | u64::from(high) << 32;
            if low | high != 0 {
                followers.push([*place, low, high]);
            }
            let alone = self.alone[*place as usize];
            let prefix = &self.prefixes[alone as usize];
            if alone != 0 && !prefix.next.is_empty() {
                going_on |= number_bit(alone);
                openings.push([alone, *place]);
            }
            let words = u32::from(prefix.words) << 8;
            complete.extend(prefix.owners.iter().map(|(owner, kind)| [*owner, u32::from(*kind) | words, *place]));
        }
        ends.extend(&ending.places);
        guard_ends.extend(&ending.guards);
        let guarded = ending.guards.iter().fold(0, |bits, place| bits | number_bit(*place));
        let mut row = [0; 11];
        row[..5].copy_from_slice(&firsts);
        row[5..].copy_from_slice([guarded, going_on, before].map(halves).as_flattened());
        endings.push(row);
    }
}

/// Places without those that come twice.
fn joined(own: impl Iterator<Item = u32>, others: &[u32]) -> Vec<u32> {
    let mut joined = Vec::new();
    for place in own.chain(others.iter().copied()) {
        if !joined.contains(&place) {
            joined.push(place);
        }
    }
    joined
}

/// What ends in a state and its fails: places of patterns and of guards.
#[derive(Clone, Default, Eq, Hash, PartialEq)]
struct Ending {
    places: Vec<u32>,
    guards: Vec<u32>,
}

/// Few prefixes and guards are met in a text, so one bit tells most of them apart.
fn number_bit(number: u32) -> u64 {
    1 << (number % 64)
}

/// Most words have no edge in most states, which one bit tells.
fn word_bit(word: u16) -> u32 {
    1 << (word % 32)
}

/// The lower half and the upper one.
fn halves(bits: u64) -> [u32; 2] {
    let (lower, upper) = (bits & u64::from(u32::MAX), bits >> 32);
    [lower, upper].map(|half| u32::try_from(half).expect("half of 64 bits"))
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
