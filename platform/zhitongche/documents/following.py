"""What follows a paper's issue in the rooms above: they listen by its kind, inside the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from flask import current_app

from zhitongche.documents.tables import Paper
from zhitongche.flow.facts import Actor

if TYPE_CHECKING:
    from flask import Flask

Listener = Callable[[Paper, Actor], None]
_LISTENERS: Final = "zhitongche_paper_followers"


def follow(app: Flask, kind: str, listener: Listener) -> None:
    """Call the listener in the transaction that issues a paper of this kind; one listener a kind."""
    app.extensions.setdefault(_LISTENERS, {})[kind] = listener


def issued(paper: Paper, actor: Actor) -> None:
    """Tell whoever follows papers of this kind."""
    listener: Listener | None = current_app.extensions.get(_LISTENERS, {}).get(paper.kind)
    if listener is not None:
        listener(paper, actor)
