use std::ffi::OsString;
use std::io;

use anyhow::Result;
use smtp_codes::report::{Kind, Report};

use crate::args::Options;
use crate::exit::Outcome;
use crate::input::Input;
use crate::json::{Explained, Found, MessageObject, Object};
use crate::output::Output;
use crate::parts::{self, Part};
use crate::places::{Place, places};
use crate::render;
use crate::rules::Rules;
use crate::shown::quoted;

/// Gives the verdicts on a text, then explains every code in it once.
pub(crate) fn run(
    arguments: &[OsString],
    is_plain: bool,
    rules: &Rules,
    options: &Options,
    out: &mut Output,
) -> Result<Outcome> {
    let input = Input::read(arguments, out)?;
    if !input.is_argument && Report::is_message(&input.text) {
        if let Some(outcome) = report(arguments, &input, is_plain, rules, options, out)? {
            return Ok(outcome);
        }
    }
    let parts = parts::decisive(&input.text, rules);
    let places = places(&input.text);
    if parts.is_empty() && places.is_empty() {
        out.error(&no_code(&input))?;
        return Ok(Outcome::Missing);
    }
    for part in &parts {
        judge(part, &input.text, is_plain, options, out)?;
    }
    // Who asks for plain words has no use for codes.
    if parts.is_empty() || options.json || !is_plain {
        // One line has been quoted.
        let is_quoted = !parts.is_empty() && !input.text.trim_ascii().contains(&b'\n');
        for place in &places {
            explain(place, &input.text, is_quoted, options, out)?;
        }
    }
    Ok(Outcome::Found)
}

/// Explains a whole message that reports on a delivery, or is no report and is known for something else; any other may have been
/// put together of replies, and is read as text.
fn report(
    arguments: &[OsString],
    input: &Input,
    is_plain: bool,
    rules: &Rules,
    options: &Options,
    out: &mut Output,
) -> io::Result<Option<Outcome>> {
    let report = Report::parse(&input.text);
    if report.kind == Kind::NotAReport {
        return Ok(None);
    }
    if options.json {
        let file = arguments.first().map_or("-".into(), |file| file.to_string_lossy());
        out.object(&MessageObject::of(Some(&file), None, &report, rules))?;
        return Ok(Some(Outcome::Found));
    }
    let mut page = out.blank();
    render::message(&report, &mut page);
    out.page(&page)?;
    for recipient in &report.recipients {
        let mut page = out.blank();
        render::recipient(recipient, &mut page);
        out.page(&page)?;
        let text = recipient.diagnostic.as_deref().unwrap_or_default().as_bytes();
        let verdict = rules.verdict_on(&recipient.rejection());
        judge(&Part { range: 0..text.len(), verdict, line: 1, times: 1 }, text, is_plain, options, out)?;
    }
    Ok(Some(Outcome::Found))
}

fn judge(part: &Part<'_>, text: &[u8], is_plain: bool, options: &Options, out: &mut Output) -> io::Result<()> {
    if options.json {
        return out.object(&Explained::of(&part.verdict, part.line, part.range.start, part.times));
    }
    let mut page = out.blank();
    if is_plain {
        render::plain(part, text, &mut page);
    } else {
        render::verdict(part, text, &mut page);
    }
    out.page(&page)
}

fn explain(place: &Place, text: &[u8], is_quoted: bool, options: &Options, out: &mut Output) -> io::Result<()> {
    if options.json {
        let found = Found { line: place.line, matched: [place.start, place.end], times: place.times };
        return out.object(&Object::of(place.answer(), options).found(found));
    }
    let mut page = out.blank();
    let found = if is_quoted { String::new() } else { place.shown(text, page.text_columns()) };
    render::brief(place.answer(), &found, options, &mut page);
    out.page(&page)
}

fn no_code(input: &Input) -> String {
    let size = input.text.len();
    let what = if input.is_argument { quoted(&input.text) } else { format!("the text ({size} bytes)") };
    let file = match input.text.as_slice() {
        text if input.is_argument && !text.contains(&b' ') => ", and no file has that name",
        _ => "",
    };
    format!("no reply code or enhanced status code in {what}{file}: expected a text such as \"550 5.1.1 User unknown\"")
}
