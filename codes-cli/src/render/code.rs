use smtp_codes::{BasicCodes, Command, EnhancedCode, Meaning, ReplyCode, ReplyEntry, SubjectDetail};

use super::care;
use crate::facts;
use crate::page::Page;
use crate::style;

/// What is particular to a reply code: its meanings by command.
pub(crate) fn reply(code: ReplyCode, command: Option<Command>, page: &mut Page) {
    let severity = code.severity();
    page.row("Class", &format!("{}xx, {}", severity.digit(), severity.entry().title));
    let Some(entry) = code.entry() else { return };
    let meanings: Vec<&Meaning> = facts::meanings(code, command).collect();
    match (&meanings[..], command) {
        ([], Some(command)) => {
            let note = format!("no document lists {code} in answer to {command}");
            page.styled_row("Answers", style::CARE, &note, style::PLAIN);
        }
        ([meaning], _) => {
            page.row("Answers", &commands(meaning.commands));
            page.row("Extension", extension(meaning).unwrap_or_default());
            page.row("Text", &quotation(meaning));
        }
        (meanings, _) => by_command(meanings, entry, page),
    }
}

fn by_command(meanings: &[&Meaning], entry: &ReplyEntry, page: &mut Page) {
    page.heading("In answer to", "");
    let mut text = "";
    for meaning in meanings {
        let mut notes: Vec<&str> = extension(meaning).into_iter().collect();
        if meaning.status != entry.status {
            notes.extend(Some(care(meaning.status)).filter(|care| !care.is_empty()));
        }
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        let label = format!("{}{notes}", commands(meaning.commands));
        page.styled_row(&label, style::BOLD, meaning.summary, style::PLAIN);
        // Many meanings share their text: once is enough.
        if meaning.text != text {
            page.styled_row("", style::PLAIN, &quotation(meaning), style::DIM);
            text = meaning.text;
        }
    }
}

/// The extension that gives the code this sense, unless it has the name of the command.
fn extension(meaning: &Meaning) -> Option<&'static str> {
    meaning.keyword.filter(|keyword| !matches!(meaning.commands, [only] if only.verb() == *keyword))
}

fn quotation(meaning: &Meaning) -> String {
    format!("\"{}\"", meaning.text)
}

fn commands(commands: &[Command]) -> String {
    if commands.is_empty() {
        return "any command".to_owned();
    }
    let names: Vec<_> = commands.iter().map(|command| command.verb()).collect();
    names.join(", ")
}

/// What is particular to an enhanced code with its class.
pub(crate) fn enhanced(code: EnhancedCode, page: &mut Page) {
    let class = code.class();
    page.row("Class", &format!("{}.x.x, {}", class.digit(), class.entry().title));
    let meant = code.entry().map_or(&[][..], |entry| entry.classes);
    if !meant.is_empty() && !meant.contains(&class) {
        let meant: Vec<_> = meant.iter().map(|class| code.subject_detail().with_class(*class).to_string()).collect();
        let note = format!("the document means it as {} only", meant.join(" and "));
        page.styled_row("", style::PLAIN, &note, style::CARE);
    }
    subject_detail(code.subject_detail(), page);
}

/// What is particular to an enhanced code, whatever its class.
pub(crate) fn subject_detail(code: SubjectDetail, page: &mut Page) {
    if let Some(subject) = code.subject_entry() {
        page.row("Subject", &format!("X.{}.x, {}", subject.subject, subject.title));
    }
    let Some(entry) = code.entry() else { return };
    page.row("Registered", &format!("{code} \"{}\"", entry.text));
    page.row("Comes with", &basic_codes(entry.basic_codes));
}

fn basic_codes(basic_codes: BasicCodes) -> String {
    match basic_codes {
        BasicCodes::Any => "any reply code".to_owned(),
        BasicCodes::Listed { codes, severities, others } => {
            let codes = codes.iter().map(ReplyCode::to_string);
            let severities = severities.iter().map(|severity| format!("{}xx", severity.digit()));
            let mut all: Vec<_> = codes.chain(severities).collect();
            if others {
                all.push("others".to_owned());
            }
            all.join(", ")
        }
        _ => String::new(),
    }
}
