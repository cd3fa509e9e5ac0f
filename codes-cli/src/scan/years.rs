//! The years of stamps that have none: syslog writes `Jan  5 10:30:00`.

use super::moment::{DAY, Moment};

/// Tells the year of each stamp of a log from those before it.
///
/// A log goes forward and was not written in the future. So the year of the first stamp is the last one in which that
/// stamp lies before the file's last change, and the year of each other is the first one in which it doesn't lie before
/// the stamp before it; a day is granted for clocks that differ and lines that overtook each other. Stamps that have a
/// year count as well, so that a log whose format was changed stays in one piece.
#[derive(Debug)]
pub(crate) struct Years {
    /// When the log was changed last.
    changed: Moment,
    last: Option<Moment>,
    /// The day of the last stamp without a year: most often the next one has it too.
    today: Option<(u8, u8, Moment)>,
    /// The year of the first stamp, where somebody told.
    first: Option<i64>,
}

impl Years {
    pub(crate) fn new(changed: Moment, first: Option<i64>) -> Self {
        Self { changed, last: None, today: None, first }
    }

    /// The log was changed at this moment.
    pub(crate) fn grows(&mut self, changed: Moment) {
        self.changed = changed;
    }

    /// The moment of a stamp that has a year.
    pub(crate) fn with_year(&mut self, moment: Moment) -> Moment {
        (self.last, self.today) = (Some(moment), None);
        moment
    }

    /// The moment of a stamp without a year; `None` for a date that there is not.
    pub(crate) fn without_year(&mut self, month: u8, day: u8, second: i64) -> Option<Moment> {
        let latest = Moment(self.changed.0 + DAY);
        if let Some((_, _, midnight)) = self.today.filter(|today| (today.0, today.1) == (month, day)) {
            let moment = Moment(midnight.0 + second);
            if moment <= latest {
                self.last = Some(moment);
                return self.last;
            }
        }
        let of = |year| Moment::of_date(year, month, day, second);
        let moment = match (self.last, self.first) {
            (Some(last), _) => {
                let (year, ..) = last.date();
                // Four years have each date, also February the 29th.
                let next = (year - 1..year + 5).filter_map(of).find(|moment| moment.0 >= last.0 - DAY);
                next.filter(|moment| *moment <= latest || self.first.is_some()).or_else(|| latest_before(latest, of))
            }
            (None, Some(year)) => of(year).or_else(|| of(year + 1)),
            (None, None) => latest_before(latest, of),
        }?;
        self.last = Some(moment);
        self.today = Some((month, day, moment.midnight()));
        self.last
    }
}

fn latest_before(latest: Moment, of: impl Fn(i64) -> Option<Moment>) -> Option<Moment> {
    let (year, ..) = latest.date();
    (year - 8..=year).rev().filter_map(of).find(|moment| *moment <= latest)
}

#[cfg(test)]
mod tests {
    use super::Years;
    use crate::scan::moment::Moment;

    fn date(year: i64, month: u8, day: u8) -> Moment {
        Moment::of_date(year, month, day, 0).expect("a date")
    }

    fn days(years: &mut Years, stamps: &[(u8, u8)]) -> Vec<String> {
        stamps.iter().map(|(month, day)| years.without_year(*month, *day, 0).expect("a date").day()).collect()
    }

    #[test]
    fn the_first_stamp_lies_before_the_last_change() {
        for (changed, expected) in [
            ((2026, 1, 6), "2026-01-05"),
            ((2026, 1, 4), "2026-01-05"),
            ((2026, 1, 3), "2025-01-05"),
            ((2025, 12, 31), "2025-01-05"),
        ] {
            let mut years = Years::new(date(changed.0, changed.1, changed.2), None);
            assert_eq!(days(&mut years, &[(1, 5)]), [expected], "{changed:?}");
        }
    }

    #[test]
    fn new_year_is_passed_in_both_directions() {
        let mut years = Years::new(date(2026, 1, 2), None);
        let stamps = [(12, 30), (12, 31), (1, 1), (12, 31), (1, 2)];
        let expected = ["2025-12-30", "2025-12-31", "2026-01-01", "2025-12-31", "2026-01-02"];
        assert_eq!(days(&mut years, &stamps), expected);
    }

    #[test]
    fn a_log_may_be_silent_for_long() {
        let mut years = Years::new(date(2026, 11, 2), None);
        assert_eq!(days(&mut years, &[(1, 30), (9, 1)]), ["2026-01-30", "2026-09-01"]);
    }

    #[test]
    fn files_in_the_wrong_order_stay_in_their_year() {
        let mut years = Years::new(date(2026, 1, 12), None);
        assert_eq!(days(&mut years, &[(1, 10), (1, 3), (1, 4)]), ["2026-01-10", "2026-01-03", "2026-01-04"]);
    }

    #[test]
    fn stamps_with_a_year_set_it_for_those_without() {
        let mut years = Years::new(date(2026, 11, 25), None);
        years.with_year(date(2019, 12, 31));
        assert_eq!(days(&mut years, &[(1, 1)]), ["2020-01-01"]);
    }

    #[test]
    fn the_year_can_be_told() {
        let mut years = Years::new(date(2026, 11, 25), Some(2023));
        assert_eq!(days(&mut years, &[(12, 31), (2, 29)]), ["2023-12-31", "2024-02-29"]);
    }

    #[test]
    fn a_leap_day_is_in_a_leap_year() {
        let mut years = Years::new(date(2026, 11, 25), None);
        assert_eq!(days(&mut years, &[(2, 29)]), ["2024-02-29"]);
        assert_eq!(years.without_year(2, 30, 0), None);
        assert_eq!(years.without_year(13, 1, 0), None);
    }
}
