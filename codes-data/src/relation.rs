//! `replies.toml` and `commands.toml` tell one relation, each from its side.

use crate::fault::Fault;
use crate::load::Model;
use crate::schema::{Command, Reply, Stage};

/// A meaning names a command exactly where that command's `replies` hold the code.
pub(crate) fn check(model: &Model, faults: &mut Vec<Fault>) {
    for entry in &model.commands {
        for (index, row) in entry.replies.iter().enumerate() {
            let answered = match row.stage {
                Stage::Command => entry.verb.as_str(),
                Stage::Message => "message",
            };
            for code in row.codes() {
                let reply = model.replies.iter().find(|reply| reply.code == code);
                if reply.is_some_and(|reply| !covers(reply, answered, &entry.verb)) {
                    let expected = format!("a meaning of reply {code} that names `{answered}`");
                    faults.push(entry.fault(&format!("replies[{index}]"), expected, "none in replies.toml"));
                }
            }
        }
    }
    for entry in &model.replies {
        for (index, meaning) in entry.meanings.iter().enumerate() {
            for (place, verb) in meaning.commands.iter().enumerate() {
                let command = model.commands.iter().find(|command| command.verb == *verb);
                if command.is_some_and(|command| !answers(model, command, entry.code)) {
                    let expected = format!("{} among the `replies` of {verb}", entry.code);
                    let key = format!("meaning[{index}].commands[{place}]");
                    faults.push(entry.fault(&key, expected, "no such reply in commands.toml"));
                }
            }
        }
    }
}

/// Whether some meaning of the reply is about this answer.
fn covers(reply: &Reply, answered: &str, verb: &str) -> bool {
    reply.meanings.iter().any(|meaning| {
        meaning.commands.is_empty() || meaning.commands.iter().any(|command| command == answered || command == verb)
    })
}

/// Whether the command, or for `message` any command that announces mail data, may be answered by the code.
fn answers(model: &Model, command: &Command, code: u16) -> bool {
    let own = command.replies.iter().any(|row| row.codes().any(|listed| listed == code));
    let of_message = || {
        let mut rows = model.commands.iter().flat_map(|command| &command.replies);
        rows.any(|row| row.stage == Stage::Message && row.codes().any(|listed| listed == code))
    };
    own || (command.verb == "message" && of_message())
}
