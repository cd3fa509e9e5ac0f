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
    /// For each slot of the vocabulary a part of the word's hash; 0 is an empty slot. A power of two of them.
    pub slot_hashes: Vec<u32>,
    /// For each slot its word, from 0 on.
    pub slot_words: Vec<u16>,
    /// For each word the state that it leads to from the root, which is state 0.
    pub root: Vec<u32>,
    /// For each state the first of its edges, its fail, and its ending; one more at the end. The fail holds a part of the
    /// state's points; 0 is the root.
    pub states: Vec<[u32; 3]>,
    /// For each edge its word, ascending within a state. A word without an edge leads where it leads from the fail.
    pub edge_words: Vec<u16>,
    /// For each edge the state that it leads to.
    pub edge_states: Vec<u32>,
    /// An ending is what ends in a state and its fails: the first of its places of patterns, of those of guards, and of its
    /// complete patterns; two halves of a bit for each of its prefixes that go on, by the last six bits of their numbers, and two
    /// of a bit for each that must stand before one of its places. One more at the end; 0 is nothing.
    pub endings: Vec<[u32; 7]>,
    /// The places of patterns of an ending,
    pub ends: Vec<u32>,
    /// in the same way those of guards,
    pub guard_ends: Vec<u32>,
    /// and the prefixes of one place that are complete patterns, with their places.
    pub complete: Vec<[u32; 2]>,
    /// For each guard the first of its places; one more at the end.
    pub first_guard_places: Vec<u32>,
    /// The places of a guard, which follow each other with gaps.
    pub guard_places: Vec<u32>,
    /// For each place how many words it has, at least (in the lower byte) and at most; the prefix that it is alone where some
    /// pattern goes on behind it, else 0; the first of its uses behind others; and two halves of a bit for each prefix before
    /// those. One more at the end. Places of several patterns that are alike are one.
    pub places: Vec<[u32; 5]>,
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
        let words = [&self.slot_words, &self.edge_words];
        let numbers = [&self.slot_hashes, &self.root, &self.edge_states, &self.ends, &self.guard_ends, &self.owners];
        let more = [&self.first_guard_places, &self.guard_places, &self.use_before, &self.use_after];
        let rows = [
            size_of_val(&*self.states),
            size_of_val(&*self.endings),
            size_of_val(&*self.complete),
            size_of_val(&*self.places),
            size_of_val(&*self.prefixes),
            size_of_val(&*self.owner_kinds),
        ];
        words.iter().map(|table| size_of_val(&***table)).sum::<usize>()
            + numbers.iter().chain(&more).map(|table| size_of_val(&***table)).sum::<usize>()
            + rows.iter().sum::<usize>()
    }
}

/// More states than this come from choices that multiply.
const MOST_STATES: usize = 1 << 18;

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
        self.fill_slots()?;
        self.fill_prefixes();
        self.fill_states()?;
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
        for ((uses, alone), [fewest, most]) in uses.iter().zip(&alone).zip(&self.lengths) {
            let lengths = u32::from(*fewest) | u32::from(*most) << 8;
            let going_on = if self.prefixes[*alone as usize].next.is_empty() { 0 } else { *alone };
            let [low, high] = halves(uses.iter().fold(0, |bits, (before, _)| bits | prefix_bit(*before)));
            automaton.places.push([lengths, going_on, index(automaton.use_before.len()), low, high]);
            for (before, after) in uses {
                automaton.use_before.push(*before);
                automaton.use_after.push(*after);
            }
        }
        automaton.places.push([0, 0, index(automaton.use_before.len()), 0, 0]);
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
        let (hashes, words) = (&mut self.automaton.slot_hashes, &mut self.automaton.slot_words);
        hashes.resize(count, 0);
        words.resize(count, 0);
        for (token, word) in &self.vocabulary {
            let hash = token.hash();
            let (mut slot, part) = (slot(hash, count), hash_part(hash));
            while hashes[slot] != 0 {
                if hashes[slot] == part {
                    return Err(format!(
                        "expected a hash of its own for each word, found that of `{}` twice",
                        token.text
                    ));
                }
                slot = (slot + 1) % count;
            }
            (hashes[slot], words[slot]) = (part, *word);
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
            self.automaton.states.push([index(self.automaton.edge_words.len()), fail, number]);
            endings.push(ending);
            let automaton = &mut self.automaton;
            for (word, mut next) in edges {
                let shorter = if state == 0 { 0 } else { follow(automaton, &root, fail, word) };
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
            state += 1;
        }
        self.automaton.states.push([index(self.automaton.edge_words.len()), 0, 0]);
        self.push_ending(&Ending::default());
        let automaton = &mut self.automaton;
        for places in &self.guards {
            automaton.first_guard_places.push(index(automaton.guard_places.len()));
            automaton.guard_places.extend(places);
        }
        automaton.first_guard_places.push(index(automaton.guard_places.len()));
        automaton.root = root;
        Ok(())
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
        let Automaton { places, endings, ends, guard_ends, complete, .. } = &mut self.automaton;
        let (mut going_on, mut before) = (0, 0);
        let firsts = [index(ends.len()), index(guard_ends.len()), index(complete.len())];
        for place in &ending.places {
            let [_, prefix, _, low, high] = places[*place as usize];
            if prefix != 0 {
                going_on |= prefix_bit(prefix);
            }
            before |= u64::from(low) | u64::from(high) << 32;
            let alone = self.alone[*place as usize];
            if !self.prefixes[alone as usize].owners.is_empty() {
                complete.push([alone, *place]);
            }
        }
        ends.extend(&ending.places);
        guard_ends.extend(&ending.guards);
        let ([a, b], [c, d]) = (halves(going_on), halves(before));
        endings.push([firsts[0], firsts[1], firsts[2], a, b, c, d]);
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

/// Few prefixes are met in a text, so one bit tells most of them apart.
fn prefix_bit(prefix: u32) -> u64 {
    1 << (prefix % 64)
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

/// The state after `word`, by way of shorter states where there is no edge.
fn follow(automaton: &Automaton, root: &[u32], mut state: u32, word: u16) -> u32 {
    while state != 0 {
        let [first, fail, ..] = automaton.states[state as usize];
        // The last state's edges end where the list does so far.
        let last = automaton.states.get(state as usize + 1).map_or(automaton.edge_words.len(), |next| next[0] as usize);
        if let Ok(place) = automaton.edge_words[first as usize..last].binary_search(&word) {
            return automaton.edge_states[first as usize + place];
        }
        state = fail;
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
