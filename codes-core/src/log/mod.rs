//! The lines of mail logs: what was delivered, put off, refused, and with what words. Needs the feature `log`.
//!
//! A [`Reader`] is given one line after the other and says of each whether it tells how an attempt at a delivery ended, or that
//! the server refused somebody's mail: a [`Record`]. It finds the [`Format`] out by itself. What a record holds is borrowed from
//! the line and from the reader, whose memory is bounded.
//!
//! Nothing that stands in a log is an error: a line of no known log is [`Line::Unknown`], and a line may be any bytes.
//!
//! # Examples
//!
//! ```
//! use smtp_codes::Reason;
//! use smtp_codes::log::{Line, Outcome, Reader};
//!
//! let line = b"Jan  5 09:12:01 out1 postfix/smtp[4711]: 4F2A81228B2F: to=<ann@a.example>, relay=mx1.a.example[192.0.2.7]:25, \
//!     delay=0.5, delays=0.1/0.1/0.2/0.1, dsn=5.1.1, status=bounced (host mx1.a.example[192.0.2.7] said: 550 5.1.1 User \
//!     unknown (in reply to RCPT TO command))";
//! let mut reader = Reader::new();
//! let Line::Record(record) = reader.read(line) else { panic!("it tells how a delivery ended") };
//! assert_eq!(record.outcome, Outcome::Failed);
//! assert_eq!(record.recipient, Some(&b"ann@a.example"[..]));
//! assert_eq!(record.text, b"550 5.1.1 User unknown");
//! assert_eq!(record.rejection().verdict().reason, Some(Reason::MailboxUnknown));
//! ```

mod bytes;
mod exchange;
mod exim;
mod format;
mod json;
mod memory;
mod opensmtpd;
mod postfix;
mod qmail;
mod reader;
mod record;
mod sendmail;
mod stamp;
mod syslog;
mod time;

pub use format::{Format, UnknownFormat};
pub use reader::Reader;
pub use record::{Line, Outcome, Record, Relay};
pub use time::Time;
