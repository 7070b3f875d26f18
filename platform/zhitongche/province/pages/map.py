"""All jurisdictions on a map of tiles (瓦片图), which needs no geodata: one tile each, by family and region code."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

from flask import Blueprint, render_template

from zhitongche.province import asked, bands, numbers, tiles, words
from zhitongche.province.tables import of_places, place_urls

if TYPE_CHECKING:
    from zhitongche.statistics.definitions import Figure

blueprint = Blueprint("map", __name__, url_prefix="/map")


@blueprint.get("")
def show() -> str:
    """One figure over one period; the same numbers stand in the table below."""
    code, period = asked.figure(), asked.period()
    found = numbers.read([code], period)
    figure = found.figures[0]
    cells = {place: own[code] for place, own in found.cells.items()}
    banded = bands.bands(cell.amount for cell in cells.values() if cell.amount is not None)
    steps = shades(len(banded))
    return render_template(
        "province/map.html", period=period, filters=asked.filters(with_figure=True), figure=figure, blocks=tiles.blocks(found.families),
        cells=cells, totals={family: own[code] for family, own in found.totals.items()}, better=words.BETTER[figure.better],
        bands=[SimpleNamespace(shade=steps[band.level - 1], text=_span(figure, band)) for band in banded],
        shades={place: steps[bands.level(cell.amount, banded) - 1] for place, cell in cells.items() if cell.amount is not None},
        most=bands.MOST, size=SimpleNamespace(width=tiles.WIDTH, height=tiles.HEIGHT), table=of_places(found, code, period), few=words.FEW,
        place_url=place_urls(period),
    )  # fmt: skip


def shades(count: int) -> list[int]:
    """Which of the five shades so many bands wear: as far apart as can be."""
    return [1 + (2 * index + 1) * bands.MOST // (2 * count) for index in range(count)]


def _span(figure: Figure, band: bands.Band) -> str:
    low, high = (f"{amount:.1f}" if figure.shape in {"rate", "percentile"} else f"{amount:.0f}" for amount in (band.low, band.high))
    unit = figure.unit if figure.unit == "%" else f" {figure.unit}"
    return f"{low}{unit}" if low == high else f"{low}～{high}{unit}"
