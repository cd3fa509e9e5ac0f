"""What is written about the package is true: examples, stubs, the list of names."""

from __future__ import annotations

import ast
import doctest
import importlib.util
from pathlib import Path

import smtp_codes

FOLDER = Path(__file__).parent.parent
STUB = FOLDER / "python/smtp_codes/_core.pyi"
EXAMPLES = vars(smtp_codes)


def run(test: doctest.DocTest) -> int:
    """Runs the examples of a text and returns how many there are."""
    result = doctest.DocTestRunner(verbose=False).run(test)
    assert result.failed == 0, f"an example in {test.name} is not true: see the captured output"
    return result.attempted


def test_the_examples_of_the_readme_are_true() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert run(doctest.DocTestParser().get_doctest(readme, {}, "README.md", None, 0)) > 10


def test_the_examples_of_the_docstrings_are_true() -> None:
    attempted = 0
    texts = [smtp_codes.__doc__ or ""]
    for node in ast.walk(ast.parse(STUB.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            texts.append(ast.get_docstring(node) or "")
    for text in texts:
        attempted += run(doctest.DocTestParser().get_doctest(text, dict(EXAMPLES), text.split("\n")[0], None, 0))
    assert attempted > 20


def test_every_public_class_and_function_has_a_docstring_in_both_places() -> None:
    described = {
        node.name
        for node in ast.parse(STUB.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)
    }
    names = {name for name in smtp_codes.__all__ if callable(getattr(smtp_codes, name))}
    assert names == described
    assert [name for name in names if not getattr(smtp_codes, name).__doc__] == []


def test_the_constants_of_the_stub_are_those_of_the_module() -> None:
    spec = importlib.util.spec_from_file_location("stub_constants", FOLDER / "stub_constants.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    stub = STUB.read_text(encoding="utf-8")
    assert stub == module.completed(stub), "run stub_constants.py"


def test_everything_of_the_core_is_public_under_one_module() -> None:
    assert sorted(smtp_codes._core.__all__) == sorted(smtp_codes.__all__) == smtp_codes.__all__
    for name in smtp_codes.__all__:
        if isinstance(getattr(smtp_codes, name), type):
            assert getattr(smtp_codes, name).__module__ == "smtp_codes"
