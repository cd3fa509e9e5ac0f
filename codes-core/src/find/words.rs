//! The words that make a number a code, or something else. They are those that mail software writes in logs, reports and
//! exceptions.

/// Words that announce a reply with whatever sign between: `said: 550`, `error 550`, `"code":550`.
const REPLY: &[&str] = &[
    "said",
    "says",
    "err",
    "stat",
    "returned",
    "returns",
    "replied",
    "replies",
    "responded",
    "responds",
    "answer",
    "answered",
];

/// The same as the last part of a name: `responseCode`, `smtp_status`, `SMTPFatalError`.
const REPLY_NAMES: &[&str] = &["code", "error", "reply", "response", "status"];

/// The same, grown together without a capital.
const REPLY_COMPOUNDS: &[&str] = &["dsncode", "errorcode", "replycode", "responsecode", "smtpcode", "statuscode"];

/// Words before those that name a code of another kind, or none that was met.
pub(super) const OTHER_CODES: &[&str] = &[
    "area", "bar", "color", "colour", "country", "coupon", "died", "discount", "exit", "exited", "expected", "hex",
    "http", "https", "key", "post", "postal", "process", "promo", "qr", "scan", "source", "voucher", "zip",
];

/// Words behind which a reply follows after a colon or a quotation mark: `reason: 550`, `refused to talk to me: 554`.
pub(super) const SPEAKER: &[&str] = &[
    "banner",
    "because",
    "bounced",
    "client",
    "command",
    "connection",
    "data",
    "deferred",
    "detail",
    "details",
    "diagnosis",
    "diagnostic",
    "diagnostics",
    "ehlo",
    "fail",
    "failed",
    "failure",
    "following",
    "follows",
    "greeting",
    "helo",
    "led",
    "me",
    "message",
    "msg",
    "out",
    "quit",
    "reason",
    "reasons",
    "received",
    "refused",
    "reject",
    "rejected",
    "remote",
    "resp",
    "s",
    "server",
    "starttls",
    "transaction",
    "transcript",
    "undeliverable",
    "undelivered",
    "was",
];

/// Those of them to which a reply is assigned. What is assigned to others is a count: `data=250`.
pub(super) const ASSIGNED: &[&str] = &["led", "message", "msg", "reason", "reject", "resp"];

/// Words behind which a reply follows in parentheses: `status=sent (250 OK)`.
pub(super) const OUTCOME: &[&str] =
    &["bounced", "deferred", "delivered", "expired", "failed", "rejected", "sent", "undelivered"];

/// Words before `with`: `failed with 550`.
pub(super) const ANSWERED: &[&str] = &[
    "answered",
    "answers",
    "blocked",
    "bounced",
    "deferred",
    "failed",
    "fails",
    "refused",
    "rejected",
    "rejects",
    "replied",
    "replies",
    "responded",
    "responds",
    "returned",
    "returns",
];

/// Names of the protocol: `smtp; 550`, `SMTP 550`.
pub(super) const PROTOCOL: &[&str] = &["esmtp", "lmtp", "smtp"];

/// Words that follow a code: `a 550 error`.
pub(super) const ERROR: &[&str] = &["bounce", "error", "rejection", "reply", "response", "status"];

/// The last part of a name to which an enhanced code is assigned: `dsn=5.1.1`, `"status": "5.1.1"`.
pub(super) const STATUS: &[&str] =
    &["code", "diag", "dsn", "enhanced", "error", "led", "reason", "reply", "response", "stat", "status"];

/// Words before three numbers that are the version of a program or the section of a document.
pub(super) const VERSION: &[&str] = &[
    "abschnitt",
    "amavis",
    "amavisd",
    "android",
    "appendix",
    "axigen",
    "build",
    "centos",
    "chapter",
    "clamav",
    "clause",
    "communigate",
    "courier",
    "date",
    "dated",
    "debian",
    "domino",
    "dovecot",
    "esmtp",
    "eudora",
    "exim",
    "firmware",
    "fortios",
    "freebsd",
    "gnutls",
    "groupwise",
    "haraka",
    "hmailserver",
    "horde",
    "icewarp",
    "imail",
    "ios",
    "java",
    "kerio",
    "kernel",
    "linux",
    "listserv",
    "macos",
    "mailenable",
    "mailman",
    "mailscanner",
    "mdaemon",
    "merak",
    "mimedefang",
    "mutt",
    "needs",
    "netqmail",
    "new",
    "node",
    "nodejs",
    "nodemailer",
    "notes",
    "openbsd",
    "opendkim",
    "opendmarc",
    "opensmtpd",
    "openssl",
    "outlook",
    "para",
    "paragraph",
    "perl",
    "php",
    "phpmailer",
    "pmta",
    "postfix",
    "powermta",
    "python",
    "qmail",
    "release",
    "require",
    "requires",
    "rev",
    "revision",
    "rhel",
    "roundcube",
    "rspamd",
    "ruby",
    "sec",
    "sect",
    "section",
    "sections",
    "sendmail",
    "since",
    "smtpd",
    "software",
    "spamassassin",
    "squirrelmail",
    "swiftmailer",
    "sympa",
    "thunderbird",
    "ubuntu",
    "upgrade",
    "upgraded",
    "v",
    "ver",
    "version",
    "versions",
    "windows",
    "xmail",
    "zimbra",
];

/// The last word behind a version: `5.1.2 or later`.
pub(super) const LATER: &[&str] = &["above", "greater", "higher", "later", "newer", "up"];

/// Whether a number may be the measure of this, in any case: `250 MB`.
pub(super) fn is_unit(word: &[u8]) -> bool {
    // By their lengths, as this is asked of the first word of most replies.
    let units: &[&str] = match word.len() {
        1 => &["s"],
        2 => &["gb", "kb", "km", "mb", "ms", "of", "px", "tb"],
        3 => &["bit", "day", "eur", "gib", "hrs", "kib", "mib", "min", "sec", "usd"],
        4 => &["bits", "byte", "days", "euro", "hour", "mins", "msec", "secs", "week", "year"],
        5 => &["bytes", "chars", "euros", "hours", "lines", "month", "times", "weeks", "words", "years"],
        6 => &["kbytes", "mbytes", "minute", "months", "octets", "second"],
        7 => &["dollars", "minutes", "percent", "seconds"],
        9 => &["character"],
        10 => &["characters"],
        12 => &["milliseconds"],
        _ => &[],
    };
    is_one_of(word, units)
}

/// What is counted, in lower case. A capital begins a reply's text: `554 Messages from this host are refused`.
pub(super) const COUNTED: &[&str] = &[
    "addresses",
    "connections",
    "customers",
    "domains",
    "emails",
    "entries",
    "files",
    "hits",
    "hosts",
    "items",
    "mailboxes",
    "mails",
    "messages",
    "msgs",
    "pages",
    "people",
    "queries",
    "rcpts",
    "recipients",
    "records",
    "requests",
    "rows",
    "sessions",
    "users",
];

/// Header fields without codes.
pub(super) const SILENT_FIELDS: &[&str] = &[
    "ARC-Authentication-Results",
    "ARC-Message-Signature",
    "ARC-Seal",
    "Authentication-Results",
    "Content-ID",
    "Content-Type",
    "Date",
    "DKIM-Signature",
    "In-Reply-To",
    "Message-ID",
    "MIME-Version",
    "Received",
    "Received-SPF",
    "References",
    "User-Agent",
    "X-Google-DKIM-Signature",
    "X-Mailer",
    "X-MimeOLE",
    "X-Received",
    "X-Virus-Scanned",
];

/// Whether the word announces a reply.
pub(super) fn names_reply(word: &[u8]) -> bool {
    is_one_of(word, REPLY) || is_one_of(word, REPLY_COMPOUNDS) || ends_with_name(word)
}

/// Whether the word is one of [`REPLY_NAMES`], or ends with one that has a capital of its own.
fn ends_with_name(word: &[u8]) -> bool {
    REPLY_NAMES.iter().any(|name| {
        let Some(start) = word.len().checked_sub(name.len()) else {
            return false;
        };
        let tail = &word[start..];
        tail.eq_ignore_ascii_case(name.as_bytes())
            && (start == 0 || (tail[0].is_ascii_uppercase() && tail[1].is_ascii_lowercase()))
    })
}

/// Whether the word is in the list, whatever its case.
pub(super) fn is_one_of(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|listed| listed.as_bytes().eq_ignore_ascii_case(word))
}

/// Whether the word ends with one of the list, whatever its case.
pub(super) fn ends_with_one_of(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|listed| ends_with(word, listed.as_bytes()))
}

/// Whether the word ends like this, whatever its case.
pub(super) fn ends_with(word: &[u8], tail: &[u8]) -> bool {
    word.len().checked_sub(tail.len()).is_some_and(|start| word[start..].eq_ignore_ascii_case(tail))
}

/// No word of the lists is longer, nor any name that ends with one.
const LONGEST: usize = 40;

/// The letters at the start, and the rest behind them and one space.
pub(super) fn split_first(text: &[u8]) -> (&[u8], &[u8]) {
    let length = text.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, rest) = text.split_at(length);
    (word, rest.strip_prefix(b" ").unwrap_or(rest))
}

/// The rest, and the letters at the end.
pub(super) fn split_last(text: &[u8]) -> (&[u8], &[u8]) {
    let length = text.iter().rev().take(LONGEST).take_while(|byte| byte.is_ascii_alphabetic()).count();
    text.split_at(text.len() - length)
}

/// The text without the spaces and tabs at its start.
pub(super) fn trim_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] = text {
        text = rest;
    }
    text
}

/// The text without the few signs at its end that part two words.
pub(super) fn trim_signs(text: &[u8]) -> &[u8] {
    const MOST: usize = 4;
    let signs = text
        .iter()
        .rev()
        .take(MOST)
        .take_while(|byte| matches!(byte, b' ' | b'_' | b'-' | b':' | b'"' | b'\'' | b'(' | b'/'));
    &text[..text.len() - signs.count()]
}
