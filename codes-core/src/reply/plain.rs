use super::line::contradicts;
use super::line_end::LineEnd;
use super::{Anomalies, Reply};
use crate::{EnhancedCode, ReplyCode};

/// The short way for the most usual reply: one line to the letter, with an enhanced code. `None` for every other.
///
/// It takes half the time of the long way, which reads the same from it.
#[inline]
pub(super) fn plain(input: &[u8]) -> Option<Reply<'_>> {
    let code = ReplyCode::parse_prefix(input, 0).ok()?;
    if input.get(3) != Some(&b' ') {
        return None;
    }
    let (enhanced, enhanced_end) = EnhancedCode::parse_prefix(input, 4).ok()?;
    let [b' ', b'!'..=b'~', ..] = input[enhanced_end..] else {
        return None;
    };
    let line_end = LineEnd::find(input);
    if contradicts(enhanced, code) || line_end.beyond_ascii || !line_end.anomalies.is_empty() {
        return None;
    }
    let text = &input[enhanced_end + 1..line_end.body];
    Some(Reply { raw: &input[..line_end.raw], code, enhanced: Some(enhanced), text, anomalies: Anomalies::default() })
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::reply::Reader;

    #[test]
    fn the_short_way_and_the_long_way_agree() {
        let line = *b"550 5.7.606 No\tsuch (#5.1.1)\r\n250 OK\r\n";
        let mut short_ways = 0;
        for place in 0..line.len() {
            for byte in 0..=u8::MAX {
                let mut changed = line;
                changed[place] = byte;
                let Some(short) = plain(&changed) else {
                    continue;
                };
                let mut reader = Reader::new(&changed).unwrap();
                reader.line();
                assert_eq!(short, reader.reply(), "byte {byte} at {place}");
                assert!(reader.ended, "byte {byte} at {place}");
                short_ways += 1;
            }
        }
        assert!(short_ways > 2000, "{short_ways}");
    }
}
