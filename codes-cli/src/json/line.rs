//! The object of a verdict, written by hand: a stream has millions of them, and serde would take as long for one as the verdict does.

use smtp_codes::{Conflict, Conflicts, EnhancedCode, Party, Reason, ReplyCode, Verdict};

use super::class;
use super::verdict::Sources;
use crate::shown::is_invisible;

/// The fields of verdicts, ready to be written: of those on a million lines, there are few that differ in more than the place of their
/// words.
#[derive(Debug)]
pub(crate) struct VerdictCache(Vec<Option<Written>>);

/// All fields of a verdict but two.
#[derive(Debug)]
struct Written {
    key: Key,
    /// The fields up to where the words stand, from there to the time to wait, and from there on.
    text: Box<[u8]>,
    matched: usize,
    retry_after: usize,
}

/// What the fields depend on.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Key {
    rule: usize,
    claim: usize,
    provider: usize,
    blocklist: usize,
    reply: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
    reason: Option<Reason>,
    conflicts: Conflicts,
}

/// How many are kept; a power of two.
const KEPT: usize = 1 << 12;

impl Default for VerdictCache {
    fn default() -> Self {
        Self((0..KEPT).map(|_| None).collect())
    }
}

impl VerdictCache {
    /// Writes the fields of a verdict, each behind a comma. `matched` is where the words stand in the line, where they stand in it.
    pub(crate) fn write(&mut self, verdict: &Verdict<'_>, matched: Option<[usize; 2]>, out: &mut Vec<u8>) {
        let key = Key::of(verdict);
        let slot = &mut self.0[key.place()];
        if slot.as_ref().is_none_or(|written| written.key != key) {
            *slot = Some(Written::new(key, verdict));
        }
        let Some(written) = slot else { return };
        out.extend_from_slice(&written.text[..written.matched]);
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
        out.extend_from_slice(&written.text[written.matched..written.retry_after]);
        match verdict.retry_after {
            Some(seconds) => number(seconds.into(), out),
            None => out.extend_from_slice(b"null"),
        }
        out.extend_from_slice(&written.text[written.retry_after..]);
    }
}

impl Key {
    fn of(verdict: &Verdict<'_>) -> Self {
        Self {
            rule: verdict.rule.map_or(0, |rule| std::ptr::from_ref(rule).addr()),
            claim: verdict.claim.map_or(0, |claim| std::ptr::from_ref(claim).addr()),
            provider: verdict.provider.map_or(0, |provider| std::ptr::from_ref(provider).addr()),
            blocklist: verdict.blocklist.map_or(0, |list| std::ptr::from_ref(list).addr()),
            reply: verdict.reply,
            enhanced: verdict.enhanced,
            reason: verdict.reason,
            conflicts: verdict.conflicts,
        }
    }

    /// Mixes what differs most often.
    fn place(&self) -> usize {
        const MIX: usize = 0x9e37_79b9;
        let enhanced = self.enhanced.map_or(0, |code| {
            let key = code.subject_detail();
            usize::from(code.class().digit()) << 20 | usize::from(key.subject()) << 10 | usize::from(key.detail())
        });
        let parts =
            [self.rule, self.claim, self.provider, self.reply.map_or(0, |reply| reply.as_u16().into()), enhanced];
        let mixed = parts.into_iter().fold(0, |mixed: usize, part| (mixed.rotate_left(7) ^ part).wrapping_mul(MIX));
        (mixed ^ mixed >> 15) & (KEPT - 1)
    }
}

impl Written {
    fn new(key: Key, verdict: &Verdict<'_>) -> Self {
        let mut out = Vec::with_capacity(1024);
        let word = |name: &str, word: Option<&str>, out: &mut Vec<u8>| {
            out.extend_from_slice(name.as_bytes());
            match word {
                Some(word) => string(word.as_bytes(), out),
                None => out.extend_from_slice(b"null"),
            }
        };
        out.extend_from_slice(b",\"reply\":");
        match verdict.reply {
            Some(reply) => number(reply.as_u16().into(), &mut out),
            None => out.extend_from_slice(b"null"),
        }
        word(",\"enhanced\":", verdict.enhanced.map(|code| code.to_string()).as_deref(), &mut out);
        word(",\"class\":", verdict.class.map(class), &mut out);
        word(",\"reason\":", verdict.reason.map(Reason::as_str), &mut out);
        word(",\"party\":", verdict.party.map(Party::as_str), &mut out);
        word(",\"action\":", Some(verdict.action.as_str()), &mut out);
        word(",\"provider\":", verdict.provider.map(|provider| provider.id), &mut out);
        word(",\"rule\":", verdict.rule.map(|rule| rule.id), &mut out);
        word(",\"basis\":", Some(verdict.basis.as_str()), &mut out);
        out.extend_from_slice(b",\"matched\":");
        let matched = out.len();
        out.extend_from_slice(b",\"retry_after\":");
        let retry_after = out.len();
        word(",\"blocklist\":", verdict.blocklist.map(|list| list.name), &mut out);
        out.extend_from_slice(b",\"conflicts\":[");
        for (place, conflict) in verdict.conflicts.iter().enumerate() {
            word(if place == 0 { "" } else { "," }, Some(Conflict::as_str(conflict)), &mut out);
        }
        out.extend_from_slice(b"],\"sources\":");
        // A list of names and addresses can always be written.
        out.extend_from_slice(&serde_json::to_vec(&Sources(verdict)).unwrap_or_default());
        Self { key, text: out.into(), matched, retry_after }
    }
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
    if is_plain(text) {
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

/// Whether all bytes can stand in a string as they are. That is looked at for all of them, which takes many at once.
fn is_plain(text: &[u8]) -> bool {
    let is_plain = |byte: u8| byte.wrapping_sub(b' ') < 95 && byte != b'"' && byte != b'\\';
    text.iter().fold(true, |all, byte| all & is_plain(*byte))
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

    use super::{VerdictCache, raw, string};
    use crate::json::verdict::VerdictObject;

    #[test]
    fn what_is_written_by_hand_is_what_serde_writes() {
        let mut cache = VerdictCache::default();
        for text in [
            "550 5.1.1 User unknown",
            "550 5.1.1 <ann@a.example> User unknown",
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
            cache.write(&verdict, matched, &mut written);
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
