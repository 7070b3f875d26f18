"""Whoever counts what is done listens here to every entry, in the transaction that writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from flask import current_app

if TYPE_CHECKING:
    from flask import Flask

    from zhitongche.journal.entry import Entry

    Listener = Callable[[Entry], None]

_LISTENERS: Final = "zhitongche_journal_followers"


def follow(app: Flask, listener: Listener) -> None:
    """Call the listener with every entry that this application appends, under the lock of the petition's chain.

    What the listener raises undoes the act; it must not commit.
    """
    app.extensions.setdefault(_LISTENERS, []).append(listener)


def tell(entry: Entry) -> None:
    """Tell all who follow."""
    for listener in current_app.extensions.get(_LISTENERS, ()):
        listener(entry)
