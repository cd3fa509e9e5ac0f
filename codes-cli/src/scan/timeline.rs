//! How it went over time: counts by equal spans, which become longer as the log does.

use std::collections::BTreeMap;

use smtp_codes::log::Outcome;

use super::moment::{DAY, HOUR, MINUTE, Moment, WEEK};
use super::outcomes::Outcomes;

/// The spans, in seconds: each divides the next.
const SPANS: [i64; 10] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, WEEK, 4 * WEEK, 52 * WEEK];

/// How many spans are kept; with more, the next longer span is taken. As years of four digits make no more than this many of
/// the longest, there is an end.
const MOST: usize = 1 << 11;

/// 1970-01-05 was a Monday, on which weeks begin.
const MONDAY: i64 = 4 * DAY;

/// Counts by spans of one length.
#[derive(Debug, Default)]
pub(crate) struct Timeline {
    /// Which of the spans.
    span: usize,
    /// By the number of the span.
    counts: BTreeMap<i64, Outcomes>,
    /// The span that was counted last, which most often is the next one as well.
    current: Option<(i64, Outcomes)>,
}

/// One span and what happened in it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Span {
    pub(crate) start: Moment,
    pub(crate) outcomes: Outcomes,
}

impl Timeline {
    pub(crate) fn add(&mut self, time: Moment, outcome: Outcome) {
        if let Some((current, outcomes)) = &mut self.current {
            if *current == number(time, SPANS[self.span]) {
                outcomes.add(outcome);
                return;
            }
        }
        // That may make the spans longer.
        self.settle();
        let mut outcomes = Outcomes::default();
        outcomes.add(outcome);
        self.current = Some((number(time, SPANS[self.span]), outcomes));
    }

    fn settle(&mut self) {
        let Some((number, outcomes)) = self.current.take() else { return };
        *self.counts.entry(number).or_default() += outcomes;
        while self.counts.len() > MOST && self.span + 1 < SPANS.len() {
            self.counts = coarser(&self.counts, SPANS[self.span], SPANS[self.span + 1]);
            self.span += 1;
        }
    }

    /// The whole time in at most so many spans, without a gap, and how long each is in seconds.
    pub(crate) fn spans(&mut self, most: usize) -> (i64, Vec<Span>) {
        self.settle();
        let (Some((&first, _)), Some((&last, _))) = (self.counts.first_key_value(), self.counts.last_key_value())
        else {
            return (SPANS[0], Vec::new());
        };
        let kept = SPANS[self.span];
        let fits = |span: &i64| {
            let number = |of: i64| number(start(of, kept), *span);
            number(last) - number(first) < i64::try_from(most.max(1)).unwrap_or(i64::MAX)
        };
        let span = SPANS[self.span..].iter().copied().find(fits).unwrap_or(SPANS[SPANS.len() - 1]);
        let counts = coarser(&self.counts, kept, span);
        let numbers = counts.first_key_value().map_or(0, |(number, _)| *number)
            ..=counts.last_key_value().map_or(0, |(number, _)| *number);
        // Stamps that are centuries apart would make many empty spans.
        let spans = numbers.take(most.max(1)).map(|number| Span {
            start: start(number, span),
            outcomes: counts.get(&number).copied().unwrap_or_default(),
        });
        (span, spans.collect())
    }
}

fn number(time: Moment, span: i64) -> i64 {
    (time.0 - MONDAY).div_euclid(span)
}

fn start(number: i64, span: i64) -> Moment {
    Moment(number * span + MONDAY)
}

fn coarser(counts: &BTreeMap<i64, Outcomes>, from: i64, to: i64) -> BTreeMap<i64, Outcomes> {
    let mut coarser: BTreeMap<i64, Outcomes> = BTreeMap::new();
    for (of, outcomes) in counts {
        *coarser.entry(number(start(*of, from), to)).or_default() += *outcomes;
    }
    coarser
}

#[cfg(test)]
mod tests {
    use smtp_codes::log::Outcome;

    use super::{MOST, SPANS, Timeline};
    use crate::scan::moment::{DAY, HOUR, MINUTE, Moment};

    fn at(second: i64) -> Moment {
        Moment(Moment::of_date(2026, 1, 5, 0).expect("a date").0 + second)
    }

    #[test]
    fn each_span_divides_the_next() {
        assert!(SPANS.windows(2).all(|pair| pair[1] % pair[0] == 0));
    }

    #[test]
    fn spans_have_no_gaps_and_fit() {
        let mut timeline = Timeline::default();
        assert_eq!(timeline.spans(10), (MINUTE, Vec::new()));
        for second in [30, 31, 59, 60, 5 * MINUTE, 2] {
            timeline.add(at(second), Outcome::Delivered);
        }
        let (span, spans) = timeline.spans(10);
        assert_eq!((span, spans[0].start), (MINUTE, at(0)));
        let delivered: Vec<u64> = spans.iter().map(|span| span.outcomes.delivered).collect();
        assert_eq!(delivered, [4, 1, 0, 0, 0, 1]);
        assert_eq!(timeline.spans(5).1.len(), 2);
        let (span, spans) = timeline.spans(1);
        assert_eq!((span, spans.len(), spans[0].outcomes.delivered), (15 * MINUTE, 1, 6));
    }

    #[test]
    fn a_long_time_takes_longer_spans_and_loses_nothing() {
        let mut timeline = Timeline::default();
        for hour in 0..24 * 365 * 3 {
            timeline.add(at(hour * HOUR), Outcome::Failed);
        }
        assert!(timeline.counts.len() <= MOST);
        let (span, spans) = timeline.spans(60);
        assert_eq!(span, 28 * DAY);
        assert_eq!(spans.iter().map(|span| span.outcomes.failed).sum::<u64>(), 24 * 365 * 3);
    }

    #[test]
    fn days_and_weeks_begin_at_midnight() {
        let mut timeline = Timeline::default();
        for day in 0..3 {
            timeline.add(at(day * DAY + HOUR), Outcome::Failed);
        }
        let (span, spans) = timeline.spans(3);
        assert_eq!((span, spans[0].start), (DAY, at(0)));
        assert_eq!(timeline.spans(1).1[0].start, at(0));
    }
}
