//! `--since` and `--until`: from when and up to when a log is summed up.

use super::moment::{DAY, HOUR, MINUTE, Moment, WEEK, Zone};

/// What a point in time may look like, for messages.
const EXPECTED: &str = "expected a date such as 2026-01-05, a date and time such as 2026-01-05T10:30, a time of today such as \
                        10:30, today, yesterday, or a time ago such as 30m, 2h, 7d or 2w";

/// From a moment up to another, without that itself.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Window {
    pub(crate) since: Option<Moment>,
    pub(crate) until: Option<Moment>,
}

impl Window {
    /// Reads both ends. A day alone is meant whole, so that the same day as both ends is that day.
    pub(crate) fn read(since: Option<&str>, until: Option<&str>, zone: &mut Zone) -> Result<Self, String> {
        let mut end = |option, text: Option<&str>| {
            let read = |text: &str| span(text, zone).ok_or_else(|| format!("--{option} {text:?}: {EXPECTED}"));
            text.map(read).transpose()
        };
        let since = end("since", since)?.map(|(start, _)| start);
        let until = end("until", until)?.map(|(_, end)| end);
        if let (Some(since), Some(until)) = (since, until) {
            if since >= until {
                return Err(format!("--since {since} is not before --until {until}: expected an earlier time"));
            }
        }
        Ok(Self { since, until })
    }

    pub(crate) fn is_open(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    /// Whether it holds this moment; what has no time is in none that has an end.
    pub(crate) fn holds(&self, moment: Option<Moment>) -> bool {
        match moment {
            Some(moment) => {
                self.since.is_none_or(|since| moment >= since) && self.until.is_none_or(|until| moment < until)
            }
            None => self.is_open(),
        }
    }
}

/// The time that a text means, from its start to its end: a day is a span, all else a point.
fn span(text: &str, zone: &mut Zone) -> Option<(Moment, Moment)> {
    let text = text.trim();
    let now = zone.now();
    let point = |moment: Moment| Some((moment, moment));
    let day = |start: Moment| Some((start, Moment(start.0 + DAY)));
    match text {
        "now" => return point(now),
        "today" => return day(now.midnight()),
        "yesterday" => return day(Moment(now.midnight().0 - DAY)),
        _ => {}
    }
    if let Some(ago) = ago(text) {
        return point(Moment(now.0.checked_sub(ago)?));
    }
    if let Some(second) = time(text) {
        return point(Moment(now.midnight().0 + second));
    }
    let (date, rest) = text.split_at_checked(10)?;
    let start = self::date(date)?;
    match rest.strip_prefix(['T', 't', ' ']) {
        None if rest.is_empty() => day(start),
        None => None,
        Some(rest) => {
            let (rest, offset) = offset(rest)?;
            let moment = Moment(start.0 + time(rest)?);
            point(offset.map_or(moment, |offset| zone.wall(moment.0 - offset)))
        }
    }
}

/// `2h`: how many seconds ago.
fn ago(text: &str) -> Option<i64> {
    let unit = match text.as_bytes().last()? {
        b's' => 1,
        b'm' => MINUTE,
        b'h' => HOUR,
        b'd' => DAY,
        b'w' => WEEK,
        _ => return None,
    };
    number(&text[..text.len() - 1])?.checked_mul(unit)
}

/// `2026-01-05`.
fn date(text: &str) -> Option<Moment> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(number)?;
    let mut part =
        || parts.next().filter(|part| part.len() == 2).and_then(number).and_then(|part| u8::try_from(part).ok());
    let (month, day) = (part()?, part()?);
    if parts.next().is_some() { None } else { Moment::of_date(year, month, day, 0) }
}

/// `10:30` or `10:30:15`, in seconds.
fn time(text: &str) -> Option<i64> {
    let mut seconds = 0;
    let mut units = [(HOUR, 24), (MINUTE, 60), (1, 60)].into_iter();
    let mut count = 0;
    for part in text.split(':') {
        let (unit, most) = units.next()?;
        seconds += number(part).filter(|part| *part < most)? * unit;
        count += 1;
    }
    (count >= 2).then_some(seconds)
}

/// The text before an offset, and the offset in seconds.
fn offset(text: &str) -> Option<(&str, Option<i64>)> {
    if let Some(rest) = text.strip_suffix(['Z', 'z']) {
        return Some((rest, Some(0)));
    }
    let Some(place) = text.rfind(['+', '-']) else { return Some((text, None)) };
    let seconds = time(&text[place + 1..])?;
    Some((&text[..place], Some(if text[place..].starts_with('-') { -seconds } else { seconds })))
}

fn number(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Window;
    use crate::scan::moment::{DAY, Moment, Zone};

    fn read(since: &'static str, until: &'static str) -> Result<Window, String> {
        let some = |text: &'static str| if text.is_empty() { None } else { Some(text) };
        Window::read(some(since), some(until), &mut Zone::utc())
    }

    fn ends(since: &'static str, until: &'static str) -> [String; 2] {
        let window = read(since, until).expect("a window");
        [window.since, window.until].map(|end| end.map_or(String::new(), |end| end.to_string()))
    }

    #[test]
    fn dates_and_times_are_read() {
        assert_eq!(ends("2026-01-05", "2026-01-05"), ["2026-01-05T00:00:00", "2026-01-06T00:00:00"]);
        assert_eq!(ends("2026-01-05 10:30", "2026-01-05T10:30:15"), ["2026-01-05T10:30:00", "2026-01-05T10:30:15"]);
        assert_eq!(ends("2026-01-05T10:30Z", ""), ["2026-01-05T10:30:00", ""]);
        assert_eq!(ends("", "2026-01-05T10:30:00+02:00"), ["", "2026-01-05T08:30:00"]);
        assert_eq!(ends("", "2026-01-05T23:30:00-01:00"), ["", "2026-01-06T00:30:00"]);
    }

    #[test]
    fn times_ago_are_before_now() {
        let now = Zone::utc().now();
        for (text, ago) in [("90s", 90), ("30m", 1800), ("2h", 7200), ("7d", 7 * DAY), ("2w", 14 * DAY), ("now", 0)] {
            let since = read(text, "").expect("a window").since.expect("a start");
            assert!((now.0 - ago..=now.0 - ago + 5).contains(&since.0), "{text}: {since}");
        }
        let today = read("today", "").expect("a window").since.expect("a start");
        let yesterday = read("yesterday", "yesterday").expect("a window");
        assert_eq!(today.second(), 0);
        assert_eq!(yesterday.until, yesterday.since.map(|since| Moment(since.0 + DAY)));
        let early = read("00:00", "").expect("a window").since;
        assert_eq!(early, Some(today));
    }

    #[test]
    fn other_words_are_errors() {
        for text in [
            "x",
            "5",
            "h",
            "-2h",
            "25:00",
            "10:60",
            "10",
            "2026-13-01",
            "2026-02-30",
            "26-01-05",
            "2026-01-05x",
            "2026-01-05T",
            "ü",
        ] {
            let message = read(text, "").expect_err(text);
            assert!(message.starts_with(&format!("--since {text:?}: expected a date such as 2026-01-05")), "{message}");
        }
        let message = read("99999999999999999999d", "").expect_err("too long ago");
        assert!(message.contains("expected a date"), "{message}");
        let message = read("2026-01-06", "2026-01-05").expect_err("ends before it starts");
        assert!(message.contains("is not before"), "{message}");
    }

    #[test]
    fn any_text_is_read_or_refused() {
        const PARTS: [&str; 16] = [
            "2026",
            "-",
            "01",
            "05",
            "T",
            " ",
            "10",
            ":",
            "30",
            "Z",
            "+",
            "h",
            "d",
            "9223372036854775807",
            "ü",
            "today",
        ];
        // A generator of its own, so that a failure can be repeated.
        let mut state = 0x2545_f491_4f6c_dd1d_u64;
        let mut read = 0;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..=state % 8 {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                text += PARTS[usize::try_from(state >> 60).expect("in range")];
            }
            read += usize::from(Window::read(Some(&text), None, &mut Zone::utc()).is_ok());
        }
        assert!(read > 100, "{read}");
    }

    #[test]
    fn what_has_no_time_is_in_no_window_with_an_end() {
        assert!(read("", "").expect("a window").holds(None));
        let window = read("2026-01-05", "2026-01-05").expect("a window");
        assert!(!window.holds(None));
        let start = window.since.expect("a start");
        assert!(window.holds(Some(start)) && window.holds(Some(Moment(start.0 + DAY - 1))));
        assert!(!window.holds(Some(Moment(start.0 + DAY))) && !window.holds(Some(Moment(start.0 - 1))));
    }
}
