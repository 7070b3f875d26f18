"""Reading what was filled in, with all complaints at once."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from zhitongche.identity import words
from zhitongche.kernel.errors import Invalid

T = TypeVar("T")
# What PostgreSQL cannot hold, and what makes a name read otherwise than it is written.
_UNKEEPABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Form:
    """Collects the complaints of several fields."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    def take(self, field: str, read: Callable[[], T]) -> T:
        """What `read` yields; where it raises Invalid, the complaint is kept and the value is never used."""
        try:
            return read()
        except Invalid as invalid:
            for name, message in (invalid.errors or {field: invalid.message}).items():
                self.errors.setdefault(name, message)
            return cast(T, None)  # nobody sees it: `collecting` raises first


@contextmanager
def collecting() -> Iterator[Form]:
    """Raise one Invalid with all complaints at the end of the block."""
    form = Form()
    yield form
    if form.errors:
        raise Invalid(form.errors)


def text(value: str, field: str, empty: str, longest: int) -> str:
    """The trimmed text; raises Invalid on `field` where it is empty or too long."""
    value = value.strip()
    if not value:
        raise Invalid({field: empty})
    if _UNKEEPABLE.search(value):
        raise Invalid({field: words.TEXT_CONTROL})
    if len(value) > longest:
        raise Invalid({field: words.TEXT_LONG.format(length=longest)})
    return value


def optional(value: str, field: str, longest: int) -> str | None:
    """The trimmed text, None where there is none; raises Invalid on `field` where it is too long."""
    return text(value, field, "", longest) if value.strip() else None


def folded(value: str) -> str:
    """As codes and logins are compared: full width made narrow, trimmed, lower case."""
    return unicodedata.normalize("NFKC", value).strip().lower()
