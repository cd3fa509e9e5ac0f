"""The base of the enums: `enum.StrEnum`, also for Pythons before 3.11, with a `repr` that evaluates."""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Self


class StrEnum(str, Enum):
    if TYPE_CHECKING:

        def __new__(cls, value: str) -> Self: ...

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"
