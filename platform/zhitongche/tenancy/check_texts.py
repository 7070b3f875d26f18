"""Messages and portal words: every message that is sent exists, and mentions only fields that are filled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhitongche.flow.vocabulary import TEMPLATE_FIELDS
from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.vocabulary import PORTAL_FIELDS, STANDING_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhitongche.tenancy.draft import Draft

_FIELD = re.compile(r"\{([^{}]*)\}|[{}]")


def check(draft: Draft) -> None:
    """Note missing messages and fields that nobody fills."""
    _check_sent(draft)
    for code, text in draft.pack.messages.items():
        _check_fields(draft, text, TEMPLATE_FIELDS, "messages", code)
    for path, text in _texts(draft.pack.raw["pack"]):
        _check_fields(draft, text, frozenset({"name"}), "pack", *path)
    for path, text in _texts(draft.pack.raw["portal"]):
        _check_fields(draft, text, PORTAL_FIELDS, "portal", *path)


def _check_sent(draft: Draft) -> None:
    messages = draft.pack.messages
    for action in draft.pack.flow.actions.values():
        for tell in action.tells:
            if tell.message not in messages:
                draft.unknown(
                    words_rules.message(tell.message),
                    messages,
                    "flow",
                    "actions",
                    action.code,
                    "tells",
                    tell.party,
                )
    if draft.pack.takes_petitions:
        for code in sorted(set(STANDING_MESSAGES) - set(messages)):
            draft.fault(
                words_rules.no_message(code, STANDING_MESSAGES[code]), words.add_key(code), "messages"
            )


def _check_fields(draft: Draft, text: str, known: frozenset[str], part: str, *path: str | int) -> None:
    for name in fields(text):
        if name not in known:
            draft.unknown(words_rules.field(name), known, part, *path)


def fields(text: str) -> list[str]:
    """The names between braces; a lone brace counts as a field without a name."""
    return [found.group(1) or "" for found in _FIELD.finditer(text)]


def _texts(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))
