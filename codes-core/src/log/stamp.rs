//! The stamps at the start of lines.

use super::Time;
use super::bytes::number;
use super::time::{Clock, Date};

/// The stamp at the start of a text, and what follows it.
pub(super) fn leading(text: &[u8]) -> Option<(Time, &[u8])> {
    match text.first()? {
        b'@' => tai64n(text),
        b'0'..=b'9' => iso(text),
        _ => syslog(text),
    }
}

/// How long a stamp of syslog is.
const SYSLOG: usize = b"Jan  5 09:12:01".len();

/// Whether a text begins as a stamp of syslog does: two of three lines need not be looked at closer.
pub(super) fn is_syslog(text: &[u8]) -> bool {
    matches!(text, [b'A'..=b'S', _, _, b' ', _, _, b' ', _, _, b':', _, _, b':', _, _, ..])
}

/// `Jan  5 09:12:01`
pub(super) fn syslog(text: &[u8]) -> Option<(Time, &[u8])> {
    if !is_syslog(text) {
        return None;
    }
    let (stamp, rest) = text.split_at(SYSLOG);
    let month = month(&stamp[..3])?;
    let day = two(if stamp[4] == b' ' { b'0' } else { stamp[4] }, stamp[5])?;
    let date = Date { year: None, month, day };
    let clock = Clock {
        hour: two(stamp[7], stamp[8])?,
        minute: two(stamp[10], stamp[11])?,
        second: two(stamp[13], stamp[14])?,
        micros: 0,
    };
    Some((Time::from_parts(date, clock, None)?, rest))
}

/// The number of a month by its English name's first three letters.
fn month(name: &[u8]) -> Option<u32> {
    Some(match name {
        b"Jan" => 1,
        b"Feb" => 2,
        b"Mar" => 3,
        b"Apr" => 4,
        b"May" => 5,
        b"Jun" => 6,
        b"Jul" => 7,
        b"Aug" => 8,
        b"Sep" => 9,
        b"Oct" => 10,
        b"Nov" => 11,
        b"Dec" => 12,
        _ => return None,
    })
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}

/// Whether a text begins with the day of an ISO 8601 stamp and a time of day.
pub(super) fn is_iso(text: &[u8]) -> bool {
    matches!(text, [b'0'..=b'9', _, _, _, b'-', _, _, b'-', _, _, b'T' | b' ', _, _, b':', _, _, b':', _, _, ..])
}

/// `2026-01-05T09:12:01.123456+01:00`, with or without fraction and offset, with a blank for the `T` and before the offset.
pub(super) fn iso(text: &[u8]) -> Option<(Time, &[u8])> {
    if !is_iso(text) {
        return None;
    }
    let year = number(&text[..4])?;
    let date = Date { year: i32::try_from(year).ok(), month: two(text[5], text[6])?, day: two(text[8], text[9])? };
    let mut clock = Clock {
        hour: two(text[11], text[12])?,
        minute: two(text[14], text[15])?,
        second: two(text[17], text[18])?,
        micros: 0,
    };
    let mut rest = &text[19..];
    if let [b'.' | b',', fraction @ ..] = rest {
        let mut unit = 100_000;
        rest = fraction;
        while let [digit @ b'0'..=b'9', behind @ ..] = rest {
            clock.micros += u32::from(digit - b'0') * unit;
            unit /= 10;
            rest = behind;
        }
    }
    let (offset, rest) = offset(rest);
    Some((Time::from_parts(date, clock, offset)?, rest))
}

/// An offset from UTC in minutes, where one follows.
fn offset(text: &[u8]) -> (Option<i16>, &[u8]) {
    if let [b'Z', rest @ ..] = text {
        return (Some(0), rest);
    }
    let (sign, hours, minutes, rest) = match text {
        [sign @ (b'+' | b'-'), a, b, b':', c, d, rest @ ..]
        | [b' ', sign @ (b'+' | b'-'), a, b, c, d, rest @ ..]
        | [sign @ (b'+' | b'-'), a, b, c, d, rest @ ..] => (sign, two(*a, *b), two(*c, *d), rest),
        _ => return (None, text),
    };
    match (hours, minutes) {
        (Some(hours @ ..24), Some(minutes @ ..60)) => {
            // Less than a day of minutes.
            let minutes = i16::try_from(hours * 60 + minutes).unwrap_or(0);
            (Some(if *sign == b'-' { -minutes } else { minutes }), rest)
        }
        _ => (None, text),
    }
}

/// multilog's `@` and 24 hexadecimal digits: seconds of TAI since 1970 with 2^62 added, and nanoseconds.
pub(super) fn tai64n(text: &[u8]) -> Option<(Time, &[u8])> {
    /// What multilog's stamps are ahead of a Unix clock: 2^62, and 10 for TAI.
    const AHEAD: u64 = (1 << 62) + 10;
    let digits = text.strip_prefix(b"@")?.get(..24)?;
    let hex = |digits: &[u8]| {
        digits.iter().try_fold(0, |number: u64, digit| Some(number << 4 | u64::from(char::from(*digit).to_digit(16)?)))
    };
    let seconds = i64::try_from(hex(&digits[..16])?.checked_sub(AHEAD)?).ok()?;
    let micros = u32::try_from(hex(&digits[16..])? / 1000).ok()?;
    Some((Time::from_unix(seconds, micros.min(999_999))?, &text[25..]))
}
