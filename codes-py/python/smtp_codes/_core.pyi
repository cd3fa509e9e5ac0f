import datetime
from collections.abc import Iterable, Iterator, Mapping
from email.message import Message
from os import PathLike
from typing import Any, ClassVar, Final, Literal, SupportsIndex, final, overload, type_check_only
from typing import Protocol as _Interface

from typing_extensions import Self, TypeAlias

from ._strenum import StrEnum

_Text: TypeAlias = str | bytes | bytearray
_Refused: TypeAlias = Mapping[str, tuple[int, bytes]] | Mapping[str, tuple[int, str]] | BaseException
_Reply: TypeAlias = _Text | tuple[int, _Text] | _Refused
_Rejection: TypeAlias = _Reply | Message
_Phase: TypeAlias = Phase | Literal["connection", "helo", "auth", "mail", "rcpt", "data"]
_Query: TypeAlias = _Text | SupportsIndex | EnhancedCode | SubjectDetail | Command | Keyword
_Column: TypeAlias = _ArrowStream | _ArrowArray | Iterable[_Text | None]
_Replies: TypeAlias = _ArrowStream | _ArrowArray | Iterable[ReplyCode | _Text | SupportsIndex | None]
_Enhanced: TypeAlias = _ArrowStream | _ArrowArray | Iterable[EnhancedCode | _Text | None]
_Found: TypeAlias = ReplyEntry | EnhancedEntry | CommandEntry | KeywordEntry | ReasonEntry | Claim

__all__ = [
    "Action",
    "ActionEntry",
    "Anomaly",
    "Answer",
    "BasicCodes",
    "Basis",
    "Category",
    "Claim",
    "Class",
    "ClassEntry",
    "CodeMatch",
    "Command",
    "CommandEntry",
    "Conflict",
    "Document",
    "EnhancedCode",
    "EnhancedEntry",
    "EnhancedPattern",
    "Explanation",
    "Fault",
    "Keyword",
    "KeywordEntry",
    "Line",
    "LogFormat",
    "LogOutcome",
    "LogReader",
    "LogRecord",
    "Meaning",
    "Original",
    "Page",
    "ParseError",
    "Party",
    "PartyEntry",
    "Phase",
    "Protocol",
    "Provider",
    "ProviderKind",
    "Reason",
    "ReasonEntry",
    "Recipient",
    "Reference",
    "Replies",
    "Reply",
    "ReplyCode",
    "ReplyEntry",
    "Report",
    "ReportKind",
    "Rule",
    "Rules",
    "RulesError",
    "Severity",
    "SeverityEntry",
    "Status",
    "SubjectDetail",
    "SubjectEntry",
    "Verdict",
    "Verdicts",
    "__version__",
    "codes",
    "explain",
    "lookup",
    "read_log",
    "recipient_verdicts",
    "report",
    "reports",
    "search",
    "verdict",
    "verdicts",
    "verdicts_iter",
]

__version__: Final[str]

def lookup(query: _Query, /, *, provider: str | Provider | None = None) -> list[Answer]:
    """Looks up codes, wildcards, commands, EHLO keywords and the tags that providers write into their replies.

    A word that is both a command and a keyword has two answers. The marks in which codes are found in replies (`#5.1.1`,
    `(5.1.1)`, `550-5.1.1`) are passed over.

    Arguments:
        query: Words in any number and order, or one code, command or keyword as an object.
        provider: The only provider whose claims are wanted, or its id.

    Returns:
        An answer for each word that stands for something, in their order. A word that is no code and has no entry has no
        answer, so the list may be empty; a code has one even where nothing lists it.

    Raises:
        ParseError: If a word begins like a code and is none, as `5.1.1.1` and `55O` do, or a number is not in 200 to 599.
        ValueError: If there is no such provider.

    >>> [answer.title for answer in lookup("550 5.2.x")]
    ['Mailbox unavailable or refused', "About the recipient's mailbox"]
    >>> lookup("hello")
    []
    """

def search(words: str, /) -> list[_Found]:
    """Finds entries of the catalogue by words, the best first, at most 20.

    Arguments:
        words: Words in any order and case; they may be cut short or mistyped by a letter or two.

    Returns:
        The entries that have all or some of the words.

    >>> search("mailbx full")[0]
    <EnhancedEntry X.2.2 'Recipient mailbox is full'>
    """

def codes(text: _Text, /) -> list[CodeMatch]:
    """Finds the reply codes and enhanced codes in any text: a reply, a log line, a whole bounce message.

    Addresses, version numbers, dates, sizes and identifiers are no codes: a number of three digits counts only where the
    text around it makes it one.

    Arguments:
        text: The text, in which bytes need not be UTF-8.

    Returns:
        A match for each code, in order. Places count characters in a `str` and bytes in `bytes`.

    >>> codes("mx.example said: 550-5.7.606 Access denied")
    [<CodeMatch 550 at 17:20>, <CodeMatch 5.7.606 at 21:28>]
    """

def explain(
    rejection: _Rejection,
    /,
    *,
    provider: str | Provider | None = None,
    host: str | None = None,
    phase: _Phase | None = None,
    rules: Rules | None = None,
) -> Explanation:
    """Explains a rejection: the verdict on it, and every code in it.

    Arguments:
        rejection: Any text; the pair of code and text that smtplib and aiosmtplib return; one of their exceptions; the
            `dict` of `smtplib.SMTP.sendmail`; or an email message. A code of -1 in them means that there was none.
        provider: The only provider whose claims on the codes are wanted, or its id.
        host: The name of the host that sent the reply, which may tell the provider.
        phase: When in the session the reply came, where the exception does not tell.
        rules: The user's own rules, asked before the catalogue's.

    Returns:
        The verdict, and an answer for each code, once, in the order in which they appear. As a `str` it says what the
        rejection means, whose side it is, what to do, the evidence and the sources.

    Raises:
        ParseError: If the code of a pair is not in 200 to 599.
        TypeError: If the rejection is none of these.
        ValueError: If there is no such provider or phase.

    >>> explanation = explain((550, b"5.1.1 <user@example.com>: no such user"))
    >>> explanation.verdict
    <Verdict mailbox-unknown: suppress>
    >>> [str(answer) for answer in explanation]
    ['550', '5.1.1']
    """

def verdict(
    rejection: _Reply,
    /,
    *,
    reply: ReplyCode | _Text | SupportsIndex | None = None,
    enhanced: EnhancedCode | _Text | None = None,
    host: str | None = None,
    phase: _Phase | None = None,
    delayed: bool = False,
    rules: Rules | None = None,
) -> Verdict:
    """Says what a rejection means, whose side it is and what to do.

    The class is never changed by words, and a success stays one whatever words stand in it. Without a code, and after a
    transient failure, no address is given up.

    Arguments:
        rejection: A reply with whatever stands around it, such as a line of a mail log; the pair of code and text that
            smtplib and aiosmtplib return; or one of their exceptions, whose class also tells the phase. A code of -1 in them
            means that there was none. Of an exception about several recipients, see `recipient_verdicts`.
        reply: The reply code, where it is known from elsewhere; one in the rejection does not count then.
        enhanced: The enhanced code, where it is known from elsewhere; one in the rejection does not count then.
        host: The name of the host that sent the reply, which may tell the provider.
        phase: When in the session the reply came.
        delayed: Whether the sending server goes on trying: then no address is given up.
        rules: The user's own rules, asked before the catalogue's.

    Returns:
        The verdict, also on texts that are no reply: its `basis` is then `Basis.NONE`.

    Raises:
        ParseError: If a code is not one, or the code of a pair is not in 200 to 599.
        TypeError: If the rejection is None or anything else than these; email messages are for `explain`.
        ValueError: If not just one recipient was refused, or there is no such phase.

    >>> verdict("550 5.1.1 <ann@a.example>: Recipient address rejected: User unknown in local recipient table").action
    Action.SUPPRESS
    >>> verdict((450, b"4.7.1 Greylisted, please try again in 5 minutes")).retry_after
    300
    """

def recipient_verdicts(
    refused: _Refused,
    /,
    *,
    host: str | None = None,
    phase: _Phase | None = None,
    rules: Rules | None = None,
) -> dict[str, Verdict]:
    """Gives a verdict on each recipient that was refused.

    Arguments:
        refused: The `dict` that `sendmail` of smtplib returns, the first item of what that of aiosmtplib returns, or an
            exception `SMTPRecipientsRefused` of either.
        host: The name of the host that sent the replies, which may tell the provider.
        phase: When in the session the replies came, if not after RCPT.
        rules: The user's own rules, asked before the catalogue's.

    Returns:
        The verdicts by recipient, in the order given.

    Raises:
        ParseError: If a code is not in 200 to 599.
        TypeError: If it is anything else than these.
        ValueError: If there is no such phase.

    >>> refused = {"ann@a.example": (550, b"5.1.1 User unknown"), "bob@a.example": (452, b"4.2.2 Mailbox full")}
    >>> recipient_verdicts(refused)
    {'ann@a.example': <Verdict mailbox-unknown: suppress>, 'bob@a.example': <Verdict mailbox-full: retry>}
    """

def verdicts(
    column: _Column,
    /,
    *,
    reply: _Replies | ReplyCode | _Text | SupportsIndex | None = None,
    enhanced: _Enhanced | EnhancedCode | _Text | None = None,
    host: _Column | str | None = None,
    rules: Rules | None = None,
    threads: int | None = None,
) -> Verdicts:
    """Says what each rejection of a column means, whose side it is and what to do.

    Columns are taken from whatever has the Arrow PyCapsule interface: arrays, chunked arrays, series, readers and tables with
    one column, of pyarrow, polars, pandas, DuckDB, arro3 and others; none of these has to be installed. Their texts are read
    where they lie, part by part, and each part is given back when its verdicts are there. The interpreter is not locked
    meanwhile, and all cores work.

    A reader of Arrow, a generator and the like can be read once: the next time it has no rows.

    Arguments:
        column: The texts, as `verdict` takes them: an Arrow column of the types `string`, `large_string`, `string_view`,
            `binary`, `large_binary`, `binary_view`, a dictionary of one of these, or `null`; or an iterable of `str`, `bytes`
            and None.
        reply: The reply code of each row or of all, where it is known from elsewhere; a column of integers, whole floats or
            texts. Where it is null, one in the text counts.
        enhanced: The enhanced code of each row or of all, as texts; likewise.
        host: The name of the host that sent each reply, or all of them, which may tell the provider.
        rules: The user's own rules, asked before the catalogue's.
        threads: How many threads work, all cores where it is None: 1 where many processes already share them.

    Returns:
        The verdicts, row by row; all fields of a row are null where its text is.

    Raises:
        ParseError: If a code is not one. The message begins with the column and the row, counted from 0.
        RuntimeError: If a producer of Arrow fails midway: with what it says, and after how many rows.
        TypeError: If a column is of another type, or a table with several columns.
        ValueError: If the columns have different numbers of rows, a host is not UTF-8, or a capsule was handed over before.

    >>> verdicts(["550 5.1.1 User unknown", b"452 4.2.2 Mailbox full", None])
    <Verdicts of 3 rows>
    >>> verdicts(["550 5.1.1 User unknown", None], reply=["550", 20])
    Traceback (most recent call last):
        ...
    smtp_codes.ParseError: reply: row 1: unexpected 20 while parsing a reply code: expected 200 to 599
    """

def verdicts_iter(
    texts: Iterable[_Text | None],
    /,
    *,
    host: str | None = None,
    rules: Rules | None = None,
    threads: int | None = None,
) -> Iterator[Verdict | None]:
    """Gives a verdict on each text of an iterable, in order, and None for None.

    It reads up to 4096 texts ahead and has several threads judge them, without locking the interpreter. What the iterable
    raises is raised after the verdicts on the texts before. Like a generator it is for one thread at a time.

    Arguments:
        texts: The texts, as `verdict` takes them.
        host: The name of the host that sent the replies, which may tell the provider.
        rules: The user's own rules, asked before the catalogue's.
        threads: How many threads work; all cores where it is None.

    Raises:
        TypeError: If a text is none: the message has its row, counted from 0.

    >>> [given.action for given in verdicts_iter(["550 5.1.1 User unknown", "452 4.2.2 Mailbox full"])]
    [Action.SUPPRESS, Action.RETRY]
    """

def _command_line(arguments: list[str], /) -> int: ...
@type_check_only
class _ArrowArray(_Interface):
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@type_check_only
class _ArrowStream(_Interface):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

@final
class Verdicts:
    """The verdicts on a column, for libraries that know Arrow.

    It is a table for those that ask for one, such as `pyarrow.table`, `polars.DataFrame`, `pandas.DataFrame.from_arrow` and
    DuckDB, and a column of structs for `pyarrow.array` and `polars.Series`. Nothing is copied. Its fields:

    =============  =============================  ===================================================================    class          dictionary of int8, string     `success`, `intermediate`, `transient` or `permanent`; null without a code
    class          dictionary of int8, string     `success`, `intermediate`, `transient` or `permanent`; null without a code
    reason         dictionary of int8, string     the words of `Reason`; null after a success
    party          dictionary of int8, string     the words of `Party`; null where that is not known
    action         dictionary of int8, string     the words of `Action`
    provider       dictionary of int16, string    an id, or null
    rule           dictionary of int32, string    an id, or null
    basis          dictionary of int8, string     the words of `Basis`
    reply          uint16                         the reply code, or null
    enhanced       dictionary of int32, string    the enhanced code, or null
    retry_after    uint32                         seconds, or null
    =============  =============================  ==========================================================================

    The structs themselves are never null: where there was no text, all their fields are.

    >>> len(verdicts(["550 5.1.1 User unknown"]))
    1
    """

    def __len__(self) -> int:
        """How many rows there are."""
    def __arrow_c_schema__(self) -> Any:
        """The type, as a capsule of the Arrow C data interface."""
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        """The verdicts as one array of structs, as capsules of the Arrow C data interface."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The verdicts as a table with a column for each field, as a capsule of the Arrow C stream interface."""

def report(
    message: bytes | bytearray | str | Message | PathLike[str] | PathLike[bytes],
    /,
    *,
    rules: Rules | None = None,
    limits: Mapping[Literal["message", "parts", "depth", "recipients", "text"], int] | None = None,
) -> Report:
    """Reads a whole message: what it reports, and what happened to each recipient.

    Delivery status notifications (RFC 3464, RFC 6533) are read, and the forms that mail servers and providers have of their
    own. Any bytes are, in time linear in their length.

    Arguments:
        message: The message's source; an `email.message.Message`; or the path of a file that holds it. A `str` without a line
            end is a path, as no message is without one.
        rules: The user's own rules, asked before the catalogue's.
        limits: How much is read, by what is counted: bytes of the `message` (64 MiB), `parts` (1000), `depth` of parts within
            parts (20), `recipients` (100,000), bytes of a `text` that is no delivery status (256 KiB).

    Returns:
        The report. Its `kind` tells whether it is any; ordinary mail has no recipients.

    Raises:
        OSError: If the file can't be read.
        TypeError: If the message or limits are anything else than these.
        ValueError: If there is no such limit.

    >>> mail = b'''From: MAILER-DAEMON@mx.example
    ... Subject: Delivery Status Notification
    ... Content-Type: message/delivery-status
    ...
    ... Reporting-MTA: dns; mx.example
    ...
    ... Final-Recipient: rfc822; ann@a.example
    ... Action: failed
    ... Status: 5.2.2
    ... Diagnostic-Code: smtp; 552 5.2.2 The mailbox is full
    ... '''
    >>> for recipient in report(mail).recipients:
    ...     print(recipient.recipient, recipient.kind, recipient.status, recipient.verdict.action)
    ann@a.example failed 5.2.2 retry
    """

def read_log(
    source: str | PathLike[str] | Iterable[str | bytes],
    /,
    *,
    format: LogFormat | str | None = None,
    year: int | None = None,
) -> LogReader:
    """Reads the log of a mail server: Postfix, Exim, Sendmail, OpenSMTPD, qmail, Exchange, KumoMTA or Haraka.

    The memory it takes is bounded, however long the log is. Nothing that stands in a log is an error: lines of no known log
    are counted.

    Arguments:
        source: The path of a file, which may be compressed with gzip, or lines: an open file, or anything that gives `str` or
            `bytes`.
        format: The format of the log; without it, it is found out.
        year: The year of stamps that have none, as syslog's. Without it, such times are in 1972, which has every day.

    Returns:
        An iterator over the records.

    >>> line = (
    ...     "Jan  5 09:12:01 out1 postfix/smtp[4711]: 4F2A81228B2F: to=<ann@a.example>, relay=mx1.a.example[192.0.2.7]:25, "
    ...     "delay=0.5, dsn=5.1.1, status=bounced (host mx1.a.example[192.0.2.7] said: 550 5.1.1 User unknown)"
    ... )
    >>> record, = read_log([line], year=2026)
    >>> record
    <LogRecord failed ann@a.example '550 5.1.1 User unknown'>
    >>> str(record.time), record.relay_host, str(record.verdict().action)
    ('2026-01-05 09:12:01', 'mx1.a.example', 'suppress')
    """

def reports(
    messages: _Column,
    /,
    *,
    rules: Rules | None = None,
    threads: int | None = None,
) -> Verdicts:
    """Reads each message of a column: what happened to each recipient, and the verdict on it.

    It takes columns and iterables of whole messages as `verdicts` takes texts, and works as that does. Messages are read as
    `report` reads them, but are always the source of one, never a path.

    Arguments:
        messages: The messages, each from its first header field on.
        rules: The user's own rules, asked before the catalogue's.
        threads: How many threads work, all cores where it is None.

    Returns:
        A table with a row for each recipient, and one for each message that reports on nobody, in the order of the messages. Its
        fields are `message`, the row of the message, counted from 0 (uint64); `kind` and `recipient_kind`, the words of
        `ReportKind` for the message and for what happened to the recipient (dictionaries of int8, string); `recipient`, the
        address (large_string); and those of `Verdicts`. What is not known is null, and so is all but the number of a message
        that is null.

    Raises:
        RuntimeError: If a producer of Arrow fails midway: with what it says, and after how many rows.
        TypeError: If the column is of another type, or a table with several columns.
        ValueError: If a capsule was handed over before.

    >>> reports([b"Subject: Lunch\\r\\n\\r\\nAt noon?", None])
    <Verdicts of 2 rows>
    """

class ParseError(ValueError):
    """A text or number that is not what was expected.

    >>> try:
    ...     EnhancedCode("5.1.1.1")
    ... except ParseError as error:
    ...     print(error)
    unexpected '.' at byte 5 while parsing an enhanced status code: expected class.subject.detail and nothing more
    """

    offset: int
    """The byte at which parsing stopped, counted from 0, in the UTF-8 form of a `str`."""
    is_incomplete: bool
    """Whether the input ended too early: with more behind it, it may be right."""

class RulesError(ValueError):
    """A file of rules that has faults: its message has a line for each.

    >>> try:
    ...     Rules.parse("name = 'Acme'", name="acme.toml")
    ... except RulesError as error:
    ...     print(error)
    acme.toml:1: head: name: expected the key `id`, found none
    """

    faults: tuple[Fault, ...]
    """All of them, in the order of lines."""

@final
class ReplyCode:
    """An SMTP reply code (RFC 5321, Section 4.2).

    There is a constant for every code in the catalogue, and every other number from 200 to 599 is a code too, as real
    servers send codes that no document lists, such as 571. Codes compare as their numbers, with `int` too.

    The code alone rarely tells why: 550 is used for an unknown mailbox and for a refused sender alike.

    >>> ReplyCode(550) is ReplyCode.MAILBOX_UNAVAILABLE
    True
    >>> 500 <= ReplyCode("571") < 600
    True
    """

    # <constants>
    COMMAND_OKAY: ClassVar[ReplyCode]
    COMMAND_OKAY_ACTION_ABORTED: ClassVar[ReplyCode]
    SYSTEM_STATUS: ClassVar[ReplyCode]
    HELP_MESSAGE: ClassVar[ReplyCode]
    PREFERRED_SCHEME: ClassVar[ReplyCode]
    SERVICE_READY: ClassVar[ReplyCode]
    SERVICE_CLOSING: ClassVar[ReplyCode]
    AUTHENTICATION_SUCCEEDED: ClassVar[ReplyCode]
    MAIL_ACTION_OKAY: ClassVar[ReplyCode]
    USER_NOT_LOCAL_WILL_FORWARD: ClassVar[ReplyCode]
    CANNOT_VRFY_USER: ClassVar[ReplyCode]
    PENDING_MESSAGES_STARTED: ClassVar[ReplyCode]
    AUTHENTICATION_CHALLENGE: ClassVar[ReplyCode]
    START_MAIL_INPUT: ClassVar[ReplyCode]
    TRANSACTION_OFFSET: ClassVar[ReplyCode]
    SERVICE_NOT_AVAILABLE: ClassVar[ReplyCode]
    ALTERNATE_PASSWORD_TRANSITION_NEEDED: ClassVar[ReplyCode]
    INVALID_COMMAND: ClassVar[ReplyCode]
    PASSWORD_TRANSITION_NEEDED: ClassVar[ReplyCode]
    MAILBOX_TEMPORARILY_UNAVAILABLE: ClassVar[ReplyCode]
    LOCAL_ERROR_IN_PROCESSING: ClassVar[ReplyCode]
    INSUFFICIENT_SYSTEM_STORAGE: ClassVar[ReplyCode]
    NO_MAIL: ClassVar[ReplyCode]
    TEMPORARY_AUTHENTICATION_FAILURE_OR_TLS_UNAVAILABLE: ClassVar[ReplyCode]
    UNABLE_TO_ACCOMMODATE_PARAMETERS: ClassVar[ReplyCode]
    UNABLE_TO_QUEUE_MESSAGES: ClassVar[ReplyCode]
    NODE_NOT_ALLOWED: ClassVar[ReplyCode]
    SYNTAX_ERROR_COMMAND_UNRECOGNIZED: ClassVar[ReplyCode]
    SYNTAX_ERROR_IN_PARAMETERS: ClassVar[ReplyCode]
    COMMAND_NOT_IMPLEMENTED: ClassVar[ReplyCode]
    BAD_SEQUENCE_OF_COMMANDS: ClassVar[ReplyCode]
    COMMAND_PARAMETER_NOT_IMPLEMENTED: ClassVar[ReplyCode]
    HOST_DOES_NOT_ACCEPT_MAIL: ClassVar[ReplyCode]
    ENCRYPTION_NEEDED: ClassVar[ReplyCode]
    ALTERNATE_ENCRYPTION_REQUIRED_FOR_MECHANISM: ClassVar[ReplyCode]
    USER_ACCOUNT_DISABLED: ClassVar[ReplyCode]
    AUTHENTICATION_OR_STARTTLS_REQUIRED: ClassVar[ReplyCode]
    DELIVERY_NOT_AUTHORIZED: ClassVar[ReplyCode]
    AUTHENTICATION_MECHANISM_TOO_WEAK: ClassVar[ReplyCode]
    AUTHENTICATION_CREDENTIALS_INVALID: ClassVar[ReplyCode]
    ENCRYPTION_REQUIRED_FOR_MECHANISM: ClassVar[ReplyCode]
    MAILBOX_UNAVAILABLE: ClassVar[ReplyCode]
    USER_NOT_LOCAL: ClassVar[ReplyCode]
    EXCEEDED_STORAGE_ALLOCATION: ClassVar[ReplyCode]
    MAILBOX_NAME_NOT_ALLOWED: ClassVar[ReplyCode]
    TRANSACTION_FAILED: ClassVar[ReplyCode]
    PARAMETERS_NOT_RECOGNIZED: ClassVar[ReplyCode]
    DOMAIN_DOES_NOT_ACCEPT_MAIL: ClassVar[ReplyCode]
    # </constants>
    __match_args__ = ("number",)

    def __new__(cls, code: _Text | SupportsIndex, /) -> Self:
        """The code that a number or a text of three digits is.

        Raises:
            ParseError: If the number is not in 200 to 599, or the text is not just such a number.
        """
    @property
    def number(self) -> int:
        """The code as a number from 200 to 599."""
    @property
    def severity(self) -> Severity:
        """What the first digit says: good, bad or incomplete."""
    @property
    def category(self) -> Category | None:
        """What the second digit says the reply is about, or None where the standard gives that digit no meaning."""
    @property
    def is_success(self) -> bool:
        """Whether the command was carried out: 200 to 299."""
    @property
    def is_intermediate(self) -> bool:
        """Whether the server waits for more: 300 to 399."""
    @property
    def is_transient(self) -> bool:
        """Whether the command failed for now and may be tried again unchanged: 400 to 499."""
    @property
    def is_permanent(self) -> bool:
        """Whether the command failed and must not be repeated unchanged: 500 to 599.

        That says nothing about the recipient's address: a blocked sender gets these codes too.
        """
    @property
    def title(self) -> str | None:
        """What the code says, in a few words, or None where no document lists it."""
    @property
    def entry(self) -> ReplyEntry | None:
        """What the catalogue says about the code, or None where no document lists it."""
    def __int__(self) -> int: ...
    def __index__(self) -> int: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: ReplyCode | SupportsIndex, /) -> bool: ...
    def __le__(self, other: ReplyCode | SupportsIndex, /) -> bool: ...
    def __gt__(self, other: ReplyCode | SupportsIndex, /) -> bool: ...
    def __ge__(self, other: ReplyCode | SupportsIndex, /) -> bool: ...

@final
class EnhancedCode:
    """An enhanced mail system status code, class.subject.detail (RFC 3463, Section 2).

    Every well-formed value is accepted, registered or not, as large providers send codes such as 5.7.606 and 5.7.509.
    Registered codes have no class of their own, so the constants belong to `SubjectDetail`.

    >>> EnhancedCode("5.1.1").subject_detail == SubjectDetail.BAD_DESTINATION_MAILBOX_ADDRESS
    True
    >>> EnhancedCode(5, 7, 606)
    EnhancedCode('5.7.606')
    """

    __match_args__ = ("class_digit", "subject", "detail")

    def __new__(
        cls,
        code: _Text | SupportsIndex,
        subject: SupportsIndex | None = None,
        detail: SupportsIndex | None = None,
        /,
    ) -> Self:
        """The code that a text is, or that class, subject and detail make.

        Arguments:
            code: The whole code, or its class alone: a member of `Class`, its value or its digit.
            subject: The second part, 0 to 999.
            detail: The third part, 0 to 999.

        Raises:
            ParseError: If the class is not 2, 4 or 5, or a part is missing, above 999 or has a leading zero.
        """
    @property
    def class_(self) -> Class:
        """The first part: success, transient or permanent."""
    @property
    def class_digit(self) -> int:
        """The first part as a number: 2, 4 or 5."""
    @property
    def subject(self) -> int:
        """The second part, 0 to 999: what the code is about."""
    @property
    def detail(self) -> int:
        """The third part, 0 to 999."""
    @property
    def subject_detail(self) -> SubjectDetail:
        """The code without its class, as the registry lists it."""
    @property
    def is_success(self) -> bool:
        """Whether the class is 2."""
    @property
    def is_transient(self) -> bool:
        """Whether the class is 4."""
    @property
    def is_permanent(self) -> bool:
        """Whether the class is 5.

        That says nothing about the recipient's address: a refused sender gets such codes too.
        """
    @property
    def title(self) -> str | None:
        """What the code says, in a few words, or None where it is not registered."""
    @property
    def entry(self) -> EnhancedEntry | None:
        """What the catalogue says about the code, or None where it is not registered."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: EnhancedCode, /) -> bool: ...
    def __le__(self, other: EnhancedCode, /) -> bool: ...
    def __gt__(self, other: EnhancedCode, /) -> bool: ...
    def __ge__(self, other: EnhancedCode, /) -> bool: ...

@final
class SubjectDetail:
    """The subject and detail of an enhanced status code, written X.1.1: what the IANA registry lists (RFC 5248).

    >>> SubjectDetail.MAILBOX_FULL
    SubjectDetail('X.2.2')
    >>> SubjectDetail.MAILBOX_FULL.with_class(Class.TRANSIENT)
    EnhancedCode('4.2.2')
    """

    # <constants>
    OTHER_UNDEFINED_STATUS: ClassVar[SubjectDetail]
    OTHER_ADDRESS_STATUS: ClassVar[SubjectDetail]
    BAD_DESTINATION_MAILBOX_ADDRESS: ClassVar[SubjectDetail]
    BAD_DESTINATION_SYSTEM_ADDRESS: ClassVar[SubjectDetail]
    BAD_DESTINATION_MAILBOX_ADDRESS_SYNTAX: ClassVar[SubjectDetail]
    DESTINATION_MAILBOX_ADDRESS_AMBIGUOUS: ClassVar[SubjectDetail]
    DESTINATION_ADDRESS_VALID: ClassVar[SubjectDetail]
    DESTINATION_MAILBOX_HAS_MOVED: ClassVar[SubjectDetail]
    BAD_SENDERS_MAILBOX_ADDRESS_SYNTAX: ClassVar[SubjectDetail]
    BAD_SENDERS_SYSTEM_ADDRESS: ClassVar[SubjectDetail]
    MESSAGE_RELAYED_TO_NON_COMPLIANT_MAILER: ClassVar[SubjectDetail]
    RECIPIENT_ADDRESS_HAS_NULL_MX: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_MAILBOX_STATUS: ClassVar[SubjectDetail]
    MAILBOX_DISABLED_NOT_ACCEPTING_MESSAGES: ClassVar[SubjectDetail]
    MAILBOX_FULL: ClassVar[SubjectDetail]
    MESSAGE_LENGTH_EXCEEDS_ADMINISTRATIVE_LIMIT: ClassVar[SubjectDetail]
    MAILING_LIST_EXPANSION_PROBLEM: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_MAIL_SYSTEM_STATUS: ClassVar[SubjectDetail]
    MAIL_SYSTEM_FULL: ClassVar[SubjectDetail]
    SYSTEM_NOT_ACCEPTING_NETWORK_MESSAGES: ClassVar[SubjectDetail]
    SYSTEM_NOT_CAPABLE_OF_SELECTED_FEATURES: ClassVar[SubjectDetail]
    MESSAGE_TOO_BIG_FOR_SYSTEM: ClassVar[SubjectDetail]
    SYSTEM_INCORRECTLY_CONFIGURED: ClassVar[SubjectDetail]
    REQUESTED_PRIORITY_WAS_CHANGED: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_NETWORK_OR_ROUTING_STATUS: ClassVar[SubjectDetail]
    NO_ANSWER_FROM_HOST: ClassVar[SubjectDetail]
    BAD_CONNECTION: ClassVar[SubjectDetail]
    DIRECTORY_SERVER_FAILURE: ClassVar[SubjectDetail]
    UNABLE_TO_ROUTE: ClassVar[SubjectDetail]
    MAIL_SYSTEM_CONGESTION: ClassVar[SubjectDetail]
    ROUTING_LOOP_DETECTED: ClassVar[SubjectDetail]
    DELIVERY_TIME_EXPIRED: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_PROTOCOL_STATUS: ClassVar[SubjectDetail]
    INVALID_COMMAND: ClassVar[SubjectDetail]
    SYNTAX_ERROR: ClassVar[SubjectDetail]
    TOO_MANY_RECIPIENTS: ClassVar[SubjectDetail]
    INVALID_COMMAND_ARGUMENTS: ClassVar[SubjectDetail]
    WRONG_PROTOCOL_VERSION: ClassVar[SubjectDetail]
    AUTHENTICATION_EXCHANGE_LINE_IS_TOO_LONG: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_MEDIA_ERROR: ClassVar[SubjectDetail]
    MEDIA_NOT_SUPPORTED: ClassVar[SubjectDetail]
    CONVERSION_REQUIRED_AND_PROHIBITED: ClassVar[SubjectDetail]
    CONVERSION_REQUIRED_BUT_NOT_SUPPORTED: ClassVar[SubjectDetail]
    CONVERSION_WITH_LOSS_PERFORMED: ClassVar[SubjectDetail]
    CONVERSION_FAILED: ClassVar[SubjectDetail]
    MESSAGE_CONTENT_NOT_AVAILABLE: ClassVar[SubjectDetail]
    NON_ASCII_ADDRESSES_NOT_PERMITTED: ClassVar[SubjectDetail]
    UTF_8_STRING_REPLY_REQUIRED: ClassVar[SubjectDetail]
    UTF_8_HEADER_MESSAGE_CANNOT_BE_TRANSFERRED: ClassVar[SubjectDetail]
    UTF_8_STRING_REPLY_REQUIRED_DUPLICATE: ClassVar[SubjectDetail]
    OTHER_OR_UNDEFINED_SECURITY_STATUS: ClassVar[SubjectDetail]
    DELIVERY_NOT_AUTHORIZED_MESSAGE_REFUSED: ClassVar[SubjectDetail]
    MAILING_LIST_EXPANSION_PROHIBITED: ClassVar[SubjectDetail]
    SECURITY_CONVERSION_REQUIRED_BUT_NOT_POSSIBLE: ClassVar[SubjectDetail]
    SECURITY_FEATURES_NOT_SUPPORTED: ClassVar[SubjectDetail]
    CRYPTOGRAPHIC_FAILURE: ClassVar[SubjectDetail]
    CRYPTOGRAPHIC_ALGORITHM_NOT_SUPPORTED: ClassVar[SubjectDetail]
    MESSAGE_INTEGRITY_FAILURE: ClassVar[SubjectDetail]
    AUTHENTICATION_CREDENTIALS_INVALID: ClassVar[SubjectDetail]
    AUTHENTICATION_MECHANISM_IS_TOO_WEAK: ClassVar[SubjectDetail]
    ENCRYPTION_NEEDED: ClassVar[SubjectDetail]
    ENCRYPTION_REQUIRED_FOR_REQUESTED_AUTHENTICATION_MECHANISM: ClassVar[SubjectDetail]
    PASSWORD_TRANSITION_IS_NEEDED: ClassVar[SubjectDetail]
    USER_ACCOUNT_DISABLED: ClassVar[SubjectDetail]
    TRUST_RELATIONSHIP_REQUIRED: ClassVar[SubjectDetail]
    PRIORITY_LEVEL_IS_TOO_LOW: ClassVar[SubjectDetail]
    MESSAGE_IS_TOO_BIG_FOR_THE_SPECIFIED_PRIORITY: ClassVar[SubjectDetail]
    MAILBOX_OWNER_HAS_CHANGED: ClassVar[SubjectDetail]
    DOMAIN_OWNER_HAS_CHANGED: ClassVar[SubjectDetail]
    RRVS_TEST_CANNOT_BE_COMPLETED: ClassVar[SubjectDetail]
    NO_PASSING_DKIM_SIGNATURE_FOUND: ClassVar[SubjectDetail]
    NO_ACCEPTABLE_DKIM_SIGNATURE_FOUND: ClassVar[SubjectDetail]
    NO_VALID_AUTHOR_MATCHED_DKIM_SIGNATURE_FOUND: ClassVar[SubjectDetail]
    SPF_VALIDATION_FAILED: ClassVar[SubjectDetail]
    SPF_VALIDATION_ERROR: ClassVar[SubjectDetail]
    REVERSE_DNS_VALIDATION_FAILED: ClassVar[SubjectDetail]
    MULTIPLE_AUTHENTICATION_CHECKS_FAILED: ClassVar[SubjectDetail]
    SENDER_ADDRESS_HAS_NULL_MX: ClassVar[SubjectDetail]
    MAIL_FLOOD_DETECTED: ClassVar[SubjectDetail]
    ARC_VALIDATION_FAILURE: ClassVar[SubjectDetail]
    REQUIRETLS_SUPPORT_REQUIRED: ClassVar[SubjectDetail]
    # </constants>
    __match_args__ = ("subject", "detail")

    def __new__(cls, code: _Text | SupportsIndex, detail: SupportsIndex | None = None, /) -> Self:
        """The code that a text such as `X.1.1` is, or that subject and detail make.

        Raises:
            ParseError: If the text has a class, or a part is missing, above 999 or has a leading zero.
        """
    @property
    def subject(self) -> int:
        """What the code is about, 0 to 999."""
    @property
    def detail(self) -> int:
        """The detail within the subject, 0 to 999."""
    def with_class(self, class_: Class | str | SupportsIndex, /) -> EnhancedCode:
        """The code with a class.

        Arguments:
            class_: A member of `Class`, its value or its digit.

        Raises:
            ValueError: If there is no such class.
        """
    @property
    def title(self) -> str | None:
        """What the code says, in a few words, or None where it is not registered."""
    @property
    def entry(self) -> EnhancedEntry | None:
        """What the catalogue says about the code, or None where it is not registered."""
    @property
    def subject_entry(self) -> SubjectEntry | None:
        """What the catalogue says about the subject, or None where it is not registered."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: SubjectDetail, /) -> bool: ...
    def __le__(self, other: SubjectDetail, /) -> bool: ...
    def __gt__(self, other: SubjectDetail, /) -> bool: ...
    def __ge__(self, other: SubjectDetail, /) -> bool: ...

@final
class Command:
    """An SMTP, submission or LMTP command that the catalogue knows.

    Two moments at which a server speaks without a verb stand beside them: `Command.CONNECTION` is the greeting and
    `Command.MESSAGE` the answer after the end of the mail data.

    >>> Command("etrn") == Command.ETRN
    True
    >>> Command.answered_by(354)
    (Command('DATA'),)
    """

    # <constants>
    ABRT: ClassVar[Command]
    ATRN: ClassVar[Command]
    AUTH: ClassVar[Command]
    BDAT: ClassVar[Command]
    BURL: ClassVar[Command]
    CONT: ClassVar[Command]
    DATA: ClassVar[Command]
    EHLO: ClassVar[Command]
    ETRN: ClassVar[Command]
    EXPN: ClassVar[Command]
    HELO: ClassVar[Command]
    HELP: ClassVar[Command]
    LHLO: ClassVar[Command]
    MAIL: ClassVar[Command]
    MRCP: ClassVar[Command]
    MRSQ: ClassVar[Command]
    NOOP: ClassVar[Command]
    ONEX: ClassVar[Command]
    QUIT: ClassVar[Command]
    RCPT: ClassVar[Command]
    RSET: ClassVar[Command]
    SAML: ClassVar[Command]
    SEND: ClassVar[Command]
    SOML: ClassVar[Command]
    STARTTLS: ClassVar[Command]
    TURN: ClassVar[Command]
    VERB: ClassVar[Command]
    VRFY: ClassVar[Command]
    XCLIENT: ClassVar[Command]
    XFORWARD: ClassVar[Command]
    CONNECTION: ClassVar[Command]
    MESSAGE: ClassVar[Command]
    # </constants>
    __match_args__ = ("verb",)

    def __new__(cls, verb: str, /) -> Self:
        """The command with this verb in any case.

        Raises:
            ValueError: If the catalogue has none.
        """
    @staticmethod
    def all() -> tuple[Command, ...]:
        """All commands in alphabetical order, the two stages last."""
    @staticmethod
    def answered_by(code: _Text | SupportsIndex, /) -> tuple[Command, ...]:
        """The commands that may be answered by a reply code, as the documents list them.

        Raises:
            ParseError: If it is no reply code.
        """
    @property
    def verb(self) -> str:
        """The verb in upper case; `connection` or `message` for the two stages."""
    @property
    def is_stage(self) -> bool:
        """Whether this is a moment of the session and no command with a verb."""
    @property
    def entry(self) -> CommandEntry:
        """What the catalogue says of it."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: Command, /) -> bool: ...
    def __le__(self, other: Command, /) -> bool: ...
    def __gt__(self, other: Command, /) -> bool: ...
    def __ge__(self, other: Command, /) -> bool: ...

@final
class Keyword:
    """An EHLO keyword that the catalogue knows: the name of a service extension (RFC 5321, Section 2.2).

    The names of those that begin with a digit spell it out.

    >>> Keyword.EIGHTBITMIME
    Keyword('8BITMIME')
    >>> Keyword("size").entry.mail_parameters
    ('SIZE=<bytes>',)
    """

    # <constants>
    EIGHTBITMIME: ClassVar[Keyword]
    ATRN: ClassVar[Keyword]
    AUTH: ClassVar[Keyword]
    BINARYMIME: ClassVar[Keyword]
    BURL: ClassVar[Keyword]
    CHECKPOINT: ClassVar[Keyword]
    CHUNKING: ClassVar[Keyword]
    CONNEG: ClassVar[Keyword]
    CONPERM: ClassVar[Keyword]
    DELIVERBY: ClassVar[Keyword]
    DSN: ClassVar[Keyword]
    ENHANCEDSTATUSCODES: ClassVar[Keyword]
    ETRN: ClassVar[Keyword]
    EXPN: ClassVar[Keyword]
    FUTURERELEASE: ClassVar[Keyword]
    HELP: ClassVar[Keyword]
    LIMITS: ClassVar[Keyword]
    MT_PRIORITY: ClassVar[Keyword]
    MTRK: ClassVar[Keyword]
    NO_SOLICITING: ClassVar[Keyword]
    ONEX: ClassVar[Keyword]
    PIPELINING: ClassVar[Keyword]
    REQUIRETLS: ClassVar[Keyword]
    RRVS: ClassVar[Keyword]
    SAML: ClassVar[Keyword]
    SEND: ClassVar[Keyword]
    SIZE: ClassVar[Keyword]
    SMTPUTF8: ClassVar[Keyword]
    SOML: ClassVar[Keyword]
    STARTTLS: ClassVar[Keyword]
    SUBMITTER: ClassVar[Keyword]
    TURN: ClassVar[Keyword]
    UTF8SMTP: ClassVar[Keyword]
    VERB: ClassVar[Keyword]
    VRFY: ClassVar[Keyword]
    XCLIENT: ClassVar[Keyword]
    XFORWARD: ClassVar[Keyword]
    # </constants>
    __match_args__ = ("name",)

    def __new__(cls, name: str, /) -> Self:
        """The keyword of this name in any case.

        Raises:
            ValueError: If the catalogue has none.
        """
    @staticmethod
    def all() -> tuple[Keyword, ...]:
        """All keywords in alphabetical order."""
    @property
    def name(self) -> str:
        """The keyword in upper case, as in the answer to EHLO."""
    @property
    def title(self) -> str:
        """What the keyword announces, in a few words."""
    @property
    def entry(self) -> KeywordEntry:
        """What the catalogue says of it."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __lt__(self, other: Keyword, /) -> bool: ...
    def __le__(self, other: Keyword, /) -> bool: ...
    def __gt__(self, other: Keyword, /) -> bool: ...
    def __ge__(self, other: Keyword, /) -> bool: ...

class Severity(StrEnum):
    """What the first digit of a reply code says (RFC 5321, Section 4.2.1)."""

    # <constants>
    POSITIVE_COMPLETION = "positive-completion"
    POSITIVE_INTERMEDIATE = "positive-intermediate"
    TRANSIENT_NEGATIVE_COMPLETION = "transient-negative-completion"
    PERMANENT_NEGATIVE_COMPLETION = "permanent-negative-completion"
    # </constants>
    digit: int
    """The first digit, 2 to 5."""
    entry: SeverityEntry
    """What the catalogue says about all codes with this first digit."""

class Category(StrEnum):
    """What the second digit of a reply code says the reply is about (RFC 5321, Section 4.2.1)."""

    # <constants>
    SYNTAX = "syntax"
    INFORMATION = "information"
    CONNECTIONS = "connections"
    MAIL_SYSTEM = "mail-system"
    # </constants>

class Class(StrEnum):
    """The class of an enhanced status code (RFC 3463, Section 2)."""

    # <constants>
    SUCCESS = "success"
    TRANSIENT = "transient"
    PERMANENT = "permanent"
    # </constants>
    digit: int
    """2, 4 or 5."""
    entry: ClassEntry
    """What the catalogue says about the class."""

class Status(StrEnum):
    """Whether an entry is in force, and on whose word."""

    # <constants>
    STANDARD = "standard"
    OBSOLETE = "obsolete"
    HISTORIC = "historic"
    PRIVATE = "private"
    OBSERVED = "observed"
    # </constants>

class Protocol(StrEnum):
    """The protocol in which a command or keyword has its place."""

    # <constants>
    SMTP = "smtp"
    SUBMISSION = "submission"
    LMTP = "lmtp"
    # </constants>

class ProviderKind(StrEnum):
    """What sort of party a provider is."""

    # <constants>
    SERVER = "server"
    MAILBOX = "mailbox"
    GATEWAY = "gateway"
    INTERNET_PROVIDER = "internet-provider"
    BLOCKLIST = "blocklist"
    SENDING_SERVICE = "sending-service"
    # </constants>

class ReportKind(StrEnum):
    """What a message is, or what happened to a recipient."""

    # <constants>
    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    RELAYED = "relayed"
    EXPANDED = "expanded"
    AUTO_REPLY = "auto-reply"
    COMPLAINT = "complaint"
    NOT_A_REPORT = "not-a-report"
    # </constants>

class Reason(StrEnum):
    """Why a server refused or put off a message: our diagnosis.

    >>> Reason("mailbox-full").entry.permanent
    Action.RETRY
    """

    # <constants>
    MAILBOX_UNKNOWN = "mailbox-unknown"
    MAILBOX_DISABLED = "mailbox-disabled"
    MAILBOX_FULL = "mailbox-full"
    MAILBOX_MOVED = "mailbox-moved"
    RECIPIENT_RESTRICTED = "recipient-restricted"
    ADDRESS_INVALID = "address-invalid"
    DOMAIN_UNKNOWN = "domain-unknown"
    DOMAIN_NO_MAIL = "domain-no-mail"
    SENDER_REJECTED = "sender-rejected"
    AUTHENTICATION_FAILED = "authentication-failed"
    REVERSE_DNS = "reverse-dns"
    BLOCKLISTED = "blocklisted"
    REPUTATION = "reputation"
    RATE_LIMITED = "rate-limited"
    CREDENTIALS = "credentials"
    TLS = "tls"
    TOO_MANY_RECIPIENTS = "too-many-recipients"
    PROTOCOL_ERROR = "protocol-error"
    RELAY_DENIED = "relay-denied"
    SPAM_CONTENT = "spam-content"
    MALWARE = "malware"
    CONTENT_REJECTED = "content-rejected"
    MESSAGE_TOO_LARGE = "message-too-large"
    MALFORMED_MESSAGE = "malformed-message"
    GREYLISTED = "greylisted"
    POLICY = "policy"
    SYSTEM_ERROR = "system-error"
    NETWORK = "network"
    ROUTING = "routing"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    # </constants>
    entry: ReasonEntry
    """What the catalogue says of it."""
    party: Party | None
    """Whose side has to change something; None for `Reason.UNKNOWN`."""

class Party(StrEnum):
    """Whose side has to change something."""

    # <constants>
    RECIPIENT = "recipient"
    SENDER = "sender"
    MESSAGE = "message"
    RECEIVER = "receiver"
    NETWORK = "network"
    # </constants>
    entry: PartyEntry
    """What the catalogue says of it."""

class Action(StrEnum):
    """What to do after a reply."""

    # <constants>
    NONE = "none"
    SUPPRESS = "suppress"
    RETRY = "retry"
    SLOW_DOWN = "slow-down"
    DELIST = "delist"
    FIX_AUTHENTICATION = "fix-authentication"
    FIX_DNS = "fix-dns"
    FIX_SESSION = "fix-session"
    FIX_MESSAGE = "fix-message"
    ASK_RECIPIENT = "ask-recipient"
    REVIEW = "review"
    # </constants>
    entry: ActionEntry
    """What the catalogue says of it."""

class Basis(StrEnum):
    """What the reason of a verdict rests on."""

    # <constants>
    TEXT = "text"
    PROVIDER_CODE = "provider-code"
    ENHANCED = "enhanced"
    REPLY = "reply"
    NONE = "none"
    # </constants>

class Conflict(StrEnum):
    """Something in a reply that contradicts something else in it."""

    # <constants>
    CLASSES = "classes"
    TEXT = "text"
    REGISTERED = "registered"
    # </constants>
    message: str
    """What contradicts what, in a sentence."""

class Phase(StrEnum):
    """When in a session a reply came."""

    # <constants>
    CONNECTION = "connection"
    HELO = "helo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    # </constants>

class LogFormat(StrEnum):
    """A kind of mail log."""

    # <constants>
    POSTFIX = "postfix"
    EXIM = "exim"
    SENDMAIL = "sendmail"
    OPENSMTPD = "opensmtpd"
    QMAIL = "qmail"
    EXCHANGE_TRACKING = "exchange-tracking"
    EXCHANGE_PROTOCOL = "exchange-protocol"
    KUMO = "kumo"
    HARAKA = "haraka"
    # </constants>

class LogOutcome(StrEnum):
    """How an attempt at a delivery ended."""

    # <constants>
    DELIVERED = "delivered"
    DEFERRED = "deferred"
    FAILED = "failed"
    EXPIRED = "expired"
    REJECTED = "rejected"
    # </constants>

class Anomaly(StrEnum):
    """Something about a reply that the standard does not allow, or that a careful reader wants to know."""

    # <constants>
    BARE_CARRIAGE_RETURN = "bare-carriage-return"
    BARE_LINE_FEED = "bare-line-feed"
    CLASS_CONTRADICTS_CODE = "class-contradicts-code"
    CODES_DIFFER = "codes-differ"
    ENHANCED_CODES_DIFFER = "enhanced-codes-differ"
    ENHANCED_FORM = "enhanced-form"
    LEADING_SPACE = "leading-space"
    LINE_WITHOUT_CODE = "line-without-code"
    MISSING_LINE_END = "missing-line-end"
    NO_SEPARATOR = "no-separator"
    NOT_UTF8 = "not-utf8"
    TEXT_AFTER_END = "text-after-end"
    UNFINISHED = "unfinished"
    # </constants>
    description: str
    """What is odd, as a sentence without its full stop."""

@final
class Answer:
    """What the catalogue knows of one code, wildcard, command, keyword or tag."""

    @property
    def type(self) -> Literal["reply", "enhanced", "subject", "class", "command", "keyword", "tag"]:
        """What kind of answer it is, in the words of the command line's `--json`."""
    @property
    def value(
        self,
    ) -> ReplyCode | Severity | EnhancedCode | SubjectDetail | EnhancedPattern | Class | Command | Keyword | Claim:
        """What was asked for, as an object of its own class."""
    @property
    def entry(
        self,
    ) -> ReplyEntry | SeverityEntry | EnhancedEntry | SubjectEntry | ClassEntry | CommandEntry | KeywordEntry | None:
        """What the standard's part of the catalogue says about it, or None where it has no entry."""
    @property
    def is_listed(self) -> bool:
        """Whether the catalogue lists it, in the standard's part or in a provider's."""
    @property
    def title(self) -> str | None:
        """What it says, in a few words."""
    @property
    def status(self) -> Status | None:
        """Whether it is in force; None for groups of codes, which have no status of their own."""
    @property
    def summary(self) -> str | None:
        """What it means."""
    @property
    def advice(self) -> str | None:
        """What to do now."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    @property
    def claims(self) -> tuple[Claim, ...]:
        """What providers mean by it, in the order of their ids."""

@final
class Report:
    """What a whole message reports: see `report`.

    >>> report(b"Subject: Lunch?\\n\\nAt noon?\\n")
    <Report not-a-report: 0 recipients>
    """

    __match_args__: ClassVar[tuple[str, str]] = ("kind", "recipients")

    @property
    def kind(self) -> ReportKind:
        """What the message is."""
    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """The recipients it reports on, in order; none where it reports on no delivery."""
    @property
    def original(self) -> Original | None:
        """The header of the message that was returned, where it is there."""
    @property
    def reporting_mta(self) -> str | None:
        """The host that reports."""
    @property
    def received_from_mta(self) -> str | None:
        """The host that it had the message from."""
    @property
    def gateway(self) -> str | None:
        """The gateway that made the report of a foreign one."""
    @property
    def envelope_id(self) -> str | None:
        """The sender's own name for the message."""
    @property
    def arrival_date(self) -> str | None:
        """When the message came to the host that reports, as it is written there."""
    @property
    def is_cut(self) -> bool:
        """Whether something was passed over because of the limits."""
    def as_dict(self) -> dict[str, Any]:
        """The report with the fields of the command line's `--json`, but for the file."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Recipient:
    """What a report says of one recipient."""

    __match_args__: ClassVar[tuple[str, str]] = ("recipient", "kind")

    @property
    def recipient(self) -> str | None:
        """Whom the report is about: the final recipient, or the original one where no address is told for it.

        Where a message was forwarded, this is the address that failed in the end. The one it was sent to,
        `original_recipient`, may well be a good address.
        """
    @property
    def original_recipient(self) -> str | None:
        """The address that the sender wrote."""
    @property
    def final_recipient(self) -> str | None:
        """The address to which the host that reports delivered or would have."""
    @property
    def kind(self) -> ReportKind:
        """What happened: failed, delayed, delivered, relayed or expanded."""
    @property
    def status(self) -> EnhancedCode | None:
        """The enhanced status code that says most: of the server's reply, else of the report."""
    @property
    def reply(self) -> ReplyCode | None:
        """The reply code of the server."""
    @property
    def remote_mta(self) -> str | None:
        """The host that refused or took the message."""
    @property
    def diagnostic(self) -> str | None:
        """What that host said, or what the report says in its words."""
    @property
    def phase(self) -> Phase | None:
        """When in the session it said so, as far as that is not told in its words."""
    @property
    def last_attempt(self) -> str | None:
        """When the last attempt was made, as it is written there."""
    @property
    def retry_until(self) -> str | None:
        """Until when more attempts will be made, as it is written there."""
    @property
    def log_id(self) -> str | None:
        """The entry in the log of the host that reports."""
    @property
    def verdict(self) -> Verdict:
        """The verdict on what was said."""
    def as_dict(self) -> dict[str, Any]:
        """The recipient with the fields of the command line's `--json`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Original:
    """The header of the message that a report is about, as far as it is there: enough to find what was sent."""

    @property
    def message_id(self) -> str | None:
        """Its Message-ID, in its angle brackets."""
    @property
    def subject(self) -> str | None:
        """Its subject, decoded."""
    @property
    def from_(self) -> str | None:
        """Whom it is from, decoded."""
    @property
    def to(self) -> str | None:
        """Whom it is to, decoded."""
    @property
    def date(self) -> str | None:
        """Its date, as it is written there."""
    def as_dict(self) -> dict[str, str | None]:
        """The header as a `dict`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Verdict:
    """What a rejection means, whose side it is, what to do, and why.

    As a `str` it is plain text to read. Two verdicts are equal where they say the same, also of different texts. One
    keeps its text in memory; a pickled one holds that and the user's rules, and is given anew where it is loaded.

    >>> given = verdict("550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org")
    >>> given.reason, given.party, given.action
    (Reason.BLOCKLISTED, Party.SENDER, Action.DELIST)
    >>> given.basis, given.blocklist
    (Basis.TEXT, <Provider 'spamhaus'>)
    """

    __match_args__ = ("reason", "party", "action")

    @property
    def reply(self) -> ReplyCode | None:
        """The reply code, or None where there is none."""
    @property
    def enhanced(self) -> EnhancedCode | None:
        """The enhanced status code, or None where there is none."""
    @property
    def class_(self) -> Literal["success", "intermediate", "transient", "permanent"] | None:
        """What the first digit says: of the reply code, else of the enhanced one; None without either.

        The words are those of the command line's `--json`; `intermediate` is a reply code's alone.
        """
    @property
    def reason(self) -> Reason | None:
        """Why; None after a success or where the server waits for more."""
    @property
    def party(self) -> Party | None:
        """Whose side has to change something, or None where that is not known."""
    @property
    def action(self) -> Action:
        """What to do."""
    @property
    def provider(self) -> Provider | None:
        """Whose reply it is, or None where that cannot be told."""
    @property
    def rule(self) -> Rule | None:
        """The rule that decided, or None."""
    @property
    def basis(self) -> Basis:
        """What the reason rests on."""
    @property
    def text(self) -> str | bytes:
        """What was judged: the text of a pair or exception without its code, and of any other object the whole."""
    @property
    def matched(self) -> tuple[int, int] | None:
        """Where in `text` the words stand that decided, in characters of a `str` and bytes of `bytes`; or None."""
    @property
    def matched_text(self) -> str | None:
        """The words that decided, or None. Bytes that are not UTF-8 are replaced."""
    @property
    def retry_after(self) -> int | None:
        """When to try again, in seconds, where the text tells."""
    @property
    def blocklist(self) -> Provider | None:
        """The blocklist that the text names, or None."""
    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What contradicts itself in the reply."""
    @property
    def sources(self) -> tuple[Page | Reference, ...]:
        """Where the verdict comes from: the rule's pages, the provider's, or the standard's places."""
    def as_dict(self) -> dict[str, Any]:
        """The verdict as a `dict` ready for JSON, with the fields of the command line's `classify --json`.

        Its `matched` counts bytes, of a `str` those of its UTF-8 form.
        """
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Explanation:
    """What a rejection means: the verdict, and an answer for each code in the order in which they appear.

    It is a sequence of answers; as a `str` it is plain text to read.
    """

    __match_args__ = ("answers",)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, or None where several recipients were refused: see `recipient_verdicts`.

        Of an email message it is given on the whole source.
        """

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The answers."""
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Answer]: ...
    @overload
    def __getitem__(self, index: SupportsIndex, /) -> Answer: ...
    @overload
    def __getitem__(self, index: slice, /) -> tuple[Answer, ...]: ...

@final
class CodeMatch:
    """A code that `codes` found, and where."""

    __match_args__ = ("code", "start", "end")

    @property
    def code(self) -> ReplyCode | EnhancedCode:
        """The code."""
    @property
    def start(self) -> int:
        """Where it starts in the text."""
    @property
    def end(self) -> int:
        """The place behind its end."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class LogRecord:
    """How an attempt at a delivery ended for one recipient, or a refusal, as a line of a log tells it.

    Texts are as they stand in the log and may hold control characters; what is no UTF-8 in them is replaced.
    """

    __match_args__ = ("outcome", "recipient", "text")

    @property
    def format(self) -> LogFormat:
        """The log that it stands in."""
    @property
    def outcome(self) -> LogOutcome:
        """How it ended."""
    @property
    def time(self) -> datetime.datetime | None:
        """When, in UTC where the log tells the offset, else without a time zone."""
    @property
    def queue_id(self) -> str | None:
        """What the server calls the message."""
    @property
    def sender(self) -> str | None:
        """The envelope's sender, where this line or an earlier one tells it; the null sender is empty."""
    @property
    def recipient(self) -> str | None:
        """The recipient, where the line tells it."""
    @property
    def relay_host(self) -> str | None:
        """The name of the other side."""
    @property
    def relay_address(self) -> str | None:
        """The address of the other side."""
    @property
    def relay_port(self) -> int | None:
        """The port of the other side."""
    @property
    def delay(self) -> float | None:
        """How long the message had been here, in seconds."""
    @property
    def reply(self) -> ReplyCode | None:
        """The reply code at the start of the text."""
    @property
    def enhanced(self) -> EnhancedCode | None:
        """The enhanced status code."""
    @property
    def phase(self) -> Phase | None:
        """When in the session the reply came."""
    @property
    def text(self) -> str:
        """The other side's reply, or the server's own words."""
    def verdict(self, *, rules: Rules | None = None) -> Verdict:
        """The verdict on the text, with what is known beside it.

        Arguments:
            rules: Rules of your own, which are asked first.
        """
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class LogReader:
    """The records of a log, one after the other. `read_log` makes it."""

    @property
    def format(self) -> LogFormat | None:
        """The format of the log, once it is known."""
    @property
    def line(self) -> int:
        """How many lines were read."""
    @property
    def others(self) -> int:
        """How many of them are of a known log and tell of no attempt or refusal."""
    @property
    def unknown(self) -> int:
        """How many of them are of no known log, or damaged."""
    def __iter__(self) -> Self: ...
    def __next__(self) -> LogRecord: ...

@final
class Reply:
    """A server's reply to a command, of one line or more (RFC 5321, Section 4.2).

    Replies are taken as servers send them, which is not always as the standard has it. What is odd is kept and named in
    `anomalies`. The lines' raw bytes, put together, are the input.

    >>> reply = Reply.parse(b"550-5.7.606 Access denied,\\r\\n550 banned sending IP [192.0.2.1]\\n")
    >>> reply.code, reply.enhanced, reply.text
    (ReplyCode(550), EnhancedCode('5.7.606'), 'Access denied,')
    >>> reply.anomalies
    (Anomaly.BARE_LINE_FEED,)
    """

    __match_args__ = ("code", "enhanced", "text")

    @staticmethod
    def parse(reply: _Text, /) -> Reply:
        """Parses the whole input as one reply.

        Raises:
            ParseError: If the input, after white space, does not begin with a reply code.
        """
    @staticmethod
    def parse_prefix(buffer: _Text, /) -> tuple[Reply, bytes]:
        """Takes one complete reply off the front of a buffer.

        A reply is complete with the line feed of its last line: the first line with a code and no hyphen after it.

        Returns:
            The reply and what is left of the buffer.

        Raises:
            ParseError: If the buffer, after white space, does not begin with a reply code, or ends before the reply does;
                `is_incomplete` then says that more bytes are needed.
        """
    @property
    def code(self) -> ReplyCode:
        """The reply code: that of the first line, where they differ."""
    @property
    def enhanced(self) -> EnhancedCode | None:
        """The first enhanced code."""
    @property
    def text(self) -> str:
        """The text of the first line, without codes and line end. Bytes that are not UTF-8 are replaced."""
    @property
    def raw(self) -> bytes:
        """The input."""
    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """What is odd about it, in alphabetical order."""
    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, in order."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Line:
    """One line of a `Reply`."""

    __match_args__ = ("code", "enhanced", "text")

    @property
    def raw(self) -> bytes:
        """Its bytes, with the line end."""
    @property
    def code(self) -> ReplyCode | None:
        """The reply code at its start."""
    @property
    def separator(self) -> Literal["-", " "] | None:
        """What stands between the code and the rest; None without a code, and where neither follows it."""
    @property
    def enhanced(self) -> EnhancedCode | None:
        """The enhanced code after the reply code or, as some servers write it, at the end: `(#5.1.1)`."""
    @property
    def text(self) -> str:
        """What is left without the codes and the line end. It may hold any control character."""
    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """What is odd about this line alone, in alphabetical order."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class ReplyEntry:
    """What the catalogue says of one reply code."""

    @staticmethod
    def all() -> tuple[ReplyEntry, ...]:
        """Every reply code of the catalogue, in numeric order."""
    def meaning(self, command: Command, /) -> Meaning | None:
        """What the code means in answer to a command: the meaning that names it, else one for any command.

        >>> ReplyCode(454).entry.meaning(Command.AUTH).keyword
        'AUTH'
        """
    @property
    def code(self) -> ReplyCode:
        """The code."""
    @property
    def name(self) -> str:
        """The constant's name, as in `ReplyCode.MAILBOX_UNAVAILABLE`."""
    @property
    def title(self) -> str:
        """What the code says, in a few words."""
    @property
    def status(self) -> Status:
        """Whether it is in force."""
    @property
    def summary(self) -> str:
        """What it means, over all its meanings."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def reason(self) -> Reason | None:
        """The reason that the code alone gives, where its meaning is that specific."""
    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """One for each context, the most usual first; at least one."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Meaning:
    """What a reply code says in one context."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that it answers in this sense; empty is any command."""
    @property
    def text(self) -> str:
        """The document's own words. Servers may send others: never match on them."""
    @property
    def summary(self) -> str:
        """What it means here."""
    @property
    def keyword(self) -> str | None:
        """The EHLO keyword of the extension that gives it this sense."""
    @property
    def status(self) -> Status:
        """Whether this meaning is in force."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class SeverityEntry:
    """What the catalogue says of all reply codes with one first digit."""

    @property
    def severity(self) -> Severity:
        """The severity."""
    @property
    def name(self) -> str:
        """The constant-like name."""
    @property
    def text(self) -> str:
        """The standard's words."""
    @property
    def title(self) -> str:
        """What it says, in a few words."""
    @property
    def summary(self) -> str:
        """What it means."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class EnhancedEntry:
    """What the registry and its documents say of one enhanced status code."""

    @staticmethod
    def all() -> tuple[EnhancedEntry, ...]:
        """Every registered enhanced status code, in numeric order."""
    @property
    def code(self) -> SubjectDetail:
        """The code without its class."""
    @property
    def name(self) -> str:
        """The constant's name, as in `SubjectDetail.MAILBOX_FULL`."""
    @property
    def text(self) -> str:
        """The registry's sample text."""
    @property
    def title(self) -> str:
        """What the code says, in a few words of ours."""
    @property
    def status(self) -> Status:
        """Whether it is in force."""
    @property
    def basic_codes(self) -> BasicCodes | None:
        """The reply codes that usually come with it; None where the registry says "Not given"."""
    @property
    def classes(self) -> tuple[Class, ...]:
        """The classes for which the text says it is meant; empty where the text does not say."""
    @property
    def summary(self) -> str:
        """What it means."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def reason(self) -> Reason | None:
        """The reason that the code alone gives, where its meaning is that specific."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class BasicCodes:
    """The reply codes with which the registry associates an enhanced code (RFC 5248, Section 2).

    The list is not exclusive: another reply code beside the enhanced one is no error.
    """

    @property
    def codes(self) -> tuple[ReplyCode, ...]:
        """Single codes, ascending."""
    @property
    def severities(self) -> tuple[Severity, ...]:
        """All codes of these first digits."""
    @property
    def others(self) -> bool:
        """Whether the registry says itself that others are allowed, as it does by "Any"."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class ClassEntry:
    """What the registry and its documents say of one class of enhanced codes."""

    @property
    def class_(self) -> Class:
        """The class."""
    @property
    def name(self) -> str:
        """The constant-like name."""
    @property
    def text(self) -> str:
        """The registry's words."""
    @property
    def title(self) -> str:
        """What it says, in a few words."""
    @property
    def summary(self) -> str:
        """What it means."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class SubjectEntry:
    """What the registry and its documents say of one subject of enhanced codes."""

    @staticmethod
    def all() -> tuple[SubjectEntry, ...]:
        """Every registered subject, in numeric order."""
    @property
    def subject(self) -> int:
        """The subject's number."""
    @property
    def name(self) -> str:
        """The constant-like name."""
    @property
    def text(self) -> str:
        """The registry's words."""
    @property
    def title(self) -> str:
        """What it says, in a few words."""
    @property
    def summary(self) -> str:
        """What it means."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class CommandEntry:
    """What the catalogue says of one command."""

    @property
    def verb(self) -> str:
        """The verb, as in `MAIL`; `connection` and `message` for the two stages that have none."""
    @property
    def name(self) -> str:
        """What the verb stands for."""
    @property
    def status(self) -> Status:
        """Whether it is in force."""
    @property
    def syntax(self) -> str:
        """How it is written: `<...>` for parts, `[...]` for what may be left out."""
    @property
    def keyword(self) -> str | None:
        """The EHLO keyword that announces it."""
    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """Where it has its place."""
    @property
    def summary(self) -> str:
        """What it does."""
    @property
    def advice(self) -> str:
        """What to know of it today."""
    @property
    def replies(self) -> tuple[Replies, ...]:
        """The replies that a document lists for it."""
    @property
    def codes(self) -> tuple[ReplyCode, ...]:
        """Every reply code that a document lists for it, each once, in numeric order."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Replies:
    """What a command may be answered by (RFC 5321, Section 4.3.2, and the extensions)."""

    @property
    def after_data(self) -> bool:
        """Whether this is the answer to the mail data that the command announced, not to the command's line."""
    @property
    def intermediate(self) -> tuple[ReplyCode, ...]:
        """Codes that ask for more."""
    @property
    def success(self) -> tuple[ReplyCode, ...]:
        """Codes of success."""
    @property
    def failure(self) -> tuple[ReplyCode, ...]:
        """Codes of failure."""
    @property
    def keyword(self) -> str | None:
        """The EHLO keyword of the extension that adds them; None for the command's own."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class KeywordEntry:
    """What the catalogue says of one EHLO keyword."""

    @property
    def keyword(self) -> str:
        """The keyword, as in `SIZE`."""
    @property
    def text(self) -> str:
        """The registry's description."""
    @property
    def title(self) -> str:
        """What it announces, in a few words of ours."""
    @property
    def status(self) -> Status:
        """Whether it is in force."""
    @property
    def parameters(self) -> str:
        """What follows it in the answer to EHLO; empty where nothing does."""
    @property
    def mail_parameters(self) -> tuple[str, ...]:
        """The parameters that it adds to MAIL."""
    @property
    def rcpt_parameters(self) -> tuple[str, ...]:
        """The parameters that it adds to RCPT."""
    @property
    def verbs(self) -> tuple[Command, ...]:
        """The commands that it adds."""
    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """Where it has its place."""
    @property
    def summary(self) -> str:
        """What it announces."""
    @property
    def advice(self) -> str:
        """What to know of it today."""
    @property
    def refs(self) -> tuple[Reference, ...]:
        """Where it stands."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class ReasonEntry:
    """What the catalogue says of one reason."""

    @property
    def reason(self) -> Reason:
        """The reason."""
    @property
    def id(self) -> str:
        """Its name, as in `mailbox-unknown`."""
    @property
    def party(self) -> Party | None:
        """Whose side has to change something; None for `Reason.UNKNOWN`."""
    @property
    def permanent(self) -> Action:
        """The action after a permanent failure."""
    @property
    def transient(self) -> Action:
        """The action after a transient failure."""
    @property
    def rank(self) -> int:
        """Which reason wins where a reply says several things, 0 to 99: the more specific."""
    @property
    def title(self) -> str:
        """The reason in a few words."""
    @property
    def summary(self) -> str:
        """What it means, to a mail administrator."""
    @property
    def plain(self) -> str:
        """What it means, to somebody who only sent a mail."""
    @property
    def advice(self) -> str:
        """What to do now."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class PartyEntry:
    """What the catalogue says of one party."""

    @property
    def party(self) -> Party:
        """The party."""
    @property
    def id(self) -> str:
        """Its name, as in `recipient`."""
    @property
    def title(self) -> str:
        """The party in a few words."""
    @property
    def summary(self) -> str:
        """What it means."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class ActionEntry:
    """What the catalogue says of one action."""

    @property
    def action(self) -> Action:
        """The action."""
    @property
    def id(self) -> str:
        """Its name, as in `slow-down`."""
    @property
    def title(self) -> str:
        """The action in a few words."""
    @property
    def summary(self) -> str:
        """What to do."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Provider:
    """A mail server, mailbox provider, gateway or blocklist, and what it means by its replies."""

    @staticmethod
    def all() -> tuple[Provider, ...]:
        """Every provider of the catalogue."""
    @staticmethod
    def from_id(id: str, /) -> Provider | None:
        """The provider with this id in any case, or None where the catalogue has none."""
    @property
    def id(self) -> str:
        """A short name for it, as in `exchange-2003`."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def kind(self) -> ProviderKind:
        """What sort of party it is."""
    @property
    def documented(self) -> bool:
        """Whether it publishes what its replies mean."""
    @property
    def summary(self) -> str:
        """What to know of it."""
    @property
    def hosts(self) -> tuple[str, ...]:
        """Ends of host names that are its own."""
    @property
    def removal(self) -> str | None:
        """Of a blocklist: where to ask to be taken off."""
    @property
    def pages(self) -> tuple[Page, ...]:
        """Where its replies are written about."""
    @property
    def claims(self) -> tuple[Claim, ...]:
        """What it means by codes and tags."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Page:
    """A page on which a provider, or another about it, writes what its replies mean."""

    @property
    def id(self) -> str:
        """A short name for it within the provider."""
    @property
    def title(self) -> str:
        """Its title."""
    @property
    def url(self) -> str:
        """Its address; empty where it has no public one."""
    @property
    def read(self) -> str:
        """The day on which it was read: `2026-11-23`."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Rule:
    """What a reply says that has certain words in it: a line of the catalogue, or of a user's file.

    >>> rule = verdict("550 5.1.1 User unknown").rule
    >>> rule.reason, verdict(rule.example).rule == rule
    (Reason.MAILBOX_UNKNOWN, True)
    """

    @staticmethod
    def all() -> tuple[Rule, ...]:
        """Every rule of the catalogue."""
    @staticmethod
    def from_id(id: str, /) -> Rule | None:
        """The catalogue's rule with this id, or None where it has none."""
    @property
    def id(self) -> str:
        """Its name, as in `en-user-unknown`."""
    @property
    def reason(self) -> Reason:
        """What the words mean."""
    @property
    def provider(self) -> Provider | None:
        """Whose words they are, or None where many servers use them."""
    @property
    def words(self) -> tuple[str, ...]:
        """The words, one text for each wording, as they are written in the file."""
    @property
    def without(self) -> tuple[str, ...]:
        """Words of which none may stand beside them."""
    @property
    def example(self) -> str:
        """A reply that the rule decides."""
    @property
    def rank(self) -> int:
        """Which rule wins where several fit, 0 to 99."""
    @property
    def sources(self) -> tuple[Page, ...]:
        """Where it is written."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Rules:
    """A user's own rules, asked before the catalogue's: the option `rules` of `verdict` and others.

    They stay in memory until the process ends, as verdicts borrow from them; the same file again costs nothing.

    >>> rules = Rules.parse('''
    ... id = "acme"
    ... name = "Acme's relays"
    ...
    ... [[rule]]
    ... id = "acme-left"
    ... reason = "mailbox-disabled"
    ... words = ["(has left|is no longer with) acme"]
    ... examples = ["550 5.1.1 <ann@a.example>: ann has left Acme"]
    ... ''')
    >>> verdict("550 Sorry, Bob has left ACME.", rules=rules).rule
    <Rule 'acme-left'>
    """

    @staticmethod
    def load(path: str | PathLike[str] | PathLike[bytes] | bytes, /) -> Rules:
        """Reads and checks a file of rules.

        Raises:
            OSError: If the file cannot be read.
            RulesError: If it has faults: all of them at once, each with line and key.
        """
    @staticmethod
    def parse(text: _Text, /, *, name: str = "rules.toml") -> Rules:
        """Reads and checks the text of a file of rules.

        Arguments:
            text: TOML with the keys of the catalogue's own `[[rule]]` and `[[retry]]` tables, behind an `id` and a `name`.
            name: A name for the file, with which faults begin.

        Raises:
            RulesError: If it has faults: all of them at once, each with line and key.
        """
    @property
    def name(self) -> str:
        """The name of the file."""
    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order of the file."""
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Rule]: ...

@final
class Fault:
    """Something wrong in a file of rules: where it stands, what was expected and what was found."""

    def __new__(cls, file: str, line: int, entry: str, key: str, expected: str, found: str, /) -> Self: ...
    @property
    def file(self) -> str:
        """The name of the file."""
    @property
    def line(self) -> int:
        """The line, counted from 1."""
    @property
    def entry(self) -> str:
        """The entry, as in `rule acme-left`; empty where the fault is the file's."""
    @property
    def key(self) -> str:
        """The key within the entry; empty where the fault is the entry's."""
    @property
    def expected(self) -> str:
        """What was expected."""
    @property
    def found(self) -> str:
        """What was found."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Claim:
    """What one provider means by a code or tag. The standard's meaning stands beside it, untouched."""

    @property
    def provider(self) -> Provider:
        """Whose claim it is."""
    @property
    def enhanced(self) -> EnhancedPattern | None:
        """The enhanced codes that it is about."""
    @property
    def reply(self) -> ReplyCode | None:
        """The reply code that it is about."""
    @property
    def tag(self) -> str | None:
        """A word of the reply's text that it is about, such as `S3150`."""
    @property
    def meaning(self) -> str:
        """What the provider means."""
    @property
    def advice(self) -> str:
        """What to do now."""
    @property
    def departs(self) -> str | None:
        """How this differs from the standard's meaning, or None where it does not."""
    @property
    def sources(self) -> tuple[Page, ...]:
        """Where it is written."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class EnhancedPattern:
    """One enhanced code or many: `5.7.1`, `X.7.1`, `5.1.x`, `5.7.606-649`."""

    def covers(self, code: EnhancedCode, /) -> bool:
        """Whether the pattern holds this code."""
    @property
    def class_(self) -> Class | None:
        """The class, or None for all three."""
    @property
    def subject(self) -> int | None:
        """The subject, or None for all."""
    @property
    def detail(self) -> int | None:
        """The detail, or None for several."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Document:
    """A document that the catalogue cites: an RFC, a registry, a draft or a product's manual.

    >>> Document.from_id("RFC 2821").obsoleted_by
    ('RFC 5321',)
    """

    @staticmethod
    def all() -> tuple[Document, ...]:
        """Every document that the catalogue cites."""
    @staticmethod
    def from_id(id: str, /) -> Document | None:
        """The document with this id, or None where the catalogue cites no such one."""
    @property
    def id(self) -> str:
        """What it is cited as: `RFC 5321`."""
    @property
    def title(self) -> str:
        """Its title."""
    @property
    def date(self) -> str:
        """Year and month: `2008-10`."""
    @property
    def status(self) -> str:
        """Its standing, in the words of the RFC index in lower case: `draft standard`."""
    @property
    def obsoletes(self) -> tuple[str, ...]:
        """The ids of the documents that it replaced."""
    @property
    def obsoleted_by(self) -> tuple[str, ...]:
        """The ids of the documents that replaced it."""
    @property
    def url(self) -> str:
        """Where it is to be read."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

@final
class Reference:
    """A place in a document. As a `str` it reads `RFC 5321, Section 4.2.3`."""

    @property
    def document(self) -> Document:
        """The document."""
    @property
    def section(self) -> str | None:
        """The section's number or name, or None where the whole document is meant."""
    @property
    def url(self) -> str:
        """The address of the place."""
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
