use std::collections::HashMap;
use std::ffi::OsString;

use anyhow::Result;
use smtp_codes::{Answer, Code, codes};

use crate::args::Options;
use crate::exit::Outcome;
use crate::input::Input;
use crate::json::{Found, Object};
use crate::output::Output;
use crate::render;
use crate::shown::{cut, quoted, shown, width};

/// Explains every code in a text once, in the order in which they appear.
pub(crate) fn run(arguments: &[OsString], options: &Options, out: &mut Output) -> Result<Outcome> {
    let input = Input::read(arguments, out)?;
    let places = places(&input.text);
    for place in &places {
        if options.json {
            let found = Found { line: place.line, matched: [place.start, place.end], times: place.times };
            out.object(&Object::of(place.answer(), options).found(found))?;
        } else {
            let mut page = out.blank();
            let found = place.shown(&input.text, page.text_columns());
            render::brief(place.answer(), &found, options, &mut page);
            out.page(&page)?;
        }
    }
    if places.is_empty() {
        out.error(&no_code(&input))?;
        return Ok(Outcome::Missing);
    }
    Ok(Outcome::Found)
}

/// A code and where it stands first.
#[derive(Debug)]
struct Place {
    code: Code,
    start: usize,
    end: usize,
    /// The number of the line, from 1.
    line: usize,
    /// In how many places the code stands.
    times: usize,
}

fn places(text: &[u8]) -> Vec<Place> {
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
    fn answer(&self) -> Answer {
        match self.code {
            Code::Reply(code) => Answer::Reply(code),
            Code::Enhanced(code) => Answer::Enhanced(code),
        }
    }

    /// `line 3, 2 times: host mx.example said: 550 5.1.1 ...`, with as much of the line as fits.
    fn shown(&self, text: &[u8], columns: usize) -> String {
        let times = if self.times > 1 { format!(", {} times", self.times) } else { String::new() };
        let place = format!("line {}{times}: ", self.line);
        let columns = columns.saturating_sub(width(&place)).max(BEFORE);
        let line_start = text[..self.start].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        // As much of what follows as can fit, and before it what room is left.
        let after = text[self.start..].iter().take(4 * columns).take_while(|byte| **byte != b'\n').count();
        let is_whole = self.start - line_start + after <= columns;
        let before = columns.saturating_sub(after + DOTS).max(BEFORE);
        let start = if is_whole { line_start } else { self.start.saturating_sub(before).max(line_start) };
        let start = letter_start(text, start);
        let (mark, columns) = if start > line_start { ("...", columns - DOTS) } else { ("", columns) };
        let line = shown(text[start..letter_start(text, self.start + after)].trim_ascii());
        // It is one line of the mail, so it stays one line here.
        format!("{place}{mark}{}", cut(&line, columns)).replace(' ', "\u{a0}")
    }
}

/// The place itself, or the start of the letter of several bytes in which it lies.
fn letter_start(text: &[u8], place: usize) -> usize {
    let is_within = |place: &usize| text.get(*place).is_some_and(|byte| byte & 0xc0 == 0x80);
    (place.saturating_sub(3)..=place).rev().find(|place| !is_within(place)).unwrap_or(place)
}

/// How many bytes before a code are shown at least.
const BEFORE: usize = 20;

/// How many columns the mark for something left out takes.
const DOTS: usize = 3;

fn no_code(input: &Input) -> String {
    let size = input.text.len();
    let what = if input.is_argument { quoted(&input.text) } else { format!("the text ({size} bytes)") };
    let file = match input.text.as_slice() {
        text if input.is_argument && !text.contains(&b' ') => ", and no file has that name",
        _ => "",
    };
    format!("no reply code or enhanced status code in {what}{file}: expected a text such as \"550 5.1.1 User unknown\"")
}
