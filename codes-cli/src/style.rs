//! The colours: few, calm, and from the terminal's own sixteen, so that they fit any theme.

use anstyle::{AnsiColor, Style};
use smtp_codes::{Answer, Class, Severity};

/// What stands out: codes, verbs and titles.
pub(crate) const BOLD: Style = Style::new().bold();

/// What steps back: labels and sources.
pub(crate) const DIM: Style = Style::new().dimmed();

/// What asks for care: another status than standard, a provider that departs from the standard.
pub(crate) const CARE: Style = AnsiColor::Yellow.on_default();

/// The word `error`.
pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();

/// The words that decided, in a quoted reply.
pub(crate) const MARK: Style = Style::new().bold().underline();

/// The text as it is.
pub(crate) const PLAIN: Style = Style::new();

/// The colour of a code: by what its first digit says.
pub(crate) fn of(answer: Answer) -> Style {
    match answer {
        Answer::Reply(code) => of_severity(code.severity()),
        Answer::Severity(severity) => of_severity(severity),
        Answer::Enhanced(code) => of_severity(severity(code.class())),
        Answer::Class(class) | Answer::Subject(Some(class), _) => of_severity(severity(class)),
        _ => BOLD,
    }
}

/// The colour of a verdict: by what the first digit says, where there is one.
pub(crate) fn of_class(class: Option<Severity>) -> Style {
    class.map_or(BOLD, of_severity)
}

/// The severity that goes with a class.
pub(crate) fn severity(class: Class) -> Severity {
    match class {
        Class::Success => Severity::PositiveCompletion,
        Class::Transient => Severity::TransientNegativeCompletion,
        Class::Permanent => Severity::PermanentNegativeCompletion,
    }
}

fn of_severity(severity: Severity) -> Style {
    let color = match severity {
        Severity::PositiveCompletion => AnsiColor::Green,
        Severity::PositiveIntermediate => AnsiColor::Cyan,
        Severity::TransientNegativeCompletion => AnsiColor::Yellow,
        Severity::PermanentNegativeCompletion => AnsiColor::Red,
    };
    color.on_default().bold()
}
