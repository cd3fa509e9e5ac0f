use memchr::{memchr, memrchr};

use super::Time;
use super::bytes::number;
use super::stamp;

/// A line as syslog writes it: stamp, host, program with its process, message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syslog<'a> {
    stamp: &'a [u8],
    /// The program, as `postfix/smtp`.
    pub(super) program: &'a [u8],
    pub(super) message: &'a [u8],
}

impl<'a> Syslog<'a> {
    /// Takes a line apart; `None` where it is none of syslog's.
    ///
    /// Before the stamp may stand a priority (`<22>`), and the stamp and host may be missing where the program writes to a file
    /// of its own.
    pub(super) fn read(line: &'a [u8]) -> Option<Self> {
        let line = without_priority(line);
        let stamp_end = if stamp::is_syslog(line) {
            15
        } else if stamp::is_iso(line) {
            // A blank after the day begins the line of another program.
            if line[10] == b' ' {
                return None;
            }
            memchr(b' ', line)?
        } else {
            let (program, message) = program(line)?;
            return Some(Self { stamp: b"", program, message });
        };
        let (stamp, rest) = line.split_at(stamp_end);
        let rest = rest.strip_prefix(b" ")?;
        let host = memchr(b' ', rest)?;
        let (program, message) = program(&rest[host + 1..])?;
        Some(Self { stamp, program, message })
    }

    pub(super) const fn of(stamp: &'a [u8], program: &'a [u8], message: &'a [u8]) -> Self {
        Self { stamp, program, message }
    }

    pub(super) fn time(&self) -> Option<Time> {
        stamp::leading(self.stamp).map(|(time, _)| time)
    }
}

/// What follows the priority with which a line begins, if it has one.
fn without_priority(line: &[u8]) -> &[u8] {
    let Some(priority) = line.strip_prefix(b"<") else { return line };
    match priority.iter().take(4).position(|byte| *byte == b'>') {
        Some(end) if number(&priority[..end]).is_some() => &priority[end + 1..],
        _ => line,
    }
}

/// The program, without its process in brackets, and the message behind the colon.
fn program(text: &[u8]) -> Option<(&[u8], &[u8])> {
    const LONGEST: usize = 80;
    let end = memchr(b' ', &text[..text.len().min(LONGEST)])?;
    let tag = text[..end].strip_suffix(b":")?;
    let name = match tag.strip_suffix(b"]") {
        Some(tag) => &tag[..memrchr(b'[', tag)?],
        None => tag,
    };
    if name.is_empty() {
        return None;
    }
    let message = &text[end + 1..];
    // Solaris writes an id with facility and level before the message.
    let message = match message.strip_prefix(b"[ID ") {
        Some(id) => memchr(b']', id).map_or(message, |close| id[close + 1..].trim_ascii_start()),
        None => message,
    };
    Some((name, message))
}
