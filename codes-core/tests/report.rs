//! Whole messages: each file in `tests/report`, with what is expected of it beside it.

#![cfg(feature = "report")]

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use smtp_codes::report::{Kind, Original, Recipient, Report};
use smtp_codes::{Action, Reason, ReplyCode};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    reporting_mta: Option<String>,
    received_from_mta: Option<String>,
    gateway: Option<String>,
    envelope_id: Option<String>,
    arrival_date: Option<String>,
    #[serde(default)]
    recipient: Vec<ExpectedRecipient>,
    original: Option<ExpectedOriginal>,
}

/// What is left out may be anything, but for the codes, which are then to be none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedRecipient {
    recipient: String,
    kind: String,
    status: Option<String>,
    reply: Option<u16>,
    original_recipient: Option<String>,
    remote_mta: Option<String>,
    diagnostic: Option<String>,
    phase: Option<String>,
    last_attempt: Option<String>,
    retry_until: Option<String>,
    reason: Option<String>,
    action: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedOriginal {
    message_id: Option<String>,
    subject: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

/// The messages, in the order of their names.
fn messages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report");
    let entries = fs::read_dir(folder).expect("the folder of messages can be read");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
    paths.sort();
    paths
}

/// What differs from what is expected, in lines.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare<T: Debug + PartialEq>(&mut self, what: &str, found: &T, expected: &T) {
        if found != expected {
            self.0.push(format!("{what}: found {found:?}, expected {expected:?}"));
        }
    }

    /// Compares where anything is expected.
    fn compare_told(&mut self, what: &str, found: Option<&str>, expected: Option<&str>) {
        if expected.is_some() {
            self.compare(what, &found, &expected);
        }
    }

    fn report(&mut self, report: &Report, expected: &Expected) {
        self.compare("kind", &report.kind.as_str(), &expected.kind.as_str());
        self.compare_told("reporting_mta", report.reporting_mta.as_deref(), expected.reporting_mta.as_deref());
        self.compare_told(
            "received_from_mta",
            report.received_from_mta.as_deref(),
            expected.received_from_mta.as_deref(),
        );
        self.compare_told("gateway", report.gateway.as_deref(), expected.gateway.as_deref());
        self.compare_told("envelope_id", report.envelope_id.as_deref(), expected.envelope_id.as_deref());
        self.compare_told("arrival_date", report.arrival_date.as_deref(), expected.arrival_date.as_deref());
        let names = |names: Vec<Option<&str>>| names.iter().map(|name| name.map(str::to_owned)).collect::<Vec<_>>();
        let found = names(report.recipients.iter().map(|recipient| recipient.recipient.as_deref()).collect());
        let wanted = names(expected.recipient.iter().map(|recipient| Some(recipient.recipient.as_str())).collect());
        self.compare("recipients", &found, &wanted);
        for (recipient, expected) in report.recipients.iter().zip(&expected.recipient) {
            self.recipient(recipient, expected);
        }
        if let Some(expected) = &expected.original {
            self.original(&report.original.clone().unwrap_or_default(), expected);
        }
    }

    fn recipient(&mut self, recipient: &Recipient, expected: &ExpectedRecipient) {
        let name = &expected.recipient;
        let what = |field: &str| format!("{name}: {field}");
        self.compare(&what("kind"), &recipient.kind.as_str(), &expected.kind.as_str());
        let status = recipient.status.map(|status| status.to_string());
        self.compare(&what("status"), &status, &expected.status);
        self.compare(&what("reply"), &recipient.reply.map(ReplyCode::as_u16), &expected.reply);
        let phase = recipient.phase.map(|phase| format!("{phase:?}"));
        let verdict = recipient.rejection().verdict();
        let told = [
            ("original_recipient", recipient.original_recipient.as_deref(), &expected.original_recipient),
            ("remote_mta", recipient.remote_mta.as_deref(), &expected.remote_mta),
            ("diagnostic", recipient.diagnostic.as_deref(), &expected.diagnostic),
            ("phase", phase.as_deref(), &expected.phase),
            ("last_attempt", recipient.last_attempt.as_deref(), &expected.last_attempt),
            ("retry_until", recipient.retry_until.as_deref(), &expected.retry_until),
            ("reason", verdict.reason.map(Reason::as_str), &expected.reason),
            ("action", Some(verdict.action.as_str()), &expected.action),
        ];
        for (field, found, expected) in told {
            self.compare_told(&what(field), found, expected.as_deref());
        }
    }

    fn original(&mut self, original: &Original, expected: &ExpectedOriginal) {
        let fields = [
            ("message_id", &original.message_id, &expected.message_id),
            ("subject", &original.subject, &expected.subject),
            ("from", &original.from, &expected.from),
            ("to", &original.to, &expected.to),
        ];
        for (field, found, expected) in fields {
            self.compare(field, found, expected);
        }
    }
}

#[test]
fn each_message_says_what_is_expected_of_it() {
    let mut faults = Vec::new();
    for path in messages() {
        let message = fs::read(&path).expect("a message can be read");
        let expected = fs::read_to_string(path.with_extension("toml")).expect("what is expected stands beside it");
        let expected: Expected =
            toml::from_str(&expected).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut differences = Differences::default();
        differences.report(&Report::parse(&message), &expected);
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        faults.extend(differences.0.iter().map(|difference| format!("{name}: {difference}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn line_ends_make_no_difference() {
    for path in messages() {
        let message = fs::read(&path).expect("a message can be read");
        let lines = message.split(|byte| *byte == b'\n').collect::<Vec<_>>();
        let with_returns = lines.join(&b"\r\n"[..]);
        assert_eq!(Report::parse(&with_returns), Report::parse(&message), "{}", path.display());
    }
}

#[test]
fn what_is_no_report_of_a_failure_condemns_nobody() {
    for path in messages() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let report = Report::parse(&fs::read(&path).expect("a message can be read"));
        let has_failed = report.recipients.iter().any(|recipient| recipient.kind == Kind::Failed);
        assert_eq!(has_failed, report.kind == Kind::Failed, "{name}");
        if name.starts_with("not-") {
            let suppressed = |recipient: &Recipient| recipient.rejection().verdict().action == Action::Suppress;
            assert!(!has_failed && !report.recipients.iter().any(suppressed), "{name}");
        }
    }
}
