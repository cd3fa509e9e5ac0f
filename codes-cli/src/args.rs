use std::ffi::OsString;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use smtp_codes::log::Format;
use smtp_codes::{Command, Provider, Reason};

use crate::scan::ScanOptions;

const USAGE: &str = "smtp-codes [OPTIONS] QUERY...\n       smtp-codes [OPTIONS] COMMAND";

const EXAMPLES: &str = "\
Examples:
  smtp-codes 550                      a reply code
  smtp-codes 5.7.1                    an enhanced status code
  smtp-codes X.7.1 5.2.x 4xx          any class, a whole subject, all with one first digit
  smtp-codes \"550 5.7.1\" starttls     several at once: codes, commands, EHLO keywords
  smtp-codes 250 --command ETRN       what 250 says in answer to ETRN
  smtp-codes explain \"550-5.1.1 The email account does not exist\"
  smtp-codes classify mail.log        one verdict for each line
  smtp-codes scan mail.log            a mail log summed up
  smtp-codes search mailbox full

Exit status: 0 found, 1 not found, 2 wrong usage or input.";

/// Looks up and explains what mail servers say.
///
/// Give it what a mail server said and it tells what that means, what to do now and where it stands: the standard's meaning
/// first, then what mail servers and providers mean by it.
#[derive(Debug, Parser)]
#[command(
    name = "smtp-codes",
    version,
    about,
    long_about,
    after_help = EXAMPLES,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 90,
    override_usage = USAGE
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) options: Options,

    #[command(subcommand)]
    pub(crate) task: Option<Task>,

    /// Codes, wildcards, commands and EHLO keywords to look up
    ///
    /// Reply codes (550), enhanced status codes (5.7.1), codes of any class (X.7.1), of a whole subject (5.2.x) or with one
    /// first digit (4xx, 5.x.x), commands and EHLO keywords in any case (starttls, SIZE), and tags that providers write into
    /// their replies.
    #[arg(value_name = "QUERY")]
    pub(crate) queries: Vec<OsString>,
}

/// What every command understands.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// Write one JSON object for each answer, each on its own line
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Of what providers mean, show only this one's part
    ///
    /// `smtp-codes list providers` lists the ids.
    #[arg(long, global = true, value_name = "ID", hide_possible_values = true, ignore_case = true, value_parser = provider())]
    pub(crate) provider: Option<&'static Provider>,

    /// Show what a reply code says in answer to this command
    ///
    /// `connection` is the server's greeting and `message` the answer after the end of the mail data. `list replies` lists
    /// only the replies to the command.
    #[arg(long, global = true, value_name = "VERB", hide_possible_values = true, ignore_case = true, value_parser = verb())]
    pub(crate) command: Option<Command>,

    /// When to use colour
    ///
    /// `auto` is on a terminal, unless the environment variable `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub(crate) color: Color,
}

/// What `classify` reads and writes.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Classify {
    /// Files of lines, or `-` for standard input, which is also read without any
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<OsString>,
    /// Read whole mails: files of one mail, mailboxes (mbox), and folders of mails, also Maildirs
    ///
    /// Of each mail, in order, one line says what it is, and one for each recipient what happened and why. With --json
    /// there is one object for each mail.
    #[arg(long, conflicts_with_all = ["field", "format", "csv", "unmatched", "redact"])]
    pub(crate) messages: bool,
    /// Judge by the rules in this file first
    ///
    /// It is TOML with the keys of the catalogue's own rules; `smtp-codes rules check FILE` checks it.
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<OsString>,
    /// Read JSON Lines or CSV, in which the reply is in this field
    ///
    /// A file that begins with `{` has one JSON object a line, any other is CSV with its columns named in the first line. What
    /// else stands in a row is kept: as `input` with --json, in its columns with --csv.
    #[arg(long, value_name = "NAME")]
    pub(crate) field: Option<String>,
    /// Say this field of each row beside the verdict, as `id`
    #[arg(long, value_name = "NAME", requires = "field")]
    pub(crate) id_field: Option<String>,
    /// Read the lines as the log of this mail server and no other
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = log_format())]
    pub(crate) format: Option<Format>,
    /// Write CSV, with the names of the columns first
    #[arg(long)]
    pub(crate) csv: bool,
    /// Show only what no rule knows, put together where it differs in addresses, numbers and ids, with counts
    #[arg(long)]
    pub(crate) unmatched: bool,
    /// Hide mail addresses and the numbers of hosts in what is shown
    #[arg(long)]
    pub(crate) redact: bool,
}

fn log_format() -> impl TypedValueParser {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str())).try_map(|name| name.parse::<Format>())
}

/// What else there is to do than to look up.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Explain a reply, a log line or a whole bounce message
    ///
    /// Says what it means, whose side it is, what to do now, what that rests on and where it is written. In a text of several
    /// lines, each different failure that a server reports has its verdict. Behind them stand the codes of the text, each once.
    Explain {
        /// The text itself, the name of a file that holds it, or `-` for standard input
        ///
        /// Several words are one text. Without any, standard input is read.
        #[arg(value_name = "TEXT or FILE")]
        text: Vec<OsString>,
        /// Say it in plain words, for somebody who only sent a mail
        #[arg(long)]
        plain: bool,
        /// Judge by the rules in this file first
        ///
        /// It is TOML with the keys of the catalogue's own rules; `smtp-codes rules check FILE` checks it.
        #[arg(long, value_name = "FILE")]
        rules: Option<OsString>,
    },
    /// Give one verdict for each line of replies or of a log
    ///
    /// Each line gets one line, in order: reason, side, action, rule, provider and the text around the words that decided.
    /// On a narrow terminal the columns that do not fit are left out; --json has all fields, and --csv most. Of a line, the first
    /// MB counts. Files may be compressed with gzip or zstd. Lines of the logs of mail servers are found out by themselves.
    Classify(Classify),
    /// Sum a mail log up: who refuses mail, why, and what to do
    ///
    /// Says how deliveries ended, and which of those put off went through later; why mail was refused, by whom, whose mail, and
    /// when; and for the most frequent causes an example, what to do and where that is written. What this server refused stands
    /// apart.
    Scan(ScanOptions),
    /// List everything of one kind
    List {
        /// What to list
        kind: Kind,
        /// List only rules, or reasons, of this reason
        #[arg(long, value_name = "ID", hide_possible_values = true, ignore_case = true, value_parser = reason())]
        reason: Option<Reason>,
    },
    /// Work with files of rules of your own
    Rules {
        #[command(subcommand)]
        task: RulesTask,
    },
    /// Find entries by words
    ///
    /// The words may come in any order, be cut short or mistyped by a letter or two. The best results come first.
    Search {
        /// What to search for
        #[arg(value_name = "WORD", required = true)]
        words: Vec<OsString>,
    },
    /// Write completions for a shell to standard output
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page to standard output
    Man {
        /// The command whose page is wanted; without it, the page of smtp-codes
        #[arg(value_name = "COMMAND")]
        task: Option<String>,
    },
}

/// What to do with a file of rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RulesTask {
    /// Check a file as the catalogue's own are checked
    ///
    /// Says every fault with its line, also each example that another rule decides. Exit status 1 where there are any.
    Check {
        /// The file, or `-` for standard input
        file: OsString,
    },
}

/// What `list` can list.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Kind {
    /// Reply codes, such as 550
    Replies,
    /// Enhanced status codes, such as X.7.1
    Enhanced,
    /// Commands, such as ETRN
    Commands,
    /// EHLO keywords, such as SIZE
    Keywords,
    /// Reasons for which servers refuse mail
    Reasons,
    /// Mail servers, mailbox providers, gateways and blocklists
    Providers,
    /// What providers mean by codes and tags
    Claims,
    /// Rules: which words of a reply mean what
    Rules,
    /// The documents cited: RFCs, registries and others
    Rfcs,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// The choice in unparsed arguments, for messages that come before or instead of parsed ones.
    pub(crate) fn in_arguments(arguments: &[OsString]) -> Self {
        let named = |value: &str| <Self as ValueEnum>::from_str(value, true).ok();
        let text = |place: usize| arguments.get(place).and_then(|argument| argument.to_str());
        let choice = |place: usize| match text(place)? {
            "--color" => named(text(place + 1)?),
            argument => named(argument.strip_prefix("--color=")?),
        };
        (0..arguments.len()).rev().find_map(choice).unwrap_or_default()
    }
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

fn provider() -> impl TypedValueParser<Value = &'static Provider> {
    let ids = Provider::ALL.iter().map(|provider| provider.id);
    PossibleValuesParser::new(ids).try_map(|id| Provider::from_id(&id).ok_or("no such provider"))
}

fn reason() -> impl TypedValueParser<Value = Reason> {
    let ids = Reason::ALL.iter().map(|reason| reason.as_str());
    PossibleValuesParser::new(ids).try_map(|id| Reason::from_id(&id.to_lowercase()).ok_or("no such reason"))
}

fn verb() -> impl TypedValueParser<Value = Command> {
    let verbs = Command::all().map(Command::verb);
    PossibleValuesParser::new(verbs).try_map(|verb| Command::from_verb(&verb).ok_or("no such command"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Args, Color};

    #[test]
    fn the_definitions_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_last_choice_of_colour_counts() {
        let choice = |arguments: &[&str]| {
            Color::in_arguments(&arguments.iter().map(std::ffi::OsString::from).collect::<Vec<_>>())
        };
        assert_eq!(choice(&["550"]), Color::Auto);
        assert_eq!(choice(&["--color", "never", "550"]), Color::Never);
        assert_eq!(choice(&["--color=never", "--color=always"]), Color::Always);
        assert_eq!(choice(&["--color"]), Color::Auto);
    }
}
