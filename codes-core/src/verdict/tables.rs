//! The automaton over words that the macro builds, and one step of it.

/// The tables of an automaton, as `smtp_codes_data::automaton` builds and explains them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tables<'a> {
    pub(crate) slot_hashes: &'a [u32],
    pub(crate) slot_words: &'a [u16],
    pub(crate) root: &'a [u32],
    pub(crate) first_edges: &'a [u32],
    pub(crate) fails: &'a [u32],
    pub(crate) edge_words: &'a [u16],
    pub(crate) edge_states: &'a [u32],
    pub(crate) first_ends: &'a [u32],
    pub(crate) ends: &'a [u32],
    pub(crate) place_patterns: &'a [u32],
    pub(crate) place_numbers: &'a [u8],
    pub(crate) place_fewest: &'a [u8],
    pub(crate) place_most: &'a [u8],
    pub(crate) pattern_places: &'a [u8],
    pub(crate) pattern_owners: &'a [u32],
    pub(crate) pattern_kinds: &'a [u8],
}

impl Tables<'_> {
    /// The word with this hash.
    ///
    /// A hash is kept in 32 bits beside those that choose the slot: a word that is in no rule is taken for one that is about
    /// once in ten thousand million.
    pub(super) fn word(&self, hash: u64) -> Option<u16> {
        let count = self.slot_hashes.len();
        let mask = count - 1;
        let mut slot = (hash >> (64 - count.trailing_zeros())) as usize & mask;
        let part = ((hash >> 8) as u32).max(1);
        loop {
            let kept = self.slot_hashes[slot];
            if kept == part {
                return Some(self.slot_words[slot]);
            }
            if kept == 0 {
                return None;
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The state after one more word; 0 is the root.
    pub(super) fn step(&self, mut state: u32, word: u16) -> u32 {
        while state != 0 {
            let first = self.first_edges[state as usize] as usize;
            let last = self.first_edges[state as usize + 1] as usize;
            if let Ok(place) = self.edge_words[first..last].binary_search(&word) {
                return self.edge_states[first + place];
            }
            state = self.fails[state as usize];
        }
        self.root[usize::from(word)]
    }

    /// The places of patterns that end in a state.
    pub(super) fn ends(&self, state: u32) -> impl Iterator<Item = u32> {
        let chain = core::iter::successors(Some(state), |state| Some(self.fails[*state as usize]));
        chain.take_while(|state| *state != 0).flat_map(|state| {
            let first = self.first_ends[state as usize] as usize;
            let last = self.first_ends[state as usize + 1] as usize;
            self.ends[first..last].iter().copied()
        })
    }
}

/// Numbers that the macro wrote as little-endian bytes, as a list of so many literals would cost every build seconds.
pub(crate) const fn u32s<const N: usize>(bytes: &[u8]) -> [u32; N] {
    let mut numbers = [0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = u32::from_le_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]]);
        i += 1;
    }
    numbers
}

/// As [`u32s`], for numbers of two bytes.
pub(crate) const fn u16s<const N: usize>(bytes: &[u8]) -> [u16; N] {
    let mut numbers = [0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = u16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]]);
        i += 1;
    }
    numbers
}
