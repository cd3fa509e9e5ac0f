"""What notebooks show."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from smtp_codes import Command, EnhancedEntry, Provider, ReplyCode, ReplyEntry, Rules, lookup, verdict


class Outline(HTMLParser):
    """The tags of a document, which has to close those that it opens, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def html(of: object) -> str:
    return str(getattr(of, "_repr_html_")())


def test_a_verdict_has_a_row_for_each_line_of_its_text() -> None:
    given = verdict("550 5.7.1 Service unavailable; client host [192.0.2.1] blocked using zen.spamhaus.org")
    outline = Outline(html(given))
    lines = str(given).split("\n")
    assert outline.tags.count("tr") == len(lines) - 1
    assert outline.text.startswith("blocklisted: ")
    assert set(outline.tags) == {"table", "caption", "tbody", "tr", "th", "td", "a"}
    assert outline.links and all(link.startswith("https://") for link in outline.links)


def test_what_a_stranger_wrote_is_escaped() -> None:
    rules = Rules.parse(
        'id = "x"\nname = "X"\n[[page]]\nid = "p"\ntitle = "<script>alert(1)</script>"\n'
        'url = "https://a.example/\\"onclick=x"\nread = "2026-11-25"\n'
        '[[rule]]\nid = "x-a"\nreason = "policy"\nwords = ["script alert script"]\nsources = ["p"]\n'
        'examples = ["550 <script>alert</script>"]'
    )
    given = verdict("550 <script>alert</script>", rules=rules)
    assert given.matched_text == "script>alert</script"
    outline = Outline(html(given))
    assert "script" not in outline.tags and "<script>alert(1)</script>" in outline.text
    assert outline.links == ['https://a.example/"onclick=x']
    assert "\x1b" not in html(verdict("550 \x1b[31m<b>User unknown</b>"))


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (ReplyEntry.all()[0], "summary"),
        (EnhancedEntry.all()[0], "refs"),
        (Provider.all()[0], "pages"),
        (Provider.from_id("gmail"), "summary"),
        (Command.all()[0].entry, "verb"),
        (ReplyCode(550).entry, "MAILBOX_UNAVAILABLE"),
        (lookup("550")[0], "Mailbox unavailable"),
        (lookup("5.4.1")[0].claims[0], "means"),
    ],
)
def test_entries_of_the_catalogue_are_tables(entry: object, words: str) -> None:
    outline = Outline(html(entry))
    assert outline.tags[:2] == ["table", "caption"] and outline.tags.count("tr") >= 2
    assert words in outline.text
