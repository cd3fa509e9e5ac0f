use super::rule::Phase;

/// The phase that a sending server writes beside a reply: `(in reply to RCPT TO command)`.
pub(super) fn phase(text: &[u8]) -> Option<Phase> {
    const MARK: &[u8] = b"in reply to ";
    let start = text.windows(MARK.len()).position(|window| window == MARK)? + MARK.len();
    let command = &text[start..];
    let phases: [(&[u8], Phase); 12] = [
        (b"MAIL FROM", Phase::Mail),
        (b"RCPT TO", Phase::Rcpt),
        (b"DATA", Phase::Data),
        (b"BDAT", Phase::Data),
        (b"end of DATA", Phase::Data),
        (b"sending end of data", Phase::Data),
        (b"EHLO", Phase::Helo),
        (b"HELO", Phase::Helo),
        (b"LHLO", Phase::Helo),
        (b"STARTTLS", Phase::Auth),
        (b"AUTH", Phase::Auth),
        (b"initial", Phase::Connection),
    ];
    phases.into_iter().find(|(word, _)| command.starts_with(word)).map(|(_, phase)| phase)
}
