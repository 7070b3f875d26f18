"""Where things stand in the picture: phases as columns, stages as cards, sizes in pixels."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhitongche.tenancy.picture_cards import Card

CARD_WIDTH: Final = 330
GUTTER: Final = 120
MARGIN: Final = 36
TOP: Final = 190
GAP: Final = 30
HEAD: Final = 58
LINE: Final = 21
PADDING: Final = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; only the first of a wrapped one gets its mark."""

    text: str
    first: bool
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A card with its place; `y` is its top, lines of text are wrapped to its width."""

    card: Card
    x: int
    y: int
    clocks: tuple[Line, ...]
    beside: tuple[Line, ...]

    @property
    def height(self) -> int:
        """Head, and one line each for clocks, exits and what may be done beside."""
        lines = len(self.clocks) + len(self.card.exits) + len(self.beside)
        return HEAD + (lines * LINE + PADDING if lines else 0)

    def exit_y(self, index: int) -> int:
        """The middle of an exit's line."""
        return self.y + HEAD + (len(self.clocks) + index) * LINE + LINE // 2

    @property
    def middle(self) -> int:
        """Where arrows arrive."""
        return self.y + HEAD // 2


def place(cards: Iterable[Card]) -> dict[str, Placed]:
    """Every card under those of its phase, in the order of the flow, by stage code."""
    cards = list(cards)
    columns = sorted({card.column for card in cards})
    bottoms = dict.fromkeys(columns, TOP)
    placed = {}
    for card in sorted(cards, key=lambda card: card.stage.final):
        x = MARGIN + columns.index(card.column) * (CARD_WIDTH + GUTTER)
        here = Placed(card, x, bottoms[card.column], _clocks(card), _wrapped(_together(card.beside)))
        bottoms[card.column] = here.y + here.height + GAP
        placed[card.stage.code] = here
    return placed


def width_of(text: str, size: float) -> float:
    """How wide a text is set, near enough: full-width characters are square, others half."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size * 0.56 for char in text)


def wrap(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit."""
    lines = [""]
    for char in text:
        if width_of(lines[-1] + char, size) > room:
            lines.append("")
        lines[-1] += char
    return lines


def _wrapped(texts: Iterable[str]) -> tuple[Line, ...]:
    return tuple(
        Line(line, index == 0) for text in texts for index, line in enumerate(wrap(text, CARD_WIDTH - 52, 13))
    )


def _clocks(card: Card) -> tuple[Line, ...]:
    return tuple(
        Line(line, index == 0, clock.basis if index == 0 else "")
        for clock in card.clocks
        for index, line in enumerate(wrap(f"{clock.name}：{clock.limit}", CARD_WIDTH - 112, 13))
    )


def _together(names: tuple[str, ...]) -> tuple[str, ...]:
    return ("、".join(names),) if names else ()
