//! The Python module `smtp_codes._core`: the library's objects with Python's habits, and no facts of its own.

mod answer;
mod columns;
mod command;
mod command_line;
mod document;
mod enhanced_code;
mod entry;
mod error;
mod explain;
mod fault;
mod find;
mod html;
mod input;
mod judge;
mod keyword;
mod log;
mod lookup;
mod provider;
mod reason;
mod record;
mod rejection;
mod reply;
mod reply_code;
mod report;
mod rule;
mod rules;
mod subject_detail;
mod value;
mod verdict;
mod verdict_dict;
mod verdict_text;
mod word;

/// Everything an SMTP server can say: typed, explained and sourced.
#[pyo3::pymodule(gil_used = false)]
mod _core {
    use pyo3::prelude::*;
    use pyo3::types::PyTuple;
    use smtp_codes::log::{Format as LogFormat, Outcome as LogOutcome};
    use smtp_codes::report::Kind;
    use smtp_codes::{
        Action, Anomaly, Basis, Category, Class, Conflict, Party, Phase, Protocol, ProviderKind, Reason, Severity,
        Status,
    };

    #[pymodule_export]
    use crate::{
        answer::Answer,
        columns::{
            each::verdicts_iter,
            messages::reports,
            table::{Verdicts, verdicts},
        },
        command::Command,
        document::{Document, Reference},
        enhanced_code::EnhancedCode,
        entry::{
            Basic, ClassEntry, CommandEntry, EnhancedEntry, KeywordEntry, Meaning, Replies, ReplyEntry, SeverityEntry,
            SubjectEntry,
        },
        error::ParseError,
        explain::{Explanation, explain},
        fault::{Fault, RulesError},
        find::{CodeMatch, codes},
        judge::{recipient_verdicts, verdict},
        keyword::Keyword,
        log::{LogReader, LogRecord, read_log},
        lookup::{lookup, search},
        provider::{Claim, EnhancedPattern, Page, Provider},
        reason::{ActionEntry, PartyEntry, ReasonEntry},
        reply::{Line, Reply},
        reply_code::ReplyCode,
        report::{Original, Recipient, Report, report},
        rule::Rule,
        rules::Rules,
        subject_detail::SubjectDetail,
        verdict::Verdict,
    };

    use crate::word::{Word, class};
    use crate::{command, keyword, reply_code, subject_detail};

    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        let py = module.py();
        // The attributes that every `ParseError` gets when it is raised, for those that are made otherwise.
        py.get_type::<ParseError>().setattr("offset", 0)?;
        py.get_type::<ParseError>().setattr("is_incomplete", false)?;
        py.get_type::<RulesError>().setattr("faults", PyTuple::empty(py))?;

        add_word::<Action>(module)?;
        add_word::<Anomaly>(module)?;
        add_word::<Basis>(module)?;
        add_word::<Category>(module)?;
        add_word::<Class>(module)?;
        add_word::<Kind>(module)?;
        add_word::<Conflict>(module)?;
        add_word::<LogFormat>(module)?;
        add_word::<LogOutcome>(module)?;
        add_word::<Party>(module)?;
        add_word::<Phase>(module)?;
        add_word::<Protocol>(module)?;
        add_word::<ProviderKind>(module)?;
        add_word::<Reason>(module)?;
        add_word::<Severity>(module)?;
        add_word::<Status>(module)?;

        // For `__main__` alone: what is added in the usual way is public.
        let command_line = pyo3::wrap_pyfunction!(crate::command_line::command_line, module)?;
        module.as_any().setattr("_command_line", command_line)?;

        command::add_constants(py)?;
        keyword::add_constants(py)?;
        reply_code::add_constants(py)?;
        subject_detail::add_constants(py)
    }

    fn add_word<W: Word>(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add(W::NAME, class::<W>(module.py())?)
    }
}
