"""When petitions count as one repeated problem (共性问题, ST-1.1.4), and until when a unit answers the finding on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zhitongche.kernel import limits
from zhitongche.tenancy import words, words_rules
from zhitongche.tenancy.vocabulary import FINDING_MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhitongche.kernel.limits import Limit
    from zhitongche.tenancy.draft import Draft

LETTER: Final = "finding_letter"
REPORT: Final = "finding_report"


@dataclass(frozen=True, slots=True)
class Repeated:
    """`least` petitions within `days`, and `times` as many as before; or `alike` ones with similar words. `answer`: the unit's limit."""

    clause: str
    days: int
    least: int
    times: int
    alike: int
    answer: Limit


def repeated(raw: Mapping[str, Any] | None) -> Repeated | None:
    """The pack's rule; None where it proposes nothing, as versions from before there were findings."""
    return Repeated(**{**raw, "answer": limits.parse(raw["answer"])}) if raw else None


def check(draft: Draft) -> None:
    """Note what a pack lacks that writes findings: the letter, the messages."""
    if draft.pack.repeated is None:
        return
    if LETTER not in draft.pack.papers:
        draft.unknown(words_rules.paper(LETTER), draft.pack.papers, "pack", "repeated")
    for code in sorted(set(FINDING_MESSAGES) - set(draft.pack.messages)):
        draft.fault(words_rules.no_message(code, FINDING_MESSAGES[code]), words.add_key(code), "messages")
