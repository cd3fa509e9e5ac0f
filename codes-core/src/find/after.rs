//! What stands behind a code.

use super::words;
use crate::EnhancedCode;

/// The enhanced code that directly follows the reply code that ends at `end`, and where it starts: `550 5.1.1`,
/// `550-5.1.1`, `550 (#5.1.1)`, `550: 5.1.1`, `550_5.1.1`.
pub(super) fn enhanced(text: &[u8], end: usize) -> Option<(EnhancedCode, usize)> {
    let mut start = end + 1;
    match text.get(end)? {
        b' ' => start += usize::from(text.get(start) == Some(&b' ')),
        b':' if text.get(start) == Some(&b' ') => start += 1,
        b'-' | b'_' => {}
        _ => return None,
    }
    start += usize::from(matches!(text.get(start), Some(b'(' | b'[' | b'<')));
    start += usize::from(text.get(start) == Some(&b'#'));
    let (code, code_end) = EnhancedCode::parse_prefix(text, start).ok()?;
    bounds_announced(text, code_end).then_some((code, start))
}

/// Where the text begins, for a code and a text side by side, as Python's exceptions show them: `(550, b'5.1.1 No such user')`.
pub(super) fn quoted(text: &[u8], start: usize, end: usize) -> Option<usize> {
    if !text[..start].ends_with(b"(") || text.get(end) != Some(&b',') {
        return None;
    }
    let mut at = end + 1;
    at += usize::from(text.get(at) == Some(&b' '));
    at += usize::from(text.get(at) == Some(&b'b'));
    matches!(text.get(at), Some(b'"' | b'\'')).then_some(at + 1)
}

/// Whether an enhanced code that was announced ends at `end`.
pub(super) fn bounds_announced(text: &[u8], end: usize) -> bool {
    match text.get(end) {
        Some(b'.') => !text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        Some(byte) => !byte.is_ascii_alphanumeric() && *byte != b'@',
        None => true,
    }
}

/// Whether an enhanced code in free text ends at `end`: no version (`5.1.2-beta`, `5.1.2 or later`), date (`5.1.24 12:30`),
/// address or unit.
pub(super) fn bounds_enhanced(text: &[u8], end: usize) -> bool {
    let next = text.get(end + 1);
    match text.get(end) {
        Some(b'.' | b'-' | b'/') => !next.is_some_and(u8::is_ascii_alphanumeric),
        Some(b':') => !next.is_some_and(u8::is_ascii_digit),
        Some(b'_') => end.checked_sub(6).is_some_and(|from| text[from..end].contains(&b'_')),
        Some(b'@' | b'%' | b'+' | b'$' | b'^' | b'~') => false,
        Some(b' ') => !is_time(&text[end + 1..]) && !is_later(&text[end + 1..]),
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}

fn is_time(text: &[u8]) -> bool {
    let digits = text.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    matches!(digits, 1 | 2) && text.get(digits) == Some(&b':') && text.get(digits + 1).is_some_and(u8::is_ascii_digit)
}

fn is_later(text: &[u8]) -> bool {
    let (first, rest) = words::split_first(text);
    words::is_one_of(first, &["and", "or"]) && words::is_one_of(words::split_first(rest).0, words::LATER)
}

/// Whether the form of a reply goes on behind a code: a space, a hyphen or the end.
pub(super) fn separates(text: &[u8], end: usize) -> bool {
    matches!(text.get(end), None | Some(b' ' | b'-' | b'_' | b'\r' | b'\n' | b'"' | b'\'' | b'`' | b'\\'))
}

/// Whether a text follows the code that ends at `end`, with the separator of a reply.
pub(super) fn begins_text(text: &[u8], end: usize) -> bool {
    matches!(text.get(end), Some(b' ' | b'-' | b'_'))
        && text.get(end + 1).is_some_and(|byte| !byte.is_ascii_whitespace())
}

/// Whether a reply code can end at `end` in running text.
pub(super) fn bounds_reply(text: &[u8], end: usize) -> bool {
    let next = text.get(end + 1);
    match text.get(end) {
        Some(b'.' | b',' | b':') => !next.is_some_and(u8::is_ascii_alphanumeric),
        Some(b'/' | b'%' | b'@' | b'+' | b'=' | b'*' | b'$' | b'^' | b'~' | b'#') => false,
        Some(byte) => !byte.is_ascii_alphanumeric(),
        None => true,
    }
}

/// Whether the number that ends at `end` is no quantity, range or telephone number.
pub(super) fn allows_reply(text: &[u8], end: usize) -> bool {
    let rest = match text.get(end) {
        Some(b' ' | b'\t') => words::trim_blanks(&text[end..]),
        Some(b'-') => &text[end + 1..],
        _ => return true,
    };
    match rest.first() {
        Some(b'0'..=b'9') => starts_text(rest, text[end] == b'-'),
        Some(b'%' | b'+' | b'=' | b'/') => false,
        _ => {
            let word = words::split_first(rest).0;
            let plain = word.first().is_some_and(u8::is_ascii_lowercase);
            let quantity = words::is_unit(word) || (plain && words::is_one_of(word, words::COUNTED));
            !quantity
        }
    }
}

/// Whether digits behind a code can begin the text of a reply: `250-8BITMIME`, `220 192.0.2.1 ready`, `550 550 5.1.1`.
fn starts_text(rest: &[u8], hyphen: bool) -> bool {
    const LONGEST: usize = 20;
    let digits = rest.iter().take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
    match rest.get(digits) {
        None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'-') => !hyphen && digits == 3 && matches!(rest[0], b'2'..=b'5'),
        Some(b'.') => {
            let more = rest[digits + 1..].iter().take(LONGEST).take_while(|byte| byte.is_ascii_digit()).count();
            more > 0 && rest.get(digits + 1 + more) == Some(&b'.')
        }
        Some(byte) => byte.is_ascii_alphabetic(),
    }
}

/// Whether the next word says that the number was a code: `550 error`.
pub(super) fn names_error(text: &[u8], end: usize) -> bool {
    text.get(end) == Some(&b' ') && words::is_one_of(words::split_first(&text[end + 1..]).0, words::ERROR)
}
