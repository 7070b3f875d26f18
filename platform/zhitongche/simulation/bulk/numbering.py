"""Numbers of copies: in the order of the played ones, without a gap, each series and year by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhitongche.documents.deciding import LETTER, PAPER

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhitongche.simulation.bulk.moulds import Moulds, Number
    from zhitongche.tenancy.pack import Pack


def numbered(moulds: Moulds, times: Mapping[int, int], series: Callable[[str], str]) -> tuple[dict[str, int], dict[tuple[str, int], int]]:
    """From where each played number's copies are numbered, in the order of the played ones; and the last of each kind and year."""
    of = {case_number: times[at] for at, mould in enumerate(moulds.bundles) for case_number in mould.numbers}
    first: dict[str, int] = {}
    last: dict[tuple[str, int], int] = {}
    for was, number in sorted(moulds.numbers.items(), key=lambda item: (item[1].series, item[1].year, item[1].n)):
        counted = (_kind(moulds.pack, number, series), number.year)
        first[was] = last.get(counted, 0) + 1
        last[counted] = last.get(counted, 0) + of.get(was, 1)
    return first, last


def _kind(pack: Pack, number: Number, series: Callable[[str], str]) -> str:
    if not number.official:
        return "petition"
    return LETTER if pack.letter and pack.letter.series == number.series else PAPER + series(number.series)
