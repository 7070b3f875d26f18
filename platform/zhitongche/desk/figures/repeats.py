"""What repeats (ST-1.1.4), as the leader's page tells it: the largest groups that wait, and where all of them are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import current_app, url_for

from zhitongche.desk.figures import words
from zhitongche.supervision import naming, problems

SHOWN: Final = 5
_ONE: Final = "desk.supervision.repeated.one"


@dataclass(frozen=True, slots=True)
class Repeat:
    """One group of similar petitions, on what ground it was proposed, where it opens."""

    title: str
    why: str
    url: str


def largest() -> list[Repeat]:
    """The largest groups that nobody has taken in hand yet."""
    if _ONE not in current_app.view_functions:
        return []
    found = sorted(problems.waiting(), key=lambda one: -one.size)[:SHOWN]
    return [Repeat(naming.title_of(one), one.ground, url_for(_ONE, problem_id=one.id)) for one in found]


def ways() -> list[tuple[str, str]]:
    """The pages on what repeats, as far as this deployment has them."""
    return [(label, url_for(endpoint)) for endpoint, label in words.REPEATS.items() if endpoint in current_app.view_functions]
