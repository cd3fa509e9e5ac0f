//! What replies of one kind have in common.

use crate::redact::{Kind, private};

/// The text with all that differs from case to case folded: addresses, numbers of hosts, host names, addresses of the web, numbers and
/// ids. The codes in front stay.
pub(crate) fn fingerprint(text: &[u8]) -> Vec<u8> {
    let mut folded = Vec::with_capacity(text.len());
    let mut end = 0;
    for (range, kind) in private(text) {
        words(&text[end..range.start], &mut folded);
        push(&mut folded, if kind == Kind::Address { b"<address>" } else { b"<ip>" });
        end = range.end;
    }
    words(&text[end..], &mut folded);
    folded
}

/// How much of a text tells what kind it is.
const LONGEST: usize = 600;

/// Folds the words of a part of a text.
fn words(part: &[u8], folded: &mut Vec<u8>) {
    for word in part.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()) {
        if folded.len() > LONGEST {
            return;
        }
        if word.starts_with(b"http://") || word.starts_with(b"https://") {
            push(folded, b"<url>");
            continue;
        }
        let is_end = |byte: &u8| !byte.is_ascii_alphanumeric() && *byte < 0x80;
        let start = word.iter().position(|byte| !is_end(byte)).unwrap_or(word.len());
        let end = word.iter().rposition(|byte| !is_end(byte)).map_or(start, |last| last + 1);
        let (front, core, behind) = (&word[..start], &word[start..end], &word[end..]);
        let mark = fold(core, folded.is_empty());
        push(folded, front);
        folded.extend_from_slice(mark.unwrap_or(core));
        folded.extend_from_slice(behind);
    }
}

fn push(folded: &mut Vec<u8>, word: &[u8]) {
    if !folded.is_empty() && !folded.ends_with(b" ") {
        folded.push(b' ');
    }
    folded.extend_from_slice(word);
}

/// What stands for a word that differs from case to case.
fn fold(word: &[u8], is_first: bool) -> Option<&'static [u8]> {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = word.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let is_code = is_first && digits >= 3
        || word.len() <= 9 && matches!(word, [b'2' | b'4' | b'5', b'.', b'0'..=b'9', ..]) && letters == 0;
    if is_code {
        return None;
    }
    if is_host(word) {
        return Some(b"<host>");
    }
    match (digits, letters) {
        (0, _) => None,
        (_, 0) => Some(b"#"),
        // `4xx`, `IPv6` and such are words; an id is longer, and digits stand among its letters.
        _ if word.len() >= 6 && digits >= 2 => Some(b"<id>"),
        _ => None,
    }
}

/// Whether the word is a name of the DNS: labels, and a top-level domain of letters.
fn is_host(word: &[u8]) -> bool {
    let is_label = |label: &[u8]| {
        !label.is_empty() && label.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_')
    };
    let mut labels = word.rsplit(|byte| *byte == b'.');
    let top = labels.next().unwrap_or_default();
    word.contains(&b'.') && top.len() > 1 && top.iter().all(u8::is_ascii_alphabetic) && labels.all(is_label)
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(String::from_utf8_lossy(&fingerprint(text.as_bytes())), expected);
    }

    #[test]
    fn what_differs_from_case_to_case_is_folded() {
        check(
            "550 5.7.1 <ann@a.example> not taken from 192.0.2.7 (id A1B2C3D4) after 17 tries",
            "550 5.7.1 < <address> > not taken from <ip> (id <id>) after # tries",
        );
        check("554 see https://a.example/x?y=1 at mx1.a.example", "554 see <url> at <host>");
    }

    #[test]
    fn words_and_codes_stay() {
        check("452-4.2.2 over quota, IPv6 only", "452-4.2.2 over quota, IPv6 only");
        check("  550   Frobnicated\t", "550 Frobnicated");
        check("", "");
    }
}
