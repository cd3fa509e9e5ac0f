//! How much of a message is read.

/// How much of a message is read, so that a hostile one costs no more than a large honest one.
///
/// What is over a limit is passed over, and [`Report::is_cut`](super::Report::is_cut) says so. Time is linear in the length of
/// the message whatever the limits are.
///
/// # Examples
///
/// ```
/// use smtp_codes::report::{Limits, Report};
///
/// let mut limits = Limits::default();
/// limits.recipients = 1;
/// let mail = b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n\
///     Final-Recipient: rfc822; ann@a.example\nAction: failed\nStatus: 5.1.1\n\n\
///     Final-Recipient: rfc822; bob@a.example\nAction: failed\nStatus: 5.1.1\n";
/// let report = Report::parse_with(mail, &limits);
/// assert_eq!(report.recipients.len(), 1);
/// assert!(report.is_cut);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Limits {
    /// How many bytes of a message are read: 64 MiB.
    pub message: usize,
    /// How many parts of a message are read: 1000.
    pub parts: usize,
    /// How deep multiparts may be nested in each other: 20.
    pub depth: usize,
    /// How many recipients a report may have: 100,000.
    pub recipients: usize,
    /// How many bytes of a text are read that is no delivery status: 256 KiB.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message: 64 << 20, parts: 1000, depth: 20, recipients: 100_000, text: 256 << 10 }
    }
}
