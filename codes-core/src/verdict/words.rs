//! Splits a text into the words of rules, in one pass over its bytes.
//!
//! `smtp_codes_data::text` does the same for the words of a rule as they are written in TOML, and explains it.

use crate::catalogue::LATIN;

/// Takes the words of a text, one after the other.
pub(super) trait Words {
    /// A word of prose.
    fn prose(&mut self, hash: u64, start: usize, end: usize);
    /// A word of a host name, URL or the like.
    fn compound(&mut self, hash: u64, start: usize, end: usize);
    /// The end of a host name, URL or the like.
    fn end_of_compound(&mut self);
}

/// What a hash begins with for a word of a compound.
const COMPOUND_SEED: u64 = 0x2E;

/// Spreads a hash over all bits: 2^64 divided by the golden ratio.
const HASH_FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

// What a byte is, as bits that are gathered over a run.
const END: u8 = 1; // ends a run: white space, brackets, quotes and so on
const ALPHA: u8 = 2; // a letter
const HIGH: u8 = 4; // not ASCII
const DOT: u8 = 8;
const AT: u8 = 16;
const SLASH: u8 = 32;

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

/// Hands all words of `text` to `words`.
pub(super) fn split(text: &[u8], words: &mut impl Words) {
    let mut rest = text;
    while !rest.is_empty() {
        let mut kinds = 0;
        let mut length = 0;
        for byte in rest {
            let kind = KINDS[usize::from(*byte)];
            if kind == END {
                break;
            }
            kinds |= kind;
            length += 1;
        }
        let (run, after) = rest.split_at(length);
        // Numbers, codes and lone marks are passed over; so are addresses, as a mailbox may have any name.
        if kinds & (ALPHA | HIGH) != 0 && kinds & AT == 0 {
            let offset = text.len() - rest.len();
            if kinds & (DOT | SLASH) != 0 && is_compound(run) {
                split_run::<true>(run, offset, words);
                words.end_of_compound();
            } else {
                split_run::<false>(run, offset, words);
            }
        }
        rest = after.get(1..).unwrap_or(&[]);
    }
}

/// Whether a run has a full stop within, as host names have, and not for want of a space between two sentences; or `://`.
fn is_compound(run: &[u8]) -> bool {
    run.windows(3).any(|window| match window {
        [before, b'.', after] => {
            after.is_ascii_alphanumeric()
                && before.is_ascii_alphanumeric()
                && !(before.is_ascii_lowercase() && after.is_ascii_uppercase())
        }
        b"://" => true,
        _ => false,
    })
}

fn split_run<const COMPOUND: bool>(run: &[u8], offset: usize, words: &mut impl Words) {
    let seed = if COMPOUND { COMPOUND_SEED } else { 0 };
    let mut at = 0;
    while at < run.len() {
        // A word: letters and digits, whatever else counts as such, and what is left out within.
        let start = at;
        let mut hash = seed;
        // Letters have a bit that digits lack: a number is no word.
        let mut bits = 0;
        let mut ideograph = None;
        while let Some(byte) = run.get(at) {
            let folded = FOLDED[usize::from(*byte)];
            match folded {
                SEPARATOR => break,
                NOTHING => at += 1,
                HIGH_BYTE => match high(&run[at..]) {
                    (High::Letter(letters), width) => {
                        for letter in letters.into_iter().filter(|letter| *letter != 0) {
                            hash = hash.rotate_left(7) ^ u64::from(letter);
                        }
                        bits |= LETTER;
                        at += width;
                    }
                    (High::Word, width) => {
                        ideograph = Some(width);
                        break;
                    }
                    (High::Nothing, width) => at += width,
                    (High::Separator, _) => break,
                },
                _ => {
                    hash = hash.rotate_left(7) ^ u64::from(folded);
                    bits |= folded;
                    at += 1;
                }
            }
        }
        if bits != 0 && (COMPOUND || bits & LETTER != 0) {
            hand_over::<COMPOUND>(hash, offset + start, offset + at, words);
        }
        match (run.get(at), ideograph) {
            (Some(_), Some(width)) => {
                let bytes = run[at..at + width].iter();
                let hash = bytes.fold(seed, |hash, byte| hash.rotate_left(7) ^ u64::from(*byte));
                hand_over::<COMPOUND>(hash, offset + at, offset + at + width, words);
                at += width;
            }
            (Some(byte), None) if *byte >= 0x80 => at += high(&run[at..]).1,
            _ => at += 1,
        }
    }
}

#[inline]
fn hand_over<const COMPOUND: bool>(hash: u64, start: usize, end: usize, words: &mut impl Words) {
    let hash = hash.wrapping_mul(HASH_FACTOR);
    if COMPOUND { words.compound(hash, start, end) } else { words.prose(hash, start, end) }
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
            0..=b' ' | 0x7F => END,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'"' | b';' | b',' | b'`' | b'|' => END,
            b'a'..=b'z' | b'A'..=b'Z' => ALPHA,
            b'.' => DOT,
            b'@' => AT,
            b'/' => SLASH,
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
