use alloc::vec::Vec;

/// What earlier lines told of messages and deliveries, such as who sent them, in bounded memory: of those that fall into the same few
/// places, the one that was told first is forgotten.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// Empty until something is told.
    slots: Vec<Slot>,
    /// How many slots there are to be.
    limit: usize,
    told: u32,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    /// The id, and behind it what was told.
    bytes: Vec<u8>,
    /// How many bytes of them are the id; 0 in an empty slot.
    id: usize,
    told: u32,
}

/// In how many slots an id may stand.
const WAYS: usize = 4;

/// What is longer is no id and address.
const LONGEST: usize = 512;

impl Memory {
    /// Room for so many ids, rounded up to a power of two; none for 0.
    pub(super) const fn new(limit: usize) -> Self {
        Self { slots: Vec::new(), limit: if limit == 0 { 0 } else { next_power_of_two(limit) }, told: 0 }
    }

    pub(super) fn tell(&mut self, id: &[u8], told_of_it: &[u8]) {
        if self.limit == 0 || id.is_empty() || id.len() + told_of_it.len() > LONGEST {
            return;
        }
        if self.slots.is_empty() {
            self.slots.resize_with(self.limit, Slot::default);
        }
        self.told = self.told.wrapping_add(1);
        let (told, ways) = (self.told, self.ways(id));
        let ways = &mut self.slots[ways];
        let place = ways.iter().position(|slot| slot.is_of(id)).unwrap_or_else(|| {
            let age = |slot: &Slot| if slot.id == 0 { u32::MAX } else { told.wrapping_sub(slot.told) };
            (0..ways.len()).max_by_key(|place| age(&ways[*place])).unwrap_or(0)
        });
        let slot = &mut ways[place];
        slot.bytes.clear();
        slot.bytes.reserve(id.len() + told_of_it.len());
        slot.bytes.extend_from_slice(id);
        slot.bytes.extend_from_slice(told_of_it);
        slot.id = id.len();
        slot.told = told;
    }

    pub(super) fn of(&self, id: &[u8]) -> Option<&[u8]> {
        if self.slots.is_empty() || id.is_empty() {
            return None;
        }
        let slot = self.slots[self.ways(id)].iter().find(|slot| slot.is_of(id))?;
        Some(&slot.bytes[slot.id..])
    }

    fn ways(&self, id: &[u8]) -> core::ops::Range<usize> {
        let ways = WAYS.min(self.slots.len());
        let sets = self.slots.len() / ways;
        #[expect(clippy::cast_possible_truncation, reason = "only the lower bits count")]
        let set = hash(id) as usize & (sets - 1);
        set * ways..(set + 1) * ways
    }
}

impl Slot {
    fn is_of(&self, id: &[u8]) -> bool {
        self.id == id.len() && self.bytes[..self.id] == *id
    }
}

const fn next_power_of_two(limit: usize) -> usize {
    const MOST: usize = 1 << 24;
    if limit > MOST { MOST } else { limit.next_power_of_two() }
}

/// Mixes eight bytes at a time; whoever could make ids collide would only have others forgotten.
fn hash(id: &[u8]) -> u64 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = 0_u64;
    for chunk in id.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MIX);
    }
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::Memory;

    #[test]
    fn the_oldest_is_forgotten_and_never_mistaken() {
        let mut memory = Memory::new(64);
        for message in 0..1000 {
            memory.tell(format!("{message:X}").as_bytes(), format!("s{message}@a.example").as_bytes());
        }
        let known = (0..1000).filter(|message| {
            let sender = memory.of(format!("{message:X}").as_bytes());
            assert!(sender.is_none_or(|sender| sender == format!("s{message}@a.example").as_bytes()));
            sender.is_some()
        });
        assert_eq!(known.count(), 64);
        assert!(memory.of(b"3E7").is_some());
    }

    #[test]
    fn a_message_may_get_another_sender() {
        let mut memory = Memory::new(1);
        memory.tell(b"4F2", b"ann@a.example");
        memory.tell(b"4F2", b"");
        assert_eq!(memory.of(b"4F2"), Some(&b""[..]));
        assert_eq!(memory.of(b"4F"), None);
        assert_eq!(memory.of(b""), None);
    }

    #[test]
    fn without_room_nothing_is_kept() {
        let mut memory = Memory::new(0);
        memory.tell(b"4F2", b"ann@a.example");
        assert_eq!(memory.of(b"4F2"), None);
    }
}
