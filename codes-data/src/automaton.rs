//! All words of many rules as one automaton over words, after Aho and Corasick.
//!
//! Its letters are words, not bytes: a text has six times fewer of them, most are in no rule and end every match at once, and
//! punctuation, numbers and addresses can be passed over. States are numbered in breadth-first order, so that the children of a
//! state stand side by side and an edge needs no more than the word on it: two bytes.

use std::collections::{BTreeMap, VecDeque};

use crate::text::Token;
use crate::words::Words;

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

/// The tables of an automaton. The indices in them are checked by the builder, never by the reader.
#[derive(Clone, Debug, Default)]
pub struct Automaton {
    /// For each slot of the vocabulary a part of the word's hash; 0 is an empty slot. A power of two of them.
    pub slot_hashes: Vec<u32>,
    /// For each slot its word, from 0 on.
    pub slot_words: Vec<u16>,
    /// For each word the state that it leads to from the root; 0 is none.
    pub root: Vec<u32>,
    /// For each state its first child; one more at the end.
    pub first_children: Vec<u32>,
    /// For each state the word that led to it.
    pub labels: Vec<u16>,
    /// For each state the one for the longest proper end of its words.
    pub fails: Vec<u32>,
    /// For each state the first of the pieces that end there; one more at the end.
    pub first_outputs: Vec<u32>,
    /// Pieces that end in a state, the longest first.
    pub outputs: Vec<u32>,
    /// For each piece its words, so that its beginning is known from its end.
    pub lengths: Vec<u8>,
    /// For each piece the first of its uses; one more at the end.
    pub first_uses: Vec<u32>,
    /// Where pieces stand: pattern, place in it from 0.
    pub use_patterns: Vec<u32>,
    pub use_places: Vec<u8>,
    /// For each pattern how many pieces it has.
    pub pattern_pieces: Vec<u8>,
    /// For each pattern its owner: an index, and 0 to 4 for what it is to it.
    pub pattern_owners: Vec<u32>,
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
            for pieces in &words.patterns {
                builder.add(owner, pieces);
            }
        }
        builder.finish()
    }
}

#[derive(Default)]
struct Builder {
    vocabulary: BTreeMap<Token, u16>,
    pieces: BTreeMap<Vec<u16>, u32>,
    uses: Vec<Vec<(u32, u8)>>,
    automaton: Automaton,
}

impl Builder {
    fn add(&mut self, owner: Owner, pieces: &[Vec<Token>]) {
        let pattern = index(self.automaton.pattern_pieces.len());
        for (place, piece) in (0u8..).zip(pieces) {
            let words = piece.iter().map(|token| self.word(token)).collect();
            let next = index(self.pieces.len());
            let piece = *self.pieces.entry(words).or_insert(next);
            if piece == next {
                self.uses.push(Vec::new());
            }
            self.uses[piece as usize].push((pattern, place));
        }
        let (owner, kind) = match owner {
            Owner::Rule(index) => (index, 0),
            Owner::Without(index) => (index, 1),
            Owner::Mark(index) => (index, 2),
            Owner::Zone(index) => (index, 3),
            Owner::Retry(seconds) => (seconds, 4),
        };
        self.automaton.pattern_pieces.push(u8::try_from(pieces.len()).expect("few pieces"));
        self.automaton.pattern_owners.push(owner);
        self.automaton.pattern_kinds.push(kind);
    }

    fn word(&mut self, token: &Token) -> u16 {
        let next = u16::try_from(self.vocabulary.len()).expect("fewer than 65,536 different words");
        *self.vocabulary.entry(token.clone()).or_insert(next)
    }

    fn finish(mut self) -> Automaton {
        self.fill_slots();
        self.fill_states();
        self.fill_uses();
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

    fn fill_states(&mut self) {
        // A trie first, in any order; then its states breadth first.
        let mut children: Vec<BTreeMap<u16, usize>> = vec![BTreeMap::new()];
        let mut ends: Vec<Option<u32>> = vec![None];
        for (piece, id) in &self.pieces {
            let mut state = 0;
            for word in piece {
                let next = children.len();
                state = *children[state].entry(*word).or_insert(next);
                if state == next {
                    children.push(BTreeMap::new());
                    ends.push(None);
                }
            }
            ends[state] = Some(*id);
        }

        let automaton = &mut self.automaton;
        automaton.root = vec![0; self.vocabulary.len()];
        automaton.labels.push(0);
        automaton.fails.push(0);
        let mut outputs: Vec<Vec<u32>> = vec![Vec::new()];
        let mut queue = VecDeque::from([(0usize, 0u32)]);
        while let Some((node, state)) = queue.pop_front() {
            automaton.first_children.push(index(automaton.labels.len()));
            for (word, child) in &children[node] {
                let new = index(automaton.labels.len());
                if state == 0 {
                    automaton.root[usize::from(*word)] = new;
                }
                // All shorter states are complete here, so the way back is known; children of the root fail to the root.
                let fail = if state == 0 { 0 } else { follow(automaton, automaton.fails[state as usize], *word) };
                automaton.labels.push(*word);
                automaton.fails.push(fail);
                let mut ended: Vec<u32> = ends[*child].into_iter().collect();
                ended.extend(&outputs[fail as usize]);
                outputs.push(ended);
                queue.push_back((*child, new));
            }
        }
        automaton.first_children.push(index(automaton.labels.len()));
        for ended in outputs {
            automaton.first_outputs.push(index(automaton.outputs.len()));
            automaton.outputs.extend(ended);
        }
        automaton.first_outputs.push(index(automaton.outputs.len()));
    }

    fn fill_uses(&mut self) {
        let automaton = &mut self.automaton;
        automaton.lengths = vec![0; self.pieces.len()];
        for (words, piece) in &self.pieces {
            automaton.lengths[*piece as usize] = u8::try_from(words.len()).expect("a piece has few words");
        }
        for uses in &self.uses {
            automaton.first_uses.push(index(automaton.use_patterns.len()));
            for (pattern, place) in uses {
                automaton.use_patterns.push(*pattern);
                automaton.use_places.push(*place);
            }
        }
        automaton.first_uses.push(index(automaton.use_patterns.len()));
    }
}

/// The state after `word`, by way of shorter ends where there is no edge.
fn follow(automaton: &Automaton, mut state: u32, word: u16) -> u32 {
    while state != 0 {
        let (first, last) = (automaton.first_children[state as usize], automaton.first_children.get(state as usize + 1));
        let last = last.copied().unwrap_or(index(automaton.labels.len()));
        if let Some(child) = (first..last).find(|child| automaton.labels[*child as usize] == word) {
            return child;
        }
        state = automaton.fails[state as usize];
    }
    automaton.root[usize::from(word)]
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
