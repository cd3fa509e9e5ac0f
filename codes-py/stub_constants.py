"""Writes the constants of the built module into its stub, `python/smtp_codes/_core.pyi`.

    python stub_constants.py

Run it after a change of the catalogue. The tests compare, so a stub that lags behind is noticed.
"""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

import smtp_codes

STUB = Path(__file__).parent / "python/smtp_codes/_core.pyi"
PLACE = re.compile(r"(?<=    # <constants>\n).*?(?=    # </constants>\n)", re.DOTALL)


def constants(cls: type) -> str:
    """The lines of a class: members of an enum in their order, constants of another class in the order of their values."""
    if issubclass(cls, Enum):
        return "".join(f'    {member.name} = "{member.value}"\n' for member in cls)
    found = [(value, name) for name, value in vars(cls).items() if isinstance(value, cls)]
    return "".join(f"    {name}: ClassVar[{cls.__name__}]\n" for _, name in sorted(found))


def completed(stub: str) -> str:
    """The stub with the constants of each class that has a place for them."""
    parts = re.split(r"^(?=class |@final\nclass )", stub, flags=re.MULTILINE)
    for number, part in enumerate(parts):
        name = re.match(r"(?:@final\n)?class (\w+)", part)
        if name and PLACE.search(part):
            lines = constants(getattr(smtp_codes, name[1]))
            parts[number] = PLACE.sub(lambda _, lines=lines: lines, part)
    return "".join(parts)


if __name__ == "__main__":
    STUB.write_text(completed(STUB.read_text(encoding="utf-8")), encoding="utf-8")
