//! Counts by a name that others choose, such as a domain: in bounded memory however many there are.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use smtp_codes::{Provider, Reason};

use super::outcomes::Outcomes;

/// How many names are kept. Beyond, those with the fewest refusals are put together.
const MOST: usize = 1 << 16;

/// The counts by names. Names that differ only in case are one.
#[derive(Debug)]
pub(crate) struct Groups {
    places: HashMap<Box<[u8]>, usize, RandomState>,
    all: Vec<Group>,
    /// What was put together, as there were too many names.
    rest: Outcomes,
    /// The name asked for, in small letters.
    name: Vec<u8>,
    most: usize,
}

/// The counts of one name.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) name: Box<[u8]>,
    pub(crate) outcomes: Outcomes,
    /// Whose servers take its mail.
    pub(crate) provider: Option<&'static Provider>,
    /// How often which reason was given.
    pub(crate) reasons: Vec<(Reason, u64)>,
}

impl Default for Groups {
    fn default() -> Self {
        Self::keeping(MOST)
    }
}

impl Groups {
    fn keeping(most: usize) -> Self {
        Self { places: HashMap::default(), all: Vec::new(), rest: Outcomes::default(), name: Vec::new(), most }
    }

    /// The group of a name.
    pub(crate) fn group(&mut self, name: &[u8]) -> &mut Group {
        self.name.clear();
        self.name.extend_from_slice(name);
        self.name.make_ascii_lowercase();
        if let Some(&place) = self.places.get(&*self.name) {
            return &mut self.all[place];
        }
        if self.all.len() >= self.most {
            self.prune();
        }
        let name: Box<[u8]> = self.name.as_slice().into();
        self.places.insert(name.clone(), self.all.len());
        self.all.push(Group { name, outcomes: Outcomes::default(), provider: None, reasons: Vec::new() });
        let last = self.all.len() - 1;
        &mut self.all[last]
    }

    /// Puts the half with the fewest refusals together.
    fn prune(&mut self) {
        let mut groups = std::mem::take(&mut self.all);
        groups.sort_by(|one, other| one.order().cmp(&other.order()));
        for group in groups.drain(self.most / 2..) {
            self.rest += group.outcomes;
        }
        self.places.clear();
        self.places.extend(groups.iter().enumerate().map(|(place, group)| (group.name.clone(), place)));
        self.all = groups;
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Group> {
        self.all.iter()
    }

    /// What is in no group, as there were too many names: so the counts of those that were refused seldom may be too low.
    pub(crate) fn rest(&self) -> Outcomes {
        self.rest
    }
}

impl Group {
    pub(crate) fn count(&mut self, reason: Reason) {
        match self.reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => self.reasons.push((reason, 1)),
        }
    }

    /// By which the groups are sorted: most refusals first, then most mail, then by name.
    fn order(&self) -> impl Ord + '_ {
        (std::cmp::Reverse((self.outcomes.refused(), self.outcomes.total())), &*self.name)
    }
}

#[cfg(test)]
mod tests {
    use smtp_codes::log::Outcome;

    use super::Groups;

    #[test]
    fn names_in_any_case_are_one() {
        let mut groups = Groups::default();
        groups.group(b"A.Example").outcomes.add(Outcome::Failed);
        groups.group(b"a.example").outcomes.add(Outcome::Failed);
        let counts: Vec<_> = groups.iter().map(|group| (&*group.name, group.outcomes.failed)).collect();
        assert_eq!(counts, [(&b"a.example"[..], 2)]);
    }

    #[test]
    fn of_too_many_names_those_refused_most_are_kept_and_nothing_is_lost() {
        let mut groups = Groups::keeping(10);
        for number in 0..1000_u32 {
            groups.group(format!("{number}.example").as_bytes()).outcomes.add(Outcome::Deferred);
            groups.group(b"often.example").outcomes.add(Outcome::Failed);
        }
        assert!(groups.iter().count() <= 10);
        let often = groups.iter().find(|group| &*group.name == b"often.example").expect("it is kept");
        assert_eq!(often.outcomes.failed, 1000);
        let total: u64 = groups.iter().map(|group| group.outcomes.total()).sum();
        assert_eq!(total + groups.rest().total(), 2000);
    }
}
