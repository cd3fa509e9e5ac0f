//! The function for columns of whole messages.

use std::sync::Arc;

use arrow_array::builder::{Int8Builder, LargeStringBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, Field, Schema};
use pyo3::prelude::*;
use smtp_codes::report::{Kind, Report};

use super::judge::{Fault, Settings};
use super::rows::{self, Block, Rows, Rules, words};
use super::table::{Verdicts, error, failed, settings, texts};
use super::texts::Texts;

/// How many messages a thread takes at once, and how many are read before it is asked whether somebody has pressed Ctrl-C.
const BLOCK: usize = 16;
const WINDOW: usize = 4096;

/// In the order of their keys, which is that of the enum.
const KINDS: [Kind; 8] = [
    Kind::Failed,
    Kind::Delayed,
    Kind::Delivered,
    Kind::Relayed,
    Kind::Expanded,
    Kind::AutoReply,
    Kind::Complaint,
    Kind::NotAReport,
];

/// What stands beside the verdicts on recipients.
#[derive(Default)]
struct Beside {
    message: UInt64Builder,
    kind: Int8Builder,
    recipient: LargeStringBuilder,
    recipient_kind: Int8Builder,
}

/// What the messages of a block report.
struct Reported {
    verdicts: rows::Arrays,
    beside: Vec<Row>,
}

/// A row beside its verdict.
struct Row {
    /// The row of the message, counted from the start of the window.
    message: usize,
    /// What the message is; `None` where there is none.
    kind: Option<Kind>,
    /// The recipient's address, and what happened to it.
    recipient: Option<String>,
    recipient_kind: Option<Kind>,
}

/// Reads each message of a column: what happened to each recipient, and the verdict on it.
#[pyfunction]
#[pyo3(signature = (messages, /, *, rules=None, threads=None))]
pub(crate) fn reports(
    messages: &Bound<'_, PyAny>,
    rules: Option<&Bound<'_, PyAny>>,
    threads: Option<&Bound<'_, PyAny>>,
) -> PyResult<Verdicts> {
    let py = messages.py();
    let settings = settings(None, rules, threads)?;
    let mut column = texts(messages)?;
    let rules = Rules::of(settings.set.as_ref());
    let (mut all, mut beside) = (Rows::default(), Beside::default());
    loop {
        let count = column.fill(py)?.min(WINDOW);
        let Some((texts, place)) = column.texts() else { break };
        let row = column.row;
        let read = py.detach(|| read(&settings, (texts, place), count, &rules)).map_err(|fault| error(fault, row))?;
        for reported in read {
            all.append(&reported.verdicts);
            reported.beside.into_iter().for_each(|found| beside.push(row, found));
        }
        column.advance(count);
        py.check_signals()?;
    }
    let batch = py.detach(|| beside.finish(&all.finish(&rules)?)).map_err(|error| failed(&error))?;
    Ok(Verdicts { batch })
}

fn read(
    settings: &Settings,
    (texts, from): (&Texts, usize),
    count: usize,
    rules: &Rules,
) -> Result<Vec<Reported>, Fault> {
    let blocks = settings.divide(count.div_ceil(BLOCK), |block| {
        let (mut verdicts, mut beside) = (Block::default(), Vec::new());
        for row in block * BLOCK..count.min((block + 1) * BLOCK) {
            let broken = |broken: super::texts::Broken| Fault { column: "column", row, message: broken.to_string() };
            let report = texts.get(from + row).map_err(broken)?.map(Report::parse);
            let kind = report.as_ref().map(|report| report.kind);
            let recipients = report.map(|report| report.recipients).unwrap_or_default();
            // So that no message is lost, one that reports on nobody has a row, too.
            if recipients.is_empty() {
                verdicts.push_null();
                beside.push(Row { message: row, kind, recipient: None, recipient_kind: None });
            }
            for recipient in recipients {
                verdicts.push(&settings.decide(&recipient.rejection()), rules);
                let recipient_kind = Some(recipient.kind);
                beside.push(Row { message: row, kind, recipient: recipient.recipient, recipient_kind });
            }
        }
        Ok(Reported { verdicts: verdicts.finish(), beside })
    });
    blocks.into_iter().collect()
}

impl Beside {
    fn push(&mut self, first: usize, row: Row) {
        self.message.append_value((first + row.message) as u64);
        self.kind.append_option(row.kind.map(|kind| kind as i8));
        self.recipient.append_option(row.recipient);
        self.recipient_kind.append_option(row.recipient_kind.map(|kind| kind as i8));
    }

    /// The columns, with those of the verdicts behind them.
    fn finish(mut self, verdicts: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let kinds = || KINDS.iter().map(|kind| kind.as_str());
        let columns: [(&str, ArrayRef, bool); 4] = [
            ("message", Arc::new(self.message.finish()), false),
            ("kind", words(self.kind.finish(), kinds())?, true),
            ("recipient", Arc::new(self.recipient.finish()), true),
            ("recipient_kind", words(self.recipient_kind.finish(), kinds())?, true),
        ];
        let fields = columns.iter().map(|(name, column, null)| Field::new(*name, column.data_type().clone(), *null));
        let fields: Vec<_> = fields.map(Arc::new).chain(verdicts.schema().fields().iter().cloned()).collect();
        let columns = columns.iter().map(|(_, column, _)| column).chain(verdicts.columns()).cloned().collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
    }
}
