use smtp_codes::{Class, EnhancedEntry, ReplyEntry, Severity, SubjectEntry};

use super::care;
use crate::facts;
use crate::page::Page;
use crate::style;

/// All reply codes with one first digit.
pub(crate) fn severity(severity: Severity, page: &mut Page) {
    let entry = severity.entry();
    page.row("Text", &format!("\"{}\"", entry.text));
    page.heading("Reply codes", "");
    for entry in ReplyEntry::ALL.iter().filter(|entry| entry.code.severity() == severity) {
        page.entry(&format!("  {}", entry.code), style::PLAIN, 5, entry.title, care(entry.status));
    }
}

/// All enhanced codes of one class: their subjects.
pub(crate) fn class(class: Class, page: &mut Page) {
    let entry = class.entry();
    page.row("Text", &format!("\"{}\"", entry.text));
    page.heading("Subjects", "");
    for entry in SubjectEntry::ALL {
        page.entry(&format!("  {}.{}.x", class.digit(), entry.subject), style::PLAIN, 7, entry.title, "");
    }
}

/// All enhanced codes of one subject, of one class or of all.
pub(crate) fn subject(class: Option<Class>, subject: u16, page: &mut Page) {
    let Some(entry) = facts::subject_entry(subject) else { return };
    page.row("Text", &format!("\"{}\"", entry.text));
    page.heading("Codes", "");
    for entry in EnhancedEntry::ALL.iter().filter(|entry| entry.code.subject() == subject) {
        let code = class.map_or_else(|| entry.code.to_string(), |class| entry.code.with_class(class).to_string());
        page.entry(&format!("  {code}"), style::PLAIN, 8, entry.title, care(entry.status));
    }
}
