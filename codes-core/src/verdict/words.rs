//! Splits a text into the words of rules, in one pass over its bytes.
//!
//! `smtp_codes_data::text` does the same for the words of a rule as they are written in TOML, and explains it.

#![expect(clippy::cast_possible_truncation, reason = "bytes of a code point that was checked")]
#![expect(
    clippy::inline_always,
    reason = "the loop over words is one function, so that the tables' places are known in it"
)]

use core::num::NonZeroU64;
use core::ops::Range;

use crate::catalogue::LATIN;

/// Takes the words of a text, one after the other.
pub(super) trait Words {
    /// A word of prose.
    fn prose(&mut self, hash: u64, start: usize, end: usize);
    /// The same for one of the words that are rarer in prose.
    fn rare_prose(&mut self, hash: u64, start: usize, end: usize);
    /// A word of a host name, URL or the like.
    fn compound(&mut self, hash: u64, start: usize, end: usize);
    /// The end of a host name, URL or the like.
    fn end_of_compound(&mut self);
}

/// What goes into the hash of a word of prose.
const PROSE_SEED: u64 = 0;

/// What goes into the hash of a word of a compound.
const COMPOUND_SEED: u64 = 0x2E;

/// Spreads a hash over all bits: 2^64 divided by the golden ratio.
const HASH_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

// What a byte is, as bits that are gathered over a run.
const END: u8 = 1; // ends a run: white space, brackets, quotes and so on
const ALPHA: u8 = 2; // a letter
const HIGH: u8 = 4; // not ASCII
const LINK: u8 = 8; // part of a word, or left out within
const DOT: u8 = 16;
const AT: u8 = 32;
const SLASH: u8 = 64;

static KINDS: [u8; 256] = kinds();

/// For each byte the letter or digit that it is compared as, or one of the three below.
static FOLDED: [u8; 256] = folded();

/// A byte that ends a word.
const SEPARATOR: u8 = 0;

/// A byte that is left out.
const NOTHING: u8 = 1;

/// A byte that is not ASCII.
const HIGH_BYTE: u8 = 0xFF;

/// The bit that small letters have and digits lack.
const LETTER: u8 = 0x40;

/// Hands all words of `text` from `at` on to `words`.
#[inline(always)]
pub(super) fn split(text: &[u8], mut at: usize, words: &mut impl Words) {
    while let Some(byte) = text.get(at) {
        match KINDS[usize::from(*byte)] {
            END => at += 1,
            // Most runs are a word of letters with at most a mark behind it.
            ALPHA => {
                let (hash, end) = letters(text, at);
                if ends_run(text, end) {
                    words.prose(hash.finish(PROSE_SEED), at, end);
                    at = end + 1;
                } else {
                    at = split_run(text, at, words);
                }
            }
            _ => at = split_run(text, at, words),
        }
    }
}

/// Whether a run ends at `end`, or with the mark that stands there.
#[inline]
fn ends_run(text: &[u8], end: usize) -> bool {
    let ends = |at: usize| text.get(at).is_none_or(|byte| KINDS[usize::from(*byte)] == END);
    ends(end) || matches!(text[end], b'.' | b':' | b'!' | b'?') && ends(end + 1)
}

/// Hands over the words of the run that begins at `start`; the end of the run.
fn split_run(text: &[u8], start: usize, words: &mut impl Words) -> usize {
    let (mut end, mut kinds) = (start, 0);
    for byte in &text[start..] {
        let kind = KINDS[usize::from(*byte)];
        if kind == END {
            break;
        }
        kinds |= kind;
        end += 1;
    }
    // Numbers, codes and lone marks are passed over; so are addresses, as a mailbox may have any name.
    if kinds & (ALPHA | HIGH) != 0 && kinds & AT == 0 {
        let is_compound = kinds & (DOT | SLASH) != 0 && is_compound(&text[start..end]);
        match (is_compound, kinds & (HIGH | LINK) == 0) {
            (true, true) => split_plain_words::<true>(text, start..end, words),
            (true, false) => split_words::<true>(text, start..end, words),
            (false, true) => split_plain_words::<false>(text, start..end, words),
            (false, false) => split_words::<false>(text, start..end, words),
        }
        if is_compound {
            words.end_of_compound();
        }
    }
    end
}

/// Whether a run has a full stop within, as host names have, and not for want of a space between two sentences; or `://`.
fn is_compound(run: &[u8]) -> bool {
    let joins = |at: usize| {
        let Some((before, after)) = run[..at].last().zip(run.get(at + 1)) else { return false };
        before.is_ascii_alphanumeric()
            && after.is_ascii_alphanumeric()
            && !(before.is_ascii_lowercase() && after.is_ascii_uppercase())
    };
    run.iter().enumerate().any(|(at, byte)| match byte {
        b'.' => joins(at),
        b':' => run[at..].starts_with(b"://"),
        _ => false,
    })
}

/// Hands over the words of a run that has ASCII letters, digits and marks that part words.
fn split_plain_words<const COMPOUND: bool>(text: &[u8], run: Range<usize>, words: &mut impl Words) {
    let mut at = run.start;
    while at < run.end {
        let (hash, end) = alphanumerics(text, at);
        // A number is no word, but a part of a host name.
        if at < end && (COMPOUND || hash.letter) {
            hand_over::<COMPOUND>(hash, at, end, words);
        }
        at = end + 1;
    }
}

/// Hands over the words of a run. No word goes on behind its end.
fn split_words<const COMPOUND: bool>(text: &[u8], run: Range<usize>, words: &mut impl Words) {
    let mut at = run.start;
    while at < run.end {
        // A word: letters and digits, whatever else counts as such, and what is left out within.
        let start = at;
        let mut hash = Hash::default();
        let mut bits = 0;
        // How wide the separator is behind the word, and whether it is a word of its own.
        let mut width = 1;
        let mut ideograph = false;
        while let Some(byte) = text.get(at) {
            match FOLDED[usize::from(*byte)] {
                SEPARATOR => break,
                NOTHING => at += 1,
                HIGH_BYTE => match high(&text[at..]) {
                    (High::Letter(letters), width) => {
                        for letter in letters.into_iter().filter(|letter| *letter != 0) {
                            hash.push(letter);
                        }
                        bits |= LETTER;
                        at += width;
                    }
                    (High::Nothing, width) => at += width,
                    (high, high_width) => {
                        ideograph = matches!(high, High::Word);
                        width = high_width;
                        break;
                    }
                },
                folded => {
                    hash.push(folded);
                    bits |= folded;
                    at += 1;
                }
            }
        }
        // Letters have a bit that digits lack: a number is no word.
        if bits != 0 && (COMPOUND || bits & LETTER != 0) {
            hand_over::<COMPOUND>(hash, start, at, words);
        }
        if ideograph {
            let mut hash = Hash::default();
            text[at..at + width].iter().for_each(|byte| hash.push(*byte));
            hand_over::<COMPOUND>(hash, at, at + width, words);
        }
        at += width;
    }
}

#[inline]
fn hand_over<const COMPOUND: bool>(hash: Hash, start: usize, end: usize, words: &mut impl Words) {
    if COMPOUND {
        words.compound(hash.finish(COMPOUND_SEED), start, end);
    } else {
        words.rare_prose(hash.finish(PROSE_SEED), start, end);
    }
}

/// The hash of a word, of eight bytes at a time.
#[derive(Clone, Copy, Default)]
struct Hash {
    mixed: u64,
    /// The bytes that are still to be mixed in, fewer than eight.
    chunk: u64,
    bits: u32,
    /// Of alphanumerics, the bit that letters have and digits lack, of any.
    letter: bool,
}

impl Hash {
    #[inline]
    const fn push(&mut self, byte: u8) {
        self.chunk |= (byte as u64) << self.bits;
        self.bits += 8;
        if self.bits == 64 {
            self.mix(self.chunk);
            (self.chunk, self.bits) = (0, 0);
        }
    }

    #[inline]
    const fn mix(&mut self, chunk: u64) {
        let product = (self.mixed ^ chunk).wrapping_mul(HASH_FACTOR);
        self.mixed = product ^ product >> 32;
    }

    /// The hash, but for the seed.
    #[inline]
    const fn mixed(mut self) -> u64 {
        if self.bits > 0 {
            self.mix(self.chunk);
        }
        self.mixed
    }

    #[inline]
    const fn finish(self, seed: u64) -> u64 {
        seeded(self.mixed(), seed)
    }
}

#[inline]
const fn seeded(mixed: u64, seed: u64) -> u64 {
    (mixed ^ seed).wrapping_mul(HASH_FACTOR)
}

/// The ASCII letters from `at` on, eight at a time, as a hash; where they end.
#[inline]
fn letters(text: &[u8], mut at: usize) -> (Hash, usize) {
    let mut hash = Hash::default();
    loop {
        let bytes = eight(text, at);
        let small = bytes | SMALL;
        if let Some(bits) = first_other(within(small, b'a', b'z') & !bytes) {
            hash.bits = bits;
            hash.chunk = small & !(u64::MAX << bits);
            return (hash, at + bits as usize / 8);
        }
        hash.mix(small);
        at += 8;
    }
}

/// As [`letters`], with digits among them.
#[inline]
fn alphanumerics(text: &[u8], mut at: usize) -> (Hash, usize) {
    let mut hash = Hash::default();
    loop {
        let bytes = eight(text, at);
        // That leaves digits as they are.
        let small = bytes | SMALL;
        if let Some(bits) = first_other((within(small, b'a', b'z') | within(bytes, b'0', b'9')) & !bytes) {
            hash.bits = bits;
            hash.chunk = small & !(u64::MAX << bits);
            hash.letter |= hash.chunk & LETTERS != 0;
            return (hash, at + bits as usize / 8);
        }
        hash.letter |= small & LETTERS != 0;
        hash.mix(small);
        at += 8;
    }
}

/// The bit that makes a capital small, in each of eight bytes.
const SMALL: u64 = 0x20 * ONES;

/// The bit that letters have and digits lack.
const LETTERS: u64 = LETTER as u64 * ONES;

const ONES: u64 = 0x0101_0101_0101_0101;

const HIGHEST: u64 = 0x80 * ONES;

/// The highest bit of each byte whose lower seven bits are from `first` to `last`; the other bits mean nothing.
#[inline]
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    // Only the lower seven bits, so that a sum does not carry over into the next byte.
    let low = bytes & !HIGHEST;
    (low + ONES * (0x80 - first as u64)) & !(low + ONES * (0x7F - last as u64))
}

/// The first bit of the first byte that lacks its highest bit, if one of the eight does.
#[inline]
fn first_other(bytes: u64) -> Option<u32> {
    NonZeroU64::new(!bytes & HIGHEST).map(|others| others.trailing_zeros() & !7)
}

/// The eight bytes from `at` on; behind the end of the text they are 0.
#[inline]
fn eight(text: &[u8], at: usize) -> u64 {
    match text.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => last_bytes(text, at),
    }
}

/// As [`eight`], where fewer are left.
#[inline]
fn last_bytes(text: &[u8], at: usize) -> u64 {
    match text.last_chunk() {
        Some(chunk) => {
            let missing = at + 8 - text.len();
            u64::from_le_bytes(*chunk).checked_shr(8 * missing as u32).unwrap_or(0)
        }
        None => text.get(at..).unwrap_or_default().iter().rev().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)),
    }
}

/// A character that is not ASCII.
enum High {
    /// A letter of a word, as the bytes that it is compared as; 0 is none.
    Letter([u8; 2]),
    /// A word of its own: Chinese, Japanese, Korean.
    Word,
    /// Left out: the typographic apostrophe.
    Nothing,
    Separator,
}

/// The character at the front of `bytes`, and how many bytes it has. What is no UTF-8 is read as Latin-1.
fn high(bytes: &[u8]) -> (High, usize) {
    let continues = |place: usize| bytes.get(place).copied().filter(|byte| byte & 0xC0 == 0x80);
    let latin = |index: usize| match LATIN[index] {
        0 => High::Separator,
        plain => High::Letter([plain, 0]),
    };
    match (bytes[0], continues(1), continues(2)) {
        (lead @ 0xC3..=0xC5, Some(next), _) => (latin(usize::from(lead - 0xC3) * 64 + usize::from(next - 0x80)), 2),
        // Cyrillic: capitals stand 0x20 or 0x50 before the small letters.
        (lead @ (0xD0 | 0xD1), Some(next), _) => {
            let code = (u16::from(lead & 0x1F) << 6) | u16::from(next & 0x3F);
            let code = match code {
                0x400..=0x40F => code + 0x50,
                0x410..=0x42F => code + 0x20,
                _ => code,
            };
            let letter = High::Letter([0xC0 | (code >> 6) as u8, 0x80 | (code & 0x3F) as u8]);
            (if code <= 0x45F { letter } else { High::Separator }, 2)
        }
        (0xC2..=0xDF, Some(_), _) => (High::Separator, 2),
        (0xE2, Some(0x80), Some(0x99)) => (High::Nothing, 3),
        (lead @ 0xE3..=0xED, Some(next), Some(last)) => {
            let code = (u16::from(lead & 0x0F) << 12) | (u16::from(next & 0x3F) << 6) | u16::from(last & 0x3F);
            let word = matches!(code, 0x3040..=0x9FFF | 0xAC00..=0xD7FF);
            (if word { High::Word } else { High::Separator }, 3)
        }
        (0xE0..=0xEF, Some(_), Some(_)) => (High::Separator, 3),
        (lead @ 0xC0..=0xFF, ..) => (latin(usize::from(lead) - 0xC0), 1),
        _ => (High::Separator, 1),
    }
}

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            0..=b' '
            | 0x7F
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'"'
            | b';'
            | b','
            | b'`'
            | b'|' => END,
            b'a'..=b'z' | b'A'..=b'Z' => ALPHA,
            b'.' => DOT,
            b'@' => AT,
            b'/' => SLASH,
            b'\'' | b'_' => LINK,
            0x80..=0xFF => HIGH,
            _ => 0,
        };
        byte += 1;
    }
    kinds
}

const fn folded() -> [u8; 256] {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        folded[byte] = match byte as u8 {
            letter @ (b'a'..=b'z' | b'0'..=b'9') => letter,
            letter @ b'A'..=b'Z' => letter.to_ascii_lowercase(),
            b'\'' => NOTHING,
            0x80..=0xFF => HIGH_BYTE,
            b'_' => b'_',
            _ => SEPARATOR,
        };
        byte += 1;
    }
    folded
}
