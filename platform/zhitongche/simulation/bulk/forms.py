"""A text with holes: what stays in every copy of it, and what is each copy's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Hole = tuple[str, Any]
"""What belongs there: its kind and which of that kind."""
_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


class Finder:
    """Knows by what a copy differs: ids everywhere, and texts that are told to it."""

    def __init__(self, texts: Mapping[str, Hole]) -> None:
        # The longest first: a title may stand in a content, a town's name in an enterprise's.
        known = sorted((text for text in texts if text), key=lambda text: (-len(text), text))
        self._texts = texts
        self._pattern = re.compile("|".join([f"(?P<id>{_UUID})", *map(re.escape, known)]))

    def form(self, text: str) -> Form:
        """The text with its holes."""
        parts: list[str | Hole] = []
        at = 0
        for found in self._pattern.finditer(text):
            parts += [text[at : found.start()], self._texts.get(found[0]) or ("id", found[0])]
            at = found.end()
        return Form((*parts, text[at:]))


@dataclass(frozen=True, slots=True)
class Form:
    """Constant texts and holes, in turn."""

    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> list[Hole]:
        return [part for part in self.parts if not isinstance(part, str)]

    def filled(self, value: Callable[[Hole], str]) -> str:
        """The text for one copy."""
        return "".join(part if isinstance(part, str) else value(part) for part in self.parts)

    def bound(self, known: Callable[[Hole], str | None], places: Mapping[Hole, int]) -> Bound:
        """What is known filled in; the rest is left for each copy, by its place in the copy's values."""
        made, open_ = [], []
        for part in self.parts:
            text = part if isinstance(part, str) else known(part)
            if text is None and not isinstance(part, str):
                made.append("%s")
                open_.append(places[part])
            else:
                made.append((text or "").replace("%", "%%"))
        return Bound("".join(made), tuple(open_))


@dataclass(frozen=True, slots=True)
class Bound:
    """A text of which only a copy's own values are missing."""

    text: str
    places: tuple[int, ...]

    def __call__(self, values: Sequence[str]) -> str:
        return self.text % tuple([values[place] for place in self.places])


def joined(forms: Iterable[Form]) -> Form:
    """One text after the other."""
    return Form(tuple(part for form in forms for part in form.parts))
