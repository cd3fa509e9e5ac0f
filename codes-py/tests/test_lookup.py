import pytest

from smtp_codes import (
    Claim,
    Class,
    Command,
    CommandEntry,
    EnhancedCode,
    EnhancedEntry,
    Keyword,
    ParseError,
    Provider,
    ReasonEntry,
    ReplyCode,
    Severity,
    Status,
    SubjectDetail,
    lookup,
    search,
)


def test_words_are_answered_in_their_order() -> None:
    answers = lookup("550 5.7.1, X.7.1; 4xx 5.x.x SIZE")
    assert [str(answer) for answer in answers] == ["550", "5.7.1", "X.7.1", "4xx", "5.x.x", "SIZE"]
    assert [answer.value for answer in answers] == [
        ReplyCode(550),
        EnhancedCode("5.7.1"),
        SubjectDetail("X.7.1"),
        Severity.TRANSIENT_NEGATIVE_COMPLETION,
        Class.PERMANENT,
        Keyword.SIZE,
    ]
    assert [answer.type for answer in answers] == ["reply", "enhanced", "enhanced", "class", "class", "keyword"]


def test_a_word_may_have_two_answers() -> None:
    assert [answer.value for answer in lookup("starttls")] == [Command.STARTTLS, Keyword.STARTTLS]


def test_objects_and_bytes_are_looked_up_too() -> None:
    queries: list[int | bytes | ReplyCode | EnhancedCode | SubjectDetail | Command | Keyword] = [
        550,
        b"550",
        ReplyCode(550),
        EnhancedCode("5.7.1"),
        SubjectDetail(7, 1),
        Command.ETRN,
        Keyword.ETRN,
    ]
    assert [str(answer) for query in queries for answer in lookup(query)] == [
        "550",
        "550",
        "550",
        "5.7.1",
        "X.7.1",
        "ETRN",
        "ETRN",
    ]


def test_a_subject_is_answered_as_a_whole() -> None:
    [answer] = lookup("5.2.x")
    assert answer.type == "subject"
    assert answer.title == "About the recipient's mailbox"
    assert answer.status is None
    assert [str(claim) for claim in answer.claims] == ["5.2.x"]


def test_what_has_no_entry_has_no_answer_or_an_unlisted_one() -> None:
    assert lookup("") == []
    assert lookup("hello world") == []
    assert lookup("\x00 \x1b[31m") == []
    assert lookup(b"\xff\xfe") == []
    [answer] = lookup("578")
    assert not answer.is_listed
    assert (answer.entry, answer.title, answer.summary, answer.advice, answer.status) == (None, None, None, None, None)
    assert answer.refs == ()
    assert repr(answer) == "<Answer 578>"


def test_what_only_looks_like_a_code_is_refused_with_its_place() -> None:
    with pytest.raises(ParseError) as raised:
        lookup("550 5.1.1.1")
    assert raised.value.offset == 9
    assert str(raised.value) == (
        "unexpected '.' at byte 9 while parsing an enhanced status code: expected class.subject.detail and nothing more"
    )
    with pytest.raises(ParseError, match="^unexpected 'O' at byte 2 while parsing a reply code: expected a digit$"):
        lookup("55O")
    with pytest.raises(ParseError, match="^unexpected 600 while parsing a reply code: expected 200 to 599$"):
        lookup(600)
    with pytest.raises(TypeError, match="^expected str, bytes, int or a code, not list$"):
        lookup(["550"])  # type: ignore[arg-type]


def test_ten_megabytes_are_looked_up() -> None:
    assert lookup("x" * 10_000_000) == []
    with pytest.raises(ParseError, match="^unexpected '5' at byte 3 while parsing a reply code: expected three digits$"):
        lookup(b"5" * 10_000_000)


def test_an_answer_has_what_its_entry_says() -> None:
    [answer] = lookup("5.2.2")
    assert isinstance(answer.entry, EnhancedEntry)
    assert answer.is_listed
    assert answer.status is Status.STANDARD
    assert (answer.title, answer.summary, answer.advice, answer.refs) == (
        answer.entry.title,
        answer.entry.summary,
        answer.entry.advice,
        answer.entry.refs,
    )
    assert [str(reference) for reference in answer.refs] == ["RFC 3463, Section 3.3"]
    assert answer.refs[0].url == "https://www.rfc-editor.org/rfc/rfc3463#section-3.3"
    assert answer.refs[0].document.title == "Enhanced Mail System Status Codes"


def test_a_command_is_titled_by_what_its_verb_stands_for() -> None:
    [answer] = lookup(Command.ETRN)
    assert isinstance(answer.entry, CommandEntry)
    assert answer.title == answer.entry.name == "Extended turn"


def test_the_references_of_a_reply_code_are_those_of_its_meanings_once() -> None:
    [answer] = lookup(454)
    entry = ReplyCode(454).entry
    assert entry is not None
    assert set(answer.refs) == {reference for meaning in entry.meanings for reference in meaning.refs}
    assert len(answer.refs) == len(set(answer.refs))


def test_providers_stand_beside_the_standard() -> None:
    [answer] = lookup("5.2.1", provider="exchange-2003")
    assert answer.title == EnhancedCode("5.2.1").title
    assert [str(claim) for claim in answer.claims] == ["5.2.x", "5.2.1"]
    claim = answer.claims[1]
    assert claim.departs
    assert claim.enhanced is not None and claim.enhanced.covers(EnhancedCode("5.2.1"))
    assert claim.provider == Provider.from_id("Exchange-2003")
    assert claim in claim.provider.claims
    assert all(page in claim.provider.pages for page in claim.sources)


def test_a_provider_may_be_an_object_and_must_exist() -> None:
    for provider in Provider.all():
        [answer] = lookup("5.7.1", provider=provider)
        assert {claim.provider for claim in answer.claims} <= {provider}
    assert Provider.from_id("nobody") is None
    with pytest.raises(ValueError, match=r"^unknown provider 'nobody': expected one of Provider.all\(\)$"):
        lookup("550", provider="nobody")


def test_a_reply_code_has_a_meaning_for_each_command() -> None:
    entry = ReplyCode(454).entry
    assert entry is not None
    meanings = [entry.meaning(Command.STARTTLS), entry.meaning(Command.AUTH)]
    assert [meaning and meaning.keyword for meaning in meanings] == ["STARTTLS", "AUTH"]


def test_a_search_finds_mistyped_words_the_best_first() -> None:
    best = search("mailbx full")[0]
    assert isinstance(best, EnhancedEntry)
    assert best.code == SubjectDetail.MAILBOX_FULL


def test_a_search_finds_every_kind_of_entry_and_at_most_twenty() -> None:
    kinds = {type(found) for words in ("greylisted", "exchange 2003", "starttls tls", "mailbox") for found in search(words)}
    assert kinds >= {ReasonEntry, Claim, CommandEntry, EnhancedEntry}
    assert len(search("mail")) == 20


def test_a_search_for_nothing_finds_nothing() -> None:
    assert search("") == []
    assert search("\x00\x1b") == []
    assert search("qqqq " * 1_000_000) == []
