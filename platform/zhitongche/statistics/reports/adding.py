"""Sections that rooms beside or above contribute: statistics does not know them, whoever composes the application does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from zhitongche.statistics.reports.readings import Readings, Section

    Source = Callable[[Readings], Section | None]

_SOURCES: Final = "zhitongche_report_sections"


def add(app: Flask, part: str, source: Source) -> None:
    """Have `source` write a part of every report; called within the tenant, in the reading's transaction."""
    app.extensions.setdefault(_SOURCES, {})[part] = source


def sources() -> dict[str, Source]:
    """Part → who writes it."""
    found: dict[str, Source] = current_app.extensions.get(_SOURCES, {})
    return found
