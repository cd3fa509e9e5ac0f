//! The object of a verdict, written by hand: a stream has millions of them, and what serde needs for one costs as much as the verdict.

use std::collections::BTreeMap;

use smtp_codes::{Basis, Conflict, EnhancedCode, Party, Reason, ReplyCode, Verdict};

use super::class;
use super::verdict::Sources;
use crate::shown::is_invisible;

/// What says so, ready to be written: it is the same for all verdicts of one rule.
#[derive(Debug, Default)]
pub(crate) struct SourceCache(BTreeMap<Key, Box<[u8]>>);

/// What the sources of a verdict depend on: the places of its rule and claim, or the code that decided.
type Key = (usize, usize, u16, Option<EnhancedCode>);

/// More than there are rules and codes in the catalogue.
const MOST_SOURCES: usize = 1 << 13;

impl SourceCache {
    fn write(&mut self, verdict: &Verdict<'_>, out: &mut Vec<u8>) {
        let key = (
            verdict.rule.map_or(0, |rule| std::ptr::from_ref(rule).addr()),
            verdict.claim.map_or(0, |claim| std::ptr::from_ref(claim).addr()),
            verdict.reply.filter(|_| verdict.basis == Basis::Reply).map_or(0, ReplyCode::as_u16),
            verdict.enhanced.filter(|_| verdict.basis == Basis::Enhanced),
        );
        if self.0.len() > MOST_SOURCES {
            self.0.clear();
        }
        // A list of names and addresses can always be written.
        let sources =
            self.0.entry(key).or_insert_with(|| serde_json::to_vec(&Sources(verdict)).unwrap_or_default().into());
        out.extend_from_slice(sources);
    }
}

/// Writes the fields of a verdict, each behind a comma. `matched` is where the words stand in the line, where they stand in it.
pub(crate) fn verdict(
    verdict: &Verdict<'_>,
    matched: Option<[usize; 2]>,
    sources: &mut SourceCache,
    out: &mut Vec<u8>,
) {
    let word = |name: &str, word: Option<&str>, out: &mut Vec<u8>| {
        out.extend_from_slice(name.as_bytes());
        match word {
            Some(word) => {
                out.push(b'"');
                out.extend_from_slice(word.as_bytes());
                out.push(b'"');
            }
            None => out.extend_from_slice(b"null"),
        }
    };
    out.extend_from_slice(b",\"reply\":");
    match verdict.reply {
        Some(reply) => number(reply.as_u16().into(), out),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"enhanced\":");
    match verdict.enhanced {
        Some(code) => {
            out.push(b'"');
            enhanced(code, out);
            out.push(b'"');
        }
        None => out.extend_from_slice(b"null"),
    }
    word(",\"class\":", verdict.class.map(class), out);
    word(",\"reason\":", verdict.reason.map(Reason::as_str), out);
    word(",\"party\":", verdict.party.map(Party::as_str), out);
    word(",\"action\":", Some(verdict.action.as_str()), out);
    word(",\"provider\":", verdict.provider.map(|provider| provider.id), out);
    out.extend_from_slice(b",\"rule\":");
    match verdict.rule {
        Some(rule) => string(rule.id.as_bytes(), out),
        None => out.extend_from_slice(b"null"),
    }
    word(",\"basis\":", Some(verdict.basis.as_str()), out);
    out.extend_from_slice(b",\"matched\":");
    match matched {
        Some([start, end]) => {
            out.push(b'[');
            number(start as u64, out);
            out.push(b',');
            number(end as u64, out);
            out.push(b']');
        }
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"retry_after\":");
    match verdict.retry_after {
        Some(seconds) => number(seconds.into(), out),
        None => out.extend_from_slice(b"null"),
    }
    word(",\"blocklist\":", verdict.blocklist.map(|list| list.name), out);
    out.extend_from_slice(b",\"conflicts\":[");
    for (place, conflict) in verdict.conflicts.iter().enumerate() {
        word(if place == 0 { "" } else { "," }, Some(Conflict::as_str(conflict)), out);
    }
    out.extend_from_slice(b"],\"sources\":");
    sources.write(verdict, out);
}

pub(crate) fn number(number: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

pub(crate) fn enhanced(code: EnhancedCode, out: &mut Vec<u8>) {
    number(code.class().digit().into(), out);
    out.push(b'.');
    number(code.subject_detail().subject().into(), out);
    out.push(b'.');
    number(code.subject_detail().detail().into(), out);
}

/// Writes any bytes as a string. What a terminal would act on or not show is escaped, and what is no UTF-8 becomes U+FFFD.
pub(crate) fn string(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b'"' && *byte != b'\\';
    if text.iter().all(is_plain) {
        out.extend_from_slice(text);
    } else {
        for chunk in text.utf8_chunks() {
            chunk.valid().chars().for_each(|letter| self::letter(letter, out));
            if !chunk.invalid().is_empty() {
                out.extend_from_slice(b"\\ufffd");
            }
        }
    }
    out.push(b'"');
}

/// Writes JSON that is there already, with what a terminal would act on escaped; all of that stands in strings.
pub(crate) fn raw(json: &str, out: &mut Vec<u8>) {
    for letter in json.chars() {
        match letter {
            '!'..='~' => out.push(letter as u8),
            // White space between the fields: an object takes one line.
            '\0'..=' ' => out.push(b' '),
            _ => self::letter(letter, out),
        }
    }
}

fn letter(letter: char, out: &mut Vec<u8>) {
    match letter {
        '"' => out.extend_from_slice(b"\\\""),
        '\\' => out.extend_from_slice(b"\\\\"),
        '\n' => out.extend_from_slice(b"\\n"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\t' => out.extend_from_slice(b"\\t"),
        _ if letter.is_control() || is_invisible(letter) => {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        }
        _ => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use smtp_codes::verdict;

    use super::{SourceCache, raw, string};
    use crate::json::verdict::VerdictObject;

    #[test]
    fn what_is_written_by_hand_is_what_serde_writes() {
        let mut sources = SourceCache::default();
        for text in [
            "550 5.1.1 User unknown",
            "450 4.2.0 Greylisted, try again in 5 minutes",
            "554 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org",
            "250 2.0.0 Ok: queued",
            "550 4.2.1 over quota",
            "571 5.7.509 no",
            "5.4.7",
            "503",
            "hello",
            "",
        ] {
            let verdict = verdict(text);
            let mut written = b"{\"line\":1".to_vec();
            let matched = verdict.matched.as_ref().map(|matched| [matched.start, matched.end]);
            super::verdict(&verdict, matched, &mut sources, &mut written);
            written.push(b'}');
            let written: Value = serde_json::from_slice(&written).unwrap();
            let mut expected = serde_json::to_value(VerdictObject::of(&verdict, 0)).unwrap();
            expected["line"] = json!(1);
            assert_eq!(written, expected, "{text}");
        }
    }

    #[test]
    fn any_bytes_become_a_string_that_drives_no_terminal() {
        let text = "a\"\\\n\u{1b}[2J\u{9b}\u{202e}\u{e0001}ü満\0".as_bytes();
        let mut written = Vec::new();
        string(&[text, b"\xff"].concat(), &mut written);
        let written = String::from_utf8(written).unwrap();
        assert!(written.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{written}");
        let read: String = serde_json::from_str(&written).unwrap();
        assert_eq!(read, format!("{}\u{fffd}", std::str::from_utf8(text).unwrap()));

        let object = "{\"a\":\"\u{9b}\u{202e}ü\\n\",\t\"b\":1}";
        let mut written = Vec::new();
        raw(object, &mut written);
        let (written, object): (Value, Value) =
            (serde_json::from_slice(&written).unwrap(), serde_json::from_str(object).unwrap());
        assert_eq!(written, object);
    }
}
