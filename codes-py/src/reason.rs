use pyo3::prelude::*;

use crate::record::record;
use crate::value::ToPython;

record! {
    /// What the catalogue says of one reason.
    ReasonEntry: reason, id, party, permanent, transient, rank, title, summary, plain, advice;
    |entry| format!("{} '{}'", entry.id, entry.title);
    {}
}

record! {
    /// What the catalogue says of one party.
    PartyEntry: party, id, title, summary;
    |entry| format!("{} '{}'", entry.id, entry.title);
    {}
}

record! {
    /// What the catalogue says of one action.
    ActionEntry: action, id, title, summary;
    |entry| format!("{} '{}'", entry.id, entry.title);
    {}
}
