//! Mail addresses, as reports write them.

use std::borrow::Cow;
use std::string::{String, ToString};

use super::field::one_line;

/// What stands behind the address type of a field: `rfc822; ann@a.example` (RFC 3464, Section 2.1.2).
pub(super) fn without_type(value: &str) -> &str {
    match value.split_once(';') {
        Some((kind, rest)) if is_type(kind.trim()) => rest.trim(),
        _ => value.trim(),
    }
}

/// The type of a field's value: `smtp` of `smtp; 550 No such user`.
pub(super) fn type_of(value: &str) -> Option<&str> {
    value.split_once(';').map(|(kind, _)| kind.trim()).filter(|kind| is_type(kind))
}

fn is_type(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= 40
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+".contains(&byte))
}

/// The address of a field of a delivery status, without its type, a name beside it, brackets and comments.
pub(super) fn of_field(value: &str) -> String {
    let is_utf8 = type_of(value).is_some_and(|kind| kind.eq_ignore_ascii_case("utf-8"));
    let value = without_type(value);
    let value = if is_utf8 { unescaped(value) } else { Cow::Borrowed(value) };
    bare(&value).into_owned()
}

/// `ann@a.example` of `Ann <ann@a.example>`, `<ann@a.example>` or `ann@a.example (Ann)`.
fn bare(value: &str) -> Cow<'_, str> {
    if let Some(found) = find(value) {
        return Cow::Owned(found.to_string());
    }
    let inner = match (value.find('<'), value.rfind('>')) {
        (Some(open), Some(close)) if open < close => &value[open + 1..close],
        _ => value,
    };
    let word = inner.split([' ', '\t', '(']).next().unwrap_or_default();
    Cow::Owned(one_line(if word.is_empty() { inner } else { word }.trim_matches(['"', '\'', '<', '>']).as_bytes()))
}

/// `\x{E5}` as the letter it stands for (RFC 6533, Section 3: utf-8-addr-xtext and unitext).
fn unescaped(address: &str) -> Cow<'_, str> {
    if !address.contains("\\x{") {
        return Cow::Borrowed(address);
    }
    let mut text = String::with_capacity(address.len());
    let mut rest = address;
    while let Some((before, escape)) = rest.split_once("\\x{") {
        text.push_str(before);
        let letter = escape.split_once('}').and_then(|(number, after)| {
            let letter = u32::from_str_radix(number, 16).ok().and_then(char::from_u32)?;
            Some((letter, after))
        });
        if let Some((letter, after)) = letter {
            text.push(letter);
            rest = after;
        } else {
            text.push_str("\\x{");
            rest = escape;
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The longest address that is found: more than RFC 5321 allows, as VERP and SRS make long ones.
const LONGEST: usize = 512;

/// The first address in a text.
pub(super) fn find(text: &str) -> Option<&str> {
    find_all(text).next()
}

/// The addresses in a text, in order.
pub(super) fn find_all(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let mut signs = memchr::memchr_iter(b'@', text.as_bytes());
    std::iter::from_fn(move || {
        loop {
            let at = signs.next()?;
            if at < from {
                continue;
            }
            if let Some((start, end)) = around(text, at, from) {
                from = end;
                return Some(&text[start..end]);
            }
        }
    })
}

/// Where the address lies that has its sign at this place.
fn around(text: &str, at: usize, from: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let lowest = from.max(at.saturating_sub(LONGEST));
    let mut start = at;
    if at > lowest && bytes[at - 1] == b'"' {
        // A quoted local part may hold anything but its own quotation mark.
        let inner = bytes[lowest..at - 1].iter().rposition(|byte| matches!(byte, b'"' | b'\n'))?;
        start = lowest + inner;
        if bytes[start] != b'"' || start + 2 >= at {
            return None;
        }
    } else {
        while start > lowest && is_local(bytes[start - 1]) {
            start -= 1;
        }
        // A full stop in front ends a sentence, and a quotation mark or an equals sign something else: `to='ann@a.example'`.
        while start < at && matches!(bytes[start], b'.' | b'\'' | b'`') {
            start += 1;
        }
        if let Some(word) = bytes[start..at].iter().rposition(|byte| *byte == b':') {
            start += word + 1;
        }
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = at + 1;
    let highest = bytes.len().min(at + LONGEST);
    if bytes.get(end) == Some(&b'[') {
        let close = bytes[end..highest].iter().position(|byte| matches!(byte, b']' | b'\n'))?;
        end += close + 1;
    } else {
        while end < highest && is_domain(bytes[end]) {
            end += 1;
        }
        while end > at + 1 && matches!(bytes[end - 1], b'.' | b'-' | b'_') {
            end -= 1;
        }
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (start < at && end > at + 1).then_some((start, end))
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.:".contains(&byte) || !byte.is_ascii()
}

fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte) || !byte.is_ascii()
}

/// Whether the text is one address.
pub(super) fn is_one(text: &str) -> bool {
    find(text) == Some(text)
}

#[cfg(test)]
mod tests {
    use super::{find, find_all, of_field};

    #[test]
    fn an_address_is_found_in_whatever_stands_around_it() {
        assert_eq!(find("<ann@a.example>: host"), Some("ann@a.example"));
        assert_eq!(find("To: ann@a.example."), Some("ann@a.example"));
        assert_eq!(find("mailto:ann@a.example"), Some("ann@a.example"));
        assert_eq!(find("'ann@a.example'"), Some("ann@a.example"));
        assert_eq!(find("(ann+x=b@[192.0.2.1])"), Some("ann+x=b@[192.0.2.1]"));
        assert_eq!(find("\"ann b\"@a.example"), Some("\"ann b\"@a.example"));
        assert_eq!(find("an@ and @b"), None);
        assert_eq!(find("ünä@exämple.example"), Some("ünä@exämple.example"));
        assert_eq!(find("SRS0=aB=cd=a.example=ann@b.example"), Some("SRS0=aB=cd=a.example=ann@b.example"));
        assert!(find_all("a@b.example, c@d.example").eq(["a@b.example", "c@d.example"]));
    }

    #[test]
    fn the_address_of_a_field_has_no_type_and_no_name() {
        assert_eq!(of_field("rfc822; ann@a.example"), "ann@a.example");
        assert_eq!(of_field("RFC822;<ann@a.example>"), "ann@a.example");
        assert_eq!(of_field("ann@a.example (Ann)"), "ann@a.example");
        assert_eq!(of_field("x-local; ann"), "ann");
        assert_eq!(of_field("utf-8; \\x{fc}n@a.example"), "ün@a.example");
        assert_eq!(of_field("utf-8; a\\x{zz}n"), "a\\x{zz}n");
    }
}
