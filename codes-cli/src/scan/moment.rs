//! Points in time as a log shows them: the wall clock in this machine's time zone.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

/// Seconds of the wall clock since 1970-01-01 00:00:00, in the time zone of this machine.
///
/// Most logs write the wall clock without an offset, so that is what all are compared and shown by.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Moment(pub(crate) i64);

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
pub(crate) const WEEK: i64 = 7 * DAY;

impl Moment {
    /// The moment of a date and a time of the day in seconds; `None` for a date that there is not.
    pub(crate) fn of_date(year: i64, month: u8, day: u8, second: i64) -> Option<Self> {
        let year = i16::try_from(year).ok()?;
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        let midnight = Offset::UTC.to_timestamp(date.at(0, 0, 0, 0)).ok()?;
        Some(Self(midnight.as_second() + second))
    }

    /// Year, month and day.
    pub(crate) fn date(self) -> (i64, u8, u8) {
        let date = Timestamp::from_second(self.0).map_or(Date::ZERO, |time| Offset::UTC.to_datetime(time).date());
        (i64::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// Seconds since midnight.
    pub(crate) fn second(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// Midnight before or at this moment.
    pub(crate) fn midnight(self) -> Self {
        Self(self.0 - self.second())
    }

    /// `10:30`.
    pub(crate) fn clock(self) -> String {
        format!("{:02}:{:02}", self.second() / HOUR, self.second() % HOUR / MINUTE)
    }

    /// `2026-01-05`.
    pub(crate) fn day(self) -> String {
        let (year, month, day) = self.date();
        format!("{year:04}-{month:02}-{day:02}")
    }
}

/// `2026-01-05T10:30:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.second();
        write!(f, "{}T{:02}:{:02}:{:02}", self.day(), second / HOUR, second % HOUR / MINUTE, second % MINUTE)
    }
}

/// The time zone of this machine.
#[derive(Debug)]
pub(crate) struct Zone {
    zone: TimeZone,
    /// The quarter of an hour asked for last, and the offset then: no zone changes within one.
    last: (i64, i64),
}

/// Within so many seconds a zone keeps its offset.
const STEADY: i64 = 15 * MINUTE;

impl Zone {
    /// The zone that the environment variable `TZ` or the system names; else UTC.
    pub(crate) fn of_system() -> Self {
        Self { zone: TimeZone::try_system().unwrap_or(TimeZone::UTC), last: (i64::MIN, 0) }
    }

    #[cfg(test)]
    pub(crate) fn utc() -> Self {
        Self { zone: TimeZone::UTC, last: (i64::MIN, 0) }
    }

    /// Its name, as in `Europe/Vienna`.
    pub(crate) fn name(&self) -> &str {
        match self.zone.iana_name() {
            None if self.zone != TimeZone::UTC => "local",
            None | Some("Etc/UTC" | "Etc/UCT") => "UTC",
            Some(name) => name,
        }
    }

    /// The wall clock at a second since 1970 in UTC.
    pub(crate) fn wall(&mut self, second: i64) -> Moment {
        let quarter = second.div_euclid(STEADY);
        if quarter != self.last.0 {
            let offset = Timestamp::from_second(second).map_or(0, |time| self.zone.to_offset(time).seconds());
            self.last = (quarter, i64::from(offset));
        }
        Moment(second + self.last.1)
    }

    /// The wall clock at a point in time of the system.
    pub(crate) fn wall_of(&mut self, time: SystemTime) -> Moment {
        let second = match time.duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX / 2),
            Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(0),
        };
        self.wall(second)
    }

    pub(crate) fn now(&mut self) -> Moment {
        self.wall_of(SystemTime::now())
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Moment, Zone};

    #[test]
    fn dates_go_there_and_back() {
        assert_eq!(Moment::of_date(1970, 1, 1, 0), Some(Moment(0)));
        assert_eq!(Moment::of_date(2026, 1, 5, 0), Some(Moment(1_767_571_200)));
        for days in (-700_000..2_000_000).step_by(11) {
            let moment = Moment(days * DAY + 4711);
            let (year, month, day) = moment.date();
            assert_eq!(Moment::of_date(year, month, day, 4711), Some(moment));
        }
    }

    #[test]
    fn there_is_no_such_date() {
        for (year, month, day) in
            [(2026, 2, 29), (2100, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0)]
        {
            assert_eq!(Moment::of_date(year, month, day, 0), None, "{year}-{month}-{day}");
        }
        assert!(Moment::of_date(2024, 2, 29, 0).is_some() && Moment::of_date(2000, 2, 29, 0).is_some());
    }

    #[test]
    fn a_moment_is_shown_as_written() {
        let moment = Moment::of_date(2026, 1, 5, 37_861).expect("a date");
        assert_eq!(moment.to_string(), "2026-01-05T10:31:01");
        assert_eq!((moment.clock().as_str(), moment.midnight().second()), ("10:31", 0));
        assert_eq!(Zone::utc().wall(moment.0), moment);
    }
}
