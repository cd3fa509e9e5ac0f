//! The messages in a file: one, or those of a mailbox in the format mbox (RFC 4155).

use std::io::{self, BufRead, Read};

/// The longest message that is taken.
pub(crate) const LONGEST: usize = 64 << 20;

/// How much room is kept from one message to the next.
const KEPT: usize = 1 << 20;

/// Whether a file that begins so is a mailbox: with the line that is put before each message.
pub(crate) fn begins(start: &[u8]) -> bool {
    start.starts_with(b"From ")
}

/// Whether a line begins a message: `From `, an address and a time (RFC 4155, Appendix A). A sentence may begin with the word.
fn begins_message(line: &[u8]) -> bool {
    let is_time = |window: &[u8]| window[1] == b':' && window[0].is_ascii_digit() && window[2].is_ascii_digit();
    line.starts_with(b"From ") && line.windows(3).any(is_time)
}

/// Gives one message after the other, in memory bounded by the longest.
pub(crate) struct Mailbox<R> {
    source: R,
    /// Whether it is a mailbox, or one message.
    is_of_several: bool,
    message: Vec<u8>,
    /// The line that begins the next message.
    next: Vec<u8>,
    is_at_end: bool,
}

impl<R: BufRead> Mailbox<R> {
    pub(crate) fn new(source: R, is_of_several: bool) -> Self {
        Self { source, is_of_several, message: Vec::new(), next: Vec::new(), is_at_end: false }
    }

    /// The next message; of one that is too long, an error.
    pub(crate) fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if self.is_at_end {
            return Ok(None);
        }
        self.message.clear();
        self.message.shrink_to(KEPT);
        if self.is_of_several {
            self.read_until_next()?;
        } else {
            self.is_at_end = true;
            (&mut self.source).take(LONGEST as u64 + 1).read_to_end(&mut self.message)?;
        }
        if self.message.len() > LONGEST {
            self.is_at_end = true;
            return Err(io::Error::other(format!("a message is longer than {} MB", LONGEST >> 20)));
        }
        Ok(Some(&self.message))
    }

    /// Reads up to the line that begins the next message: `From ` behind an empty line.
    fn read_until_next(&mut self) -> io::Result<()> {
        self.message.append(&mut self.next);
        let mut is_behind_empty = false;
        loop {
            let start = self.message.len();
            let room = (LONGEST + 2).saturating_sub(start) as u64;
            if (&mut self.source).take(room).read_until(b'\n', &mut self.message)? == 0 {
                self.is_at_end = room > 0;
                return Ok(());
            }
            let line = &self.message[start..];
            if is_behind_empty && begins_message(line) {
                self.next = self.message.split_off(start);
                return Ok(());
            }
            is_behind_empty = line == b"\n" || line == b"\r\n";
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, begins};

    fn messages(text: &[u8]) -> Vec<String> {
        let mut mailbox = Mailbox::new(text, begins(text));
        let mut all = Vec::new();
        while let Some(message) = mailbox.next().expect("nothing is too long") {
            all.push(String::from_utf8_lossy(message).into_owned());
        }
        all
    }

    #[test]
    fn a_mailbox_is_cut_at_the_lines_between_its_messages() {
        let all = messages(
            b"From a Tue Nov  3 09:00:00 2026\nSubject: 1\n\nFrom here\n\nFrom b Tue Nov  3 09:00:00 2026\r\n\
              Subject: 2\r\n\r\nbody\r\n\r\nFrom c Tue Nov  3 09:00:00 2026\n",
        );
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all[0].ends_with("From here\n\n") && all[1].starts_with("From b"), "{all:?}");
    }

    #[test]
    fn a_file_without_such_a_line_is_one_message() {
        assert_eq!(messages(b"Subject: 1\n\n\nFrom b Tue Nov  3 09:00:00 2026\n").len(), 1);
        assert_eq!(messages(b"From a").len(), 1);
    }
}
