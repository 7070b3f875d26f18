"""The picture of a flow as SVG: no scripts, no fonts of its own, readable when printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from zhitongche.flow.vocabulary import PARTIES, PHASES
from zhitongche.tenancy import words_draw
from zhitongche.tenancy.picture_cards import anywhere, cards, doers, entries
from zhitongche.tenancy.picture_layout import (
    CARD_WIDTH,
    GUTTER,
    HEAD,
    LINE,
    MARGIN,
    TOP,
    Placed,
    place,
    width_of,
    wrap,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhitongche.flow.definition import Flow
    from zhitongche.tenancy.pack import Pack

COLOURS: Final[dict[str, str]] = {
    "enterprise": "#2e7d32",
    "triage": "#1565c0",
    "proposed": "#6a4fa3",
    "lead": "#b26a00",
    "co": "#8d6e63",
    "leader": "#b71c1c",
    "office": "#ad1457",
    "supervision": "#5d4037",
    "reviewer": "#00796b",
    "window": "#455a64",
    "hotline": "#0277bd",
    "system": "#616161",
    "above": "#4527a0",
    "below": "#33691e",
}
_FINAL: Final = "#667085"
_STYLE: Final = """
text{font-family:"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#1f2937}
.title{font-size:26px;font-weight:700}.sub{font-size:14px;fill:#4b5563}.phase{font-size:17px;font-weight:700;fill:#374151}
.name{font-size:17px;font-weight:700}.line{font-size:13px}.soft{font-size:12px;fill:#6b7280}.pill{font-size:12px;fill:#fff}
"""


def svg(pack: Pack) -> str:
    """The flow of a pack, drawn. Text in Chinese; clocks stand in the stage where they begin."""
    flow = pack.flow
    placed = place(cards(flow))
    width = max(card.x for card in placed.values()) + CARD_WIDTH + MARGIN + GUTTER // 2
    height = max(card.y + card.height for card in placed.values()) + MARGIN
    body = [
        *_heading(pack),
        *_phases(placed, height),
        *(edge for card in placed.values() for edge in _edges(card, placed)),
        *_begin(flow, placed),
        *(part for card in placed.values() for part in _card(card)),
    ]
    title = quoteattr(words_draw.picture_title(pack.name, pack.full_name))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label={title}>\n<style>{_STYLE}</style>\n<defs>{_markers()}</defs>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(body) + "\n</svg>\n"
    )


def _heading(pack: Pack) -> Iterable[str]:
    yield _text(MARGIN, 52, pack.full_name, "title")
    yield _text(MARGIN, 80, words_draw.picture_subtitle(pack.department, pack.version), "sub")
    x = float(MARGIN)
    shown = {stage.owes for stage in pack.flow.stages.values() if stage.owes}
    shown |= {action.who[0] for action in pack.flow.actions.values()}
    for party in (party for party in PARTIES if party in shown):
        yield f'<circle cx="{x + 6}" cy="105" r="6" fill="{COLOURS[party]}"/>' + _text(
            x + 18, 110, PARTIES[party], "sub"
        )
        x += width_of(PARTIES[party], 14) + 42
    named = [f"{action.name}（{PARTIES[doers(action)[0]]}）" for action in anywhere(pack.flow)]
    yield _text(MARGIN, 136, words_draw.anywhere(named), "sub")


def _phases(placed: Mapping[str, Placed], height: int) -> Iterable[str]:
    names = list(PHASES.values())
    for x, column in sorted({(card.x, card.card.column) for card in placed.values()}):
        yield (
            f'<rect x="{x - 18}" y="{TOP - 42}" width="{CARD_WIDTH + 36}" height="{height - TOP + 24}" rx="14" fill="#f5f7fa"/>'
        )
        yield _text(x, TOP - 15, names[column], "phase")


def _card(at: Placed) -> Iterable[str]:
    stage = at.card.stage
    colour = COLOURS[stage.owes] if stage.owes else _FINAL
    dash = ' stroke-dasharray="5 4"' if stage.final else ""
    pill = width_of(at.card.owner, 12) + 18
    end = at.x + CARD_WIDTH
    yield (
        f'<rect x="{at.x}" y="{at.y}" width="{CARD_WIDTH}" height="{at.height}" rx="10" fill="#fff"'
        f' stroke="{colour}" stroke-width="1.5"{dash}/>'
        f'<rect x="{at.x}" y="{at.y + 10}" width="5" height="{at.height - 20}" fill="{colour}"/>'
        f'<rect x="{end - pill - 12:g}" y="{at.y + 11}" width="{pill:g}" height="21" rx="10.5" fill="{colour}"/>'
    )
    yield _text(at.x + 20, at.y + 26, stage.name, "name")
    yield _text(end - pill - 3, at.y + 26, at.card.owner, "pill")
    yield _text(at.x + 20, at.y + 46, words_draw.seen_as(wrap(stage.public, CARD_WIDTH - 110, 12)[0]), "soft")
    yield from _lines(at, colour)


def _lines(at: Placed, colour: str) -> Iterable[str]:
    y, mark, text = at.y + HEAD + 15, at.x + 26, at.x + 40
    for line in at.clocks:
        if line.first:
            yield (
                f'<g fill="none" stroke="{colour}" stroke-width="1.3"><circle cx="{mark}" cy="{y - 5}" r="5"/>'
                f'<path d="M{mark} {y - 8}v3h2.5"/></g>'
            )
            yield _text(at.x + CARD_WIDTH - 12, y, line.basis, "soft", "end")
        yield _text(text, y, line.text, "line")
        y += LINE
    for way in at.card.exits:
        yield f'<circle cx="{mark}" cy="{y - 5}" r="4" fill="{COLOURS[way.party]}"/>'
        yield _text(text, y, way.action + way.case, "line")
        clause = words_draw.OWN_SETTING if way.clause == "setting" else way.clause
        yield _text(at.x + CARD_WIDTH - 12, y, clause, "soft", "end")
        y += LINE
    for line in at.beside:
        if line.first:
            yield _text(mark, y, "＋", "soft", "middle")
        yield _text(text, y, line.text, "soft")
        y += LINE


def _edges(at: Placed, placed: Mapping[str, Placed]) -> Iterable[str]:
    for index, way in enumerate(at.card.exits):
        to = placed[way.target]
        if to is at:
            continue
        back = to.x < at.x or (to.x == at.x and to.y < at.y)
        dash = ' stroke-dasharray="6 4"' if back else ""
        yield (
            f'<path d="{_curve(at, at.exit_y(index), to)}" fill="none" stroke="{COLOURS[way.party]}" stroke-width="1.6"'
            f' opacity=".8"{dash} marker-end="url(#a-{way.party})">'
            f"<title>{escape(way.action + way.case)} → {escape(to.card.stage.name)}</title></path>"
        )


def _curve(at: Placed, y: int, to: Placed) -> str:
    right, arrival = at.x + CARD_WIDTH, to.middle
    if to.x > at.x:
        half = right + (to.x - right) / 2
        return f"M{right} {y}C{half:g} {y} {half:g} {arrival} {to.x - 3} {arrival}"
    if to.x == at.x:
        # The farther the card, the wider the bow, so that bows lie inside each other.
        bow = right + 26 + min(abs(arrival - y) / 9, GUTTER - 46)
        return f"M{right} {y}C{bow:g} {y} {bow:g} {arrival} {right + 3} {arrival}"
    end = to.x + CARD_WIDTH
    half = end + (at.x - end) / 2
    return f"M{at.x} {y}C{half:g} {y} {half:g} {arrival} {end + 3} {arrival}"


def _begin(flow: Flow, placed: Mapping[str, Placed]) -> Iterable[str]:
    for _, stage, _ in entries(flow):
        to = placed[stage]
        yield (
            f'<circle cx="{to.x - 24}" cy="{to.middle}" r="6" fill="{COLOURS["enterprise"]}"/>'
            f'<path d="M{to.x - 18} {to.middle}H{to.x - 3}" stroke="{COLOURS["enterprise"]}" stroke-width="2"'
            ' marker-end="url(#a-enterprise)"/>'
        )


def _markers() -> str:
    return "".join(
        f'<marker id="a-{party}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse"'
        f' orient="auto"><path d="M0 0L8 4L0 8z" fill="{colour}"/></marker>'
        for party, colour in COLOURS.items()
    )


def _text(x: float, y: float, text: str, look: str, anchor: str = "start") -> str:
    at = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:g}" y="{y:g}" class="{look}"{at}>{escape(text)}</text>'
