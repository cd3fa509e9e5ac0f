use crate::entry::{CommandEntry, EnhancedEntry, KeywordEntry, ReplyEntry};
use crate::provider::{Claim, Provider};
use crate::reason::{Reason, ReasonEntry};

/// Something that a search can find.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A reply code.
    Reply(&'static ReplyEntry),
    /// An enhanced status code.
    Enhanced(&'static EnhancedEntry),
    /// A command.
    Command(&'static CommandEntry),
    /// An EHLO keyword.
    Keyword(&'static KeywordEntry),
    /// A reason.
    Reason(&'static ReasonEntry),
    /// A provider's claim.
    Claim(&'static Provider, &'static Claim),
}

/// One result of a search.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Hit {
    /// What was found.
    pub item: Item,
    /// How well it fits: only to be compared with other hits of the same search.
    pub score: u32,
}

/// The best results of a search, the best first: an iterator.
#[derive(Clone, Debug)]
pub struct Hits {
    best: [Option<Hit>; Hits::LIMIT],
    next: usize,
}

/// Finds entries of the catalogue by words, the best first, at most [`Hits::LIMIT`].
///
/// The words may come in any order and case, be cut short or mistyped by a letter or two. An entry that has all of them comes
/// before one that lacks some; a word in a name or title counts more than one in an explanation.
///
/// # Examples
///
/// ```
/// use smtp_codes::{Item, search};
///
/// let best = search("mailbx full").next().unwrap();
/// assert!(matches!(best.item, Item::Enhanced(entry) if entry.name == "MAILBOX_FULL"));
/// assert_eq!(search("").count(), 0);
/// ```
pub fn search(query: &str) -> Hits {
    let mut hits = Hits { best: [None; Hits::LIMIT], next: 0 };
    for item in items() {
        let score = score(query, item);
        if score > 0 {
            hits.insert(Hit { item, score });
        }
    }
    hits
}

impl Hits {
    /// How many results a search gives at most.
    pub const LIMIT: usize = 20;

    /// Puts a hit behind all that are as good, so that equal ones stay in the catalogue's order.
    fn insert(&mut self, hit: Hit) {
        let place = self.best.iter().position(|other| other.is_none_or(|other| other.score < hit.score));
        if let Some(place) = place {
            self.best[place..].rotate_right(1);
            self.best[place] = Some(hit);
        }
    }
}

impl Iterator for Hits {
    type Item = Hit;

    fn next(&mut self) -> Option<Hit> {
        let hit = self.best.get(self.next).copied().flatten()?;
        self.next += 1;
        Some(hit)
    }
}

/// Words after this many are passed over: a whole message is no search.
const MOST_WORDS: usize = 12;

/// A word longer than this is compared as far as this.
const LONGEST_WORD: usize = 24;

fn items() -> impl Iterator<Item = Item> {
    let replies = ReplyEntry::ALL.iter().map(Item::Reply);
    let enhanced = EnhancedEntry::ALL.iter().map(Item::Enhanced);
    let commands = CommandEntry::ALL.iter().map(Item::Command);
    let keywords = KeywordEntry::ALL.iter().map(Item::Keyword);
    let reasons = Reason::ALL.iter().map(|reason| Item::Reason(reason.entry()));
    let claims =
        Provider::ALL.iter().flat_map(|provider| provider.claims.iter().map(move |claim| Item::Claim(provider, claim)));
    replies.chain(enhanced).chain(commands).chain(keywords).chain(reasons).chain(claims)
}

/// The sum over the query's words of how well each fits, and a large step for each word that fits at all.
fn score(query: &str, item: Item) -> u32 {
    words(query).take(MOST_WORDS).fold(0, |sum, wanted| {
        let mut best = 0;
        for_each_field(item, |weight, text| {
            // A perfect match in a better field can't be beaten by any in this one.
            if best < weight * 10 {
                let fit = words(text).map(|word| fit(wanted, word)).max().unwrap_or(0);
                best = best.max(weight * fit);
            }
        });
        sum + if best > 0 { 1000 + best } else { 0 }
    })
}

/// Calls `see` with each text of the item and what a match in it weighs.
fn for_each_field(item: Item, mut see: impl FnMut(u32, &'static str)) {
    match item {
        Item::Reply(entry) => {
            see(8, entry.title);
            see(6, entry.name);
            for meaning in entry.meanings {
                see(5, meaning.text);
                see(2, meaning.summary);
            }
            see(3, entry.summary);
            see(1, entry.advice);
        }
        Item::Enhanced(entry) => {
            see(8, entry.title);
            see(6, entry.text);
            see(6, entry.name);
            see(3, entry.summary);
            see(1, entry.advice);
        }
        Item::Command(entry) => {
            see(9, entry.verb);
            see(8, entry.name);
            see(3, entry.summary);
            see(1, entry.advice);
        }
        Item::Keyword(entry) => {
            see(9, entry.keyword);
            see(8, entry.title);
            see(6, entry.text);
            see(3, entry.summary);
            see(1, entry.advice);
        }
        Item::Reason(entry) => {
            see(7, entry.title);
            see(6, entry.id);
            see(3, entry.summary);
            see(1, entry.advice);
        }
        Item::Claim(provider, claim) => {
            see(5, provider.name);
            see(5, provider.id);
            see(4, claim.meaning);
            see(9, claim.tag.unwrap_or(""));
            see(1, claim.advice);
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes()
        .split(|byte| !byte.is_ascii_alphanumeric() && byte.is_ascii())
        .filter(|word| !word.is_empty())
        .map(|word| &word[..word.len().min(LONGEST_WORD)])
}

/// How well `word` answers `wanted`: 10 the same, 8 begins with it, 6 one letter off, 4 two letters off, 0 not.
fn fit(wanted: &[u8], word: &[u8]) -> u32 {
    if wanted.eq_ignore_ascii_case(word) {
        return 10;
    }
    let begins = wanted.len() >= 3 && word.len() > wanted.len() && word[..wanted.len()].eq_ignore_ascii_case(wanted);
    if begins {
        return 8;
    }
    // Short words and numbers are one letter from too many others.
    let allowed = match wanted.len() {
        _ if wanted.iter().any(u8::is_ascii_digit) => 0,
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    if allowed == 0 || wanted.len().abs_diff(word.len()) > allowed {
        return 0;
    }
    match distance(wanted, word) {
        1 => 6,
        2 if allowed == 2 => 4,
        _ => 0,
    }
}

/// How many letters must be put in, left out, changed or swapped with their neighbour: the optimal string alignment distance.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut before = [0; LONGEST_WORD + 1];
    let mut above = [0; LONGEST_WORD + 1];
    let mut row = [0; LONGEST_WORD + 1];
    for (place, cell) in above.iter_mut().enumerate() {
        *cell = place;
    }
    for i in 1..=one.len() {
        row[0] = i;
        for j in 1..=other.len() {
            let same = |i: usize, j: usize| one[i - 1].eq_ignore_ascii_case(&other[j - 1]);
            let changed = above[j - 1] + usize::from(!same(i, j));
            row[j] = changed.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j) {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        (before, above) = (above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, fit};

    #[test]
    fn a_swap_counts_as_one() {
        assert_eq!(distance(b"mailbox", b"mialbox"), 1);
        assert_eq!(distance(b"mailbox", b"mailbox"), 0);
        assert_eq!(distance(b"", b"abc"), 3);
        assert_eq!(distance(b"kitten", b"sitting"), 3);
    }

    #[test]
    fn short_words_and_numbers_must_be_right() {
        assert_eq!(fit(b"spf", b"spx"), 0);
        assert_eq!(fit(b"5500", b"5501"), 0);
        assert_eq!(fit(b"STARTTLS", b"starttls"), 10);
    }
}
