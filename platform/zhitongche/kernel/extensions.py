"""What is installed above the platform and plugs itself in: the platform asks, and never imports it by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Final, Protocol, cast

GROUP: Final = "zhitongche.extensions"
"""The entry point group under which a distribution names its extension module."""


class Extension(Protocol):
    """A module with these names; everything in it that is dear to import is imported inside its functions."""

    tables: Sequence[str]
    """Modules that declare tables."""
    words: Mapping[str, tuple[str, str]]
    """Words of the command line: name → (module, help)."""
    errands: Sequence[str]
    """What the worker is woken for after a commit: names among the tasks, called with a tenant's code."""

    def init_app(self, app: Any) -> None:
        """Plug into an application that stands."""

    def tasks(self) -> Mapping[str, Callable[..., None]]:
        """Further tasks of the worker, by name."""

    def handlers(self) -> Mapping[str, Callable[[Any], None]]:
        """Further handlers of the outbox's promises, by topic."""

    def schedule(self) -> Mapping[str, dict[str, Any]]:
        """Further entries of Celery's clockwork."""


@cache
def installed() -> tuple[Extension, ...]:
    """The installed extensions, by name."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(cast("Extension", point.load()) for point in points)
