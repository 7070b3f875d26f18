"""Pictures of a pack's flow, for people: SVG, Mermaid, and the README that holds both together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.flow.vocabulary import PARTIES
from zhitongche.tenancy import words_draw
from zhitongche.tenancy.picture_cards import anywhere, cards, clock_told, entries
from zhitongche.tenancy.picture_svg import svg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhitongche.tenancy.pack import Pack

__all__ = ["mermaid", "readme", "svg", "write"]


def mermaid(pack: Pack) -> str:
    """The flow as a Mermaid state diagram."""
    flow = pack.flow
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{stage.name}" as {stage.code}' for stage in flow.stages.values()]
    lines += [f"    [*] --> {stage}: {how}" for how, stage, _ in entries(flow)]
    for card in cards(flow):
        lines += [f"    {card.stage.code} --> {way.target}: {way.action}{way.case}" for way in card.exits]
    lines += [f"    {stage.code} --> [*]" for stage in flow.stages.values() if stage.final]
    return "\n".join(lines) + "\n"


def readme(pack: Pack) -> str:
    """The README of a pack: what it is, its flow, its clocks, its units."""
    return "\n".join(_readme(pack)).rstrip() + "\n"


def write(pack: Pack, folder: Path) -> list[Path]:
    """Write README.md and, where the pack has a flow, flow.svg; tells which files."""
    files = {folder / "README.md": readme(pack)}
    if pack.flow.stages:
        files[folder / "flow.svg"] = svg(pack)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return list(files)


def _readme(pack: Pack) -> Iterator[str]:
    yield from (f"# {pack.full_name}", "", words_draw.GENERATED, "", *words_draw.sheet(pack), "")
    if pack.flow.stages:
        yield from (
            f"![{words_draw.FLOW}](flow.svg)",
            "",
            f"## {words_draw.FLOW}",
            "",
            "```mermaid",
            mermaid(pack) + "```",
            "",
        )
        yield from (words_draw.anywhere([action.name for action in anywhere(pack.flow)]), "")
        yield from (f"## {words_draw.CLOCKS}", "", words_draw.CLOCK_TABLE, "|---|---|---|---|")
        for clock in pack.flow.clocks.values():
            told = clock_told(clock)
            yield f"| {told.name} | {PARTIES[clock.owes]} | {told.limit} | {told.basis} |"
        yield ""
    yield from (f"## {words_draw.UNITS}", "", "、".join(unit.name for unit in pack.units))
