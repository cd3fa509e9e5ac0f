//! A made-up Postfix log with the counts that a summary of it should find.
//!
//! It is made from a seed, so that a failure can be repeated: messages with one recipient or several, deliveries that succeed, fail
//! and are put off, retries, messages that expire, and refusals of the server itself. All names are from the ranges for examples.

use std::collections::BTreeMap;
use std::fmt::Write;

/// How stamps are written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stamps {
    Syslog,
    Iso,
    /// Syslog's at first, and ISO's in the second half.
    Mixed,
}

/// What is true of a log.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Truth {
    pub(crate) lines: u64,
    pub(crate) delivered: u64,
    pub(crate) deferred: u64,
    pub(crate) failed: u64,
    pub(crate) expired: u64,
    pub(crate) rejected: u64,
    /// Of attempts at a delivery, by enhanced code.
    pub(crate) codes: BTreeMap<&'static str, u64>,
    /// Of deliveries put off: how many, and how they ended.
    pub(crate) put_off: u64,
    pub(crate) delivered_later: u64,
    pub(crate) failed_later: u64,
    pub(crate) expired_later: u64,
    /// By the domain of the sender: deliveries put off or failed.
    pub(crate) refused_by_sender: BTreeMap<String, u64>,
}

/// The enhanced code, the name of the status, and what was said.
type Said = (&'static str, &'static str, &'static str);

const SENT: Said = ("2.0.0", "sent", "250 2.0.0 Ok: queued as 4F2");

const FAILED: [Said; 5] = [
    ("5.1.1", "bounced", "550 5.1.1 <RCPT>: Recipient address rejected: User unknown"),
    ("5.7.1", "bounced", "554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org"),
    ("5.2.1", "bounced", "550 5.2.1 The email account that you tried to reach is disabled"),
    ("5.3.4", "bounced", "552 5.3.4 Message size exceeds fixed limit"),
    ("5.0.0", "bounced", "550 administrative prohibition"),
];

const DEFERRED: [Said; 4] = [
    ("4.2.0", "deferred", "450 4.2.0 <RCPT>: Recipient address rejected: Greylisted"),
    ("4.2.2", "deferred", "452 4.2.2 Mailbox full"),
    ("4.7.0", "deferred", "421 4.7.0 Too many messages from 192.0.2.10, slow down"),
    ("4.4.1", "deferred", "connect to mx.DOMAIN[203.0.113.9]:25: Connection timed out"),
];

/// Makes a log of so many messages.
pub(crate) fn log(seed: u64, messages: u32, stamps: Stamps) -> (String, Truth) {
    let mut maker = Maker { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, ..Maker::default() };
    for message in 0..messages {
        if maker.below(8) == 0 {
            maker.rejection(message);
        } else {
            maker.message(message);
        }
    }
    maker.written(messages, stamps)
}

#[derive(Default)]
struct Maker {
    state: u64,
    /// Each line by its second and in the order in which it was made.
    lines: BTreeMap<(u32, usize), String>,
    truth: Truth,
}

impl Maker {
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % limit as u64).expect("in range")
    }

    fn put(&mut self, second: u32, text: String) {
        self.lines.insert((second, self.lines.len()), text);
    }

    fn message(&mut self, number: u32) {
        let start = number * 3;
        // Both kinds of queue ids.
        let id = if number % 2 == 0 {
            format!("{:011X}", 0x4f_0000_0000_u64 + u64::from(number))
        } else {
            format!("4dkv{number:06}zBcd")
        };
        let domain = format!("{}.sender.example", ["news", "shop", "office"][self.below(3)]);
        let sender = format!("from{}@{domain}", self.below(5));
        let recipients = 1 + self.below(3);
        let active = format!("qmgr[8]: {id}: from=<{sender}>, size=4711, nrcpt={recipients} (queue active)");
        self.put(start, format!("smtpd[7]: {id}: client=app.sender.example[198.51.100.4]"));
        self.put(start, format!("cleanup[9]: {id}: message-id=<{number}@app.sender.example>"));
        self.put(start, active.clone());
        let mut end = start;
        let mut waiting = 0;
        for recipient in 0..recipients {
            let to = format!("to{number}.{recipient}@{}.example", ["a", "b", "c"][self.below(3)]);
            let mut second = start + 1;
            let mut is_put_off = false;
            loop {
                let said = match self.below(10) {
                    0 => FAILED[self.below(FAILED.len())],
                    1 | 2 => DEFERRED[self.below(DEFERRED.len())],
                    _ => SENT,
                };
                self.attempt(second, &id, &to, &domain, said);
                end = end.max(second);
                match said.1 {
                    "deferred" => {
                        self.truth.put_off += u64::from(!is_put_off);
                        is_put_off = true;
                        if self.below(4) == 0 {
                            waiting += 1;
                            break;
                        }
                        second += 300;
                        self.put(second - 1, active.clone());
                    }
                    "sent" => break self.truth.delivered_later += u64::from(is_put_off),
                    _ => break self.truth.failed_later += u64::from(is_put_off),
                }
            }
        }
        if waiting > 0 {
            // A message expires for all who still wait, or they wait when the log ends.
            if self.below(2) == 0 {
                self.put(end + 600, format!("qmgr[8]: {id}: from=<{sender}>, status=expired, returned to sender"));
                self.truth.expired += 1;
                self.truth.expired_later += waiting;
            }
        } else {
            self.put(end, format!("qmgr[8]: {id}: removed"));
        }
    }

    fn attempt(&mut self, second: u32, id: &str, to: &str, sender_domain: &str, (code, status, said): Said) {
        let domain = to.split('@').next_back().unwrap_or_default();
        let said = said.replace("RCPT", to).replace("DOMAIN", domain);
        let is_local = said.starts_with("connect");
        let relay = if is_local { "none".to_owned() } else { format!("mx.{domain}[192.0.2.7]:25") };
        let words = match status {
            "sent" => said,
            _ if is_local => said,
            _ => format!("host mx.{domain}[192.0.2.7] said: {said} (in reply to RCPT TO command)"),
        };
        self.put(
            second,
            format!("smtp[11]: {id}: to=<{to}>, relay={relay}, delay=1.2, delays=0.1/0/0.5/0.6, dsn={code}, status={status} ({words})"),
        );
        *self.truth.codes.entry(code).or_default() += 1;
        match status {
            "sent" => self.truth.delivered += 1,
            "deferred" => self.truth.deferred += 1,
            _ => self.truth.failed += 1,
        }
        if status != "sent" {
            *self.truth.refused_by_sender.entry(sender_domain.to_owned()).or_default() += 1;
        }
    }

    fn rejection(&mut self, number: u32) {
        let said = [
            "554 5.7.1 Service unavailable; Client host [203.0.113.66] blocked using zen.spamhaus.org",
            "450 4.7.25 Client host rejected: cannot find your hostname, [203.0.113.66]",
        ][self.below(2)];
        self.put(number * 3, "smtpd[7]: connect from unknown[203.0.113.66]".to_owned());
        self.put(
            number * 3,
            format!("smtpd[7]: NOQUEUE: reject: RCPT from unknown[203.0.113.66]: {said}; from=<x@spam.example> to=<ann@sender.example> proto=ESMTP helo=<spam.example>"),
        );
        self.truth.rejected += 1;
    }

    fn written(mut self, messages: u32, stamps: Stamps) -> (String, Truth) {
        let mut text = String::new();
        for ((second, _), line) in &self.lines {
            let (day, hour, minute, second_of) =
                (5 + second / 86_400, second / 3600 % 24, second / 60 % 60, second % 60);
            let is_iso = stamps == Stamps::Iso || (stamps == Stamps::Mixed && *second > messages * 3 / 2);
            let written = if is_iso {
                writeln!(text, "2026-01-{day:02}T{hour:02}:{minute:02}:{second_of:02}.250000+00:00 out1 postfix/{line}")
            } else {
                writeln!(text, "Jan {day:>2} {hour:02}:{minute:02}:{second_of:02} out1 postfix/{line}")
            };
            written.expect("memory takes everything");
        }
        self.truth.lines = self.lines.len() as u64;
        (text, self.truth)
    }
}
