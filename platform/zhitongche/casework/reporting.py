"""Whoever carries cases between levels listens here to those that rise or came from below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from flask import current_app

from zhitongche.casework import words
from zhitongche.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from zhitongche.casework.case import Case
    from zhitongche.journal import Entry

    Listener = Callable[[Case, Entry], None]

_LISTENER: Final = "zhitongche_reporting"
_instead: tuple[Listener | None] | None = None


def listen(app: Flask, listener: Listener | None) -> None:
    """Call the listener inside the door's transaction after every act on such a case of this application; None ends it."""
    app.extensions[_LISTENER] = listener


@contextmanager
def heard_by(listener: Listener | None) -> Iterator[None]:
    """Listen for a while in the place of whoever listens to any application of this process."""
    global _instead
    before, _instead = _instead, (listener,)
    try:
        yield
    finally:
        _instead = before


def listening() -> bool:
    """Whether anybody carries cases up."""
    return _listener() is not None


def require_listener(clause: str) -> None:
    """Raise Refused where a case would go up and nobody carries it."""
    if not listening():
        raise Refused(words.NOT_CONNECTED, clause)


def report(case: Case, entry: Entry) -> None:
    """Tell the listener; cases that neither rose nor came from below cost nothing."""
    if (case.petition.rises or case.facts.from_below) and (listener := _listener()) is not None:
        listener(case, entry)


def _listener() -> Listener | None:
    if _instead is not None:
        return _instead[0]
    return cast("Listener | None", current_app.extensions.get(_LISTENER))
