use std::collections::HashMap;

use smtp_codes::{Answer, Code, codes};

use crate::excerpt::{around, line_of};
use crate::shown::width;

/// A code and where it stands first.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) code: Code,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The number of the line, from 1.
    pub(crate) line: usize,
    /// In how many places the code stands.
    pub(crate) times: usize,
}

/// The codes of a text, each once, in the order in which they appear.
pub(crate) fn places(text: &[u8]) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut known: HashMap<Code, usize> = HashMap::new();
    let (mut line, mut counted) = (1, 0);
    for found in codes(text) {
        line += text[counted..found.start].split(|byte| *byte == b'\n').count() - 1;
        counted = found.start;
        let place = *known.entry(found.code).or_insert_with(|| {
            places.push(Place { code: found.code, start: found.start, end: found.end, line, times: 0 });
            places.len() - 1
        });
        places[place].times += 1;
    }
    places
}

impl Place {
    pub(crate) fn answer(&self) -> Answer {
        match self.code {
            Code::Reply(code) => Answer::Reply(code),
            Code::Enhanced(code) => Answer::Enhanced(code),
        }
    }

    /// `line 3, 2 times: host mx.example said: 550 5.1.1 ...`, with as much of the line as fits.
    pub(crate) fn shown(&self, text: &[u8], columns: usize) -> String {
        let times = if self.times > 1 { format!(", {} times", self.times) } else { String::new() };
        let place = format!("line {}{times}: ", self.line);
        let columns = columns.saturating_sub(width(&place));
        let line = line_of(text, self.start);
        let shown = around(&text[line.clone()], self.start - line.start, columns);
        // It is one line of the mail, so it stays one line here.
        format!("{place}{shown}").replace(' ', "\u{a0}")
    }
}
