use core::fmt;

/// When a line was written, to the microsecond.
///
/// Logs tell less than a moment: syslog's own stamps have neither year nor offset from UTC, others no offset. What is missing is
/// taken to be the year 1972, which has all days, and UTC; whether it is missing can be asked. So times of one log are in order,
/// and times with and without a year cannot be compared before [`with_year`](Self::with_year).
///
/// # Examples
///
/// ```
/// use smtp_codes::log::Time;
///
/// let time = Time::from_bytes(b"Jan  5 09:12:01").unwrap();
/// assert!(!time.has_year() && time.offset().is_none());
/// assert_eq!(time.with_year(2026).to_string(), "2026-01-05T09:12:01");
/// assert_eq!(Time::from_bytes(b"2026-01-05T10:12:01.5+01:00").unwrap().to_string(), "2026-01-05T09:12:01.500000Z");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Time {
    micros: i64,
    offset: Option<i16>,
    has_year: bool,
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// The year of a stamp that has none: a leap year, so that every day of any year is in it.
const NO_YEAR: i32 = 1972;

impl Time {
    /// Reads a stamp as logs have them, and nothing else: syslog's (`Jan  5 09:12:01`), ISO 8601 with or without fraction and offset
    /// (`2026-01-05T09:12:01.123456+01:00`, `2026-01-05 09:12:01 +0100`), or multilog's TAI64N (`@40000000…`).
    pub fn from_bytes(stamp: &[u8]) -> Option<Self> {
        super::stamp::leading(stamp).filter(|(_, rest)| rest.is_empty()).map(|(time, _)| time)
    }

    /// The moment this many seconds and microseconds after the start of 1970 in UTC; `None` out of the range of years.
    pub(super) fn from_unix(seconds: i64, micros: u32) -> Option<Self> {
        // Years up to 9999.
        if !(-62_135_596_800..253_402_300_800).contains(&seconds) {
            return None;
        }
        Some(Self { micros: seconds * SECOND + i64::from(micros), offset: Some(0), has_year: true })
    }

    /// The time of these parts, each of which has to be in its range; a 60th second is the last moment of its minute.
    pub(super) fn from_parts(date: Date, clock: Clock, offset: Option<i16>) -> Option<Self> {
        let year = date.year.unwrap_or(NO_YEAR);
        let legal = (1..=9999).contains(&year)
            && (1..=12).contains(&date.month)
            && (1..=31).contains(&date.day)
            && clock.hour < 24
            && clock.minute < 60
            && clock.second <= 60
            && clock.micros < 1_000_000;
        if !legal {
            return None;
        }
        let seconds = clock.hour * 3600 + clock.minute * 60 + clock.second.min(59);
        let minutes = i64::from(offset.unwrap_or(0));
        let micros = days(year, date.month, date.day) * DAY + i64::from(seconds) * SECOND + i64::from(clock.micros)
            - minutes * 60 * SECOND;
        Some(Self { micros, offset, has_year: date.year.is_some() })
    }

    /// Microseconds since the start of 1970: in UTC where the offset is known, else of the clock of whoever wrote the log.
    pub const fn micros(self) -> i64 {
        self.micros
    }

    /// The offset from UTC of whoever wrote the log, in minutes, where the stamp has it.
    pub const fn offset(self) -> Option<i16> {
        self.offset
    }

    /// Whether the stamp has a year.
    pub const fn has_year(self) -> bool {
        self.has_year
    }

    /// The same day and time in this year, where the stamp has none; else no change. 29 February becomes 1 March where it has to.
    #[must_use]
    pub fn with_year(self, year: i32) -> Self {
        if self.has_year || !(1..=9999).contains(&year) {
            return self;
        }
        let (_, month, day) = date(self.micros.div_euclid(DAY));
        let micros = days(year, month, day) * DAY + self.micros.rem_euclid(DAY);
        Self { micros, offset: self.offset, has_year: true }
    }

    /// Year, month and day; the year is 1972 where the stamp has none.
    pub fn date(self) -> (i32, u32, u32) {
        date(self.micros.div_euclid(DAY))
    }
}

impl fmt::Display for Time {
    /// As ISO 8601, in UTC where the offset is known; without a year where the stamp has none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        if self.has_year {
            write!(f, "{year:04}-{month:02}-{day:02}T")?;
        } else {
            write!(f, "--{month:02}-{day:02}T")?;
        }
        let of_day = self.micros.rem_euclid(DAY);
        let (seconds, micros) = (of_day / SECOND, of_day % SECOND);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        if micros > 0 {
            write!(f, ".{micros:06}")?;
        }
        f.write_str(if self.offset.is_some() { "Z" } else { "" })
    }
}

/// A day as it is written; the year may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Date {
    pub(super) year: Option<i32>,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// A time of day as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) micros: u32,
}

/// Days since the start of 1970 in the Gregorian calendar. Years are counted from March, so that the leap day is a year's last,
/// in cycles of 400 years, which have 146,097 days each.
fn days(year: i32, month: u32, day: u32) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_cycle = year.rem_euclid(400);
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = of_cycle * 365 + of_cycle / 4 - of_cycle / 100;
    i64::from(year.div_euclid(400)) * 146_097 + i64::from(days) + i64::from(of_year) - 719_468
}

/// Year, month and day of this many days since the start of 1970: [`days`] backwards.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each part lies in the range of its name")]
fn date(days: i64) -> (i32, u32, u32) {
    let days = days + 719_468;
    let (cycle, of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let of_years = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * of_years + of_years / 4 - of_years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = cycle * 400 + of_years + i64::from(month <= 2);
    (year as i32, month as u32, day as u32)
}

#[cfg(test)]
mod tests {
    use super::{date, days};

    #[test]
    fn every_day_is_counted_once() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(2000, 3, 1) - days(2000, 2, 28), 2);
        assert_eq!(days(1900, 3, 1) - days(1900, 2, 28), 1);
        let mut last = date(days(1599, 12, 31));
        for day in days(1600, 1, 1)..days(2401, 1, 1) {
            let today = date(day);
            assert!(today > last && (1..=12).contains(&today.1) && (1..=31).contains(&today.2), "{today:?}");
            assert_eq!(days(today.0, today.1, today.2), day);
            last = today;
        }
    }
}
