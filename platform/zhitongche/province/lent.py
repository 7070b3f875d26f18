"""What the desk lends to this room, handed over by the application: rooms of one floor do not know each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint

    from zhitongche.flow.facts import Actor


@dataclass(frozen=True, slots=True)
class Desk:
    """A blueprint that lets only officials in (name, module, address), and who the one signed in acts as."""

    guarded: Callable[[str, str, str], Blueprint]
    actor: Callable[[], Actor]
