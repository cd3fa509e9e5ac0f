"""What docs/python-at-scale.md shows is true."""

from __future__ import annotations

import doctest
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "python-at-scale.md"


def test_the_examples_of_the_page_are_true() -> None:
    text = PAGE.read_text(encoding="utf-8")
    test = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.failed == 0, "an example of the page is not true: see the captured output"
    assert result.attempted > 15
