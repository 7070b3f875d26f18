"""The register as a spreadsheet (造表登记, ST-3.1.2)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from zhitongche.casework import words as case_words
from zhitongche.desk import words
from zhitongche.desk.shown import name_of, stage_name
from zhitongche.identity import units
from zhitongche.kernel import clock
from zhitongche.tenancy import current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from zhitongche.casework.queries.listing import Item
    from zhitongche.flow.facts import Actor

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS: Final = (
    ("序号", 6), ("诉求编号", 16), ("诉求来源", 14), ("收件时间", 17), ("来源情况", 36), ("企业名称", 30), ("统一社会信用代码", 22),
    ("诉求标题", 40), ("诉求事项", 12), ("诉求类别", 12), ("级别", 12), ("环节", 16), ("主办单位", 20), ("协办单位", 24),
    ("最近到期", 17), ("是否超期", 9), ("办结时间", 17), ("评价", 18), ("重点督办", 10),
)  # fmt: skip


class Sheet:
    """A register being written; `content` ends it. Times are China's."""

    def __init__(self, actor: Actor, filters: str, title: str = "诉求台账", columns: Sequence[tuple[str, int]] = COLUMNS) -> None:
        self.pack = current.pack()
        self.book = Workbook(write_only=True)
        self.sheet = self.book.create_sheet(title)
        for number, (_, width) in enumerate(columns, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.sheet.freeze_panes = "C4"
        unit = units.by_id(actor.unit_id).name if actor.unit_id else ""
        self.write([f"{self.pack.portal_name} {title}"], bold=True)
        self.write([f"导出人：{actor.name}{f'（{unit}）' if unit else ''}　导出时间：{moment_text(clock.now())}　筛选：{filters}　内部资料，注意保密"])
        self.write([heading for heading, _ in columns], bold=True)
        self.rows = 0

    def add(self, item: Item) -> UUID:
        """Write one petition; answers its id, for the log."""
        self.rows += 1
        pack = self.pack
        self.write([
            self.rows, item.number, case_words.SOURCES.get(item.source, item.source), moment_text(item.received_at),
            facts_text(item.source_facts), item.enterprise, item.credit_code, item.title, name_of(pack.matters, item.matter),
            name_of(pack.categories, item.category), pack.levels.get(item.level, item.level), stage_name(item.pack_version, item.stage),
            item.lead, item.co, moment_text(item.next_due_at), "是" if item.late else "", moment_text(item.closed_at),
            rating_text(item.rating), words.KEYS.get(item.key_state or "", ""),
        ])  # fmt: skip
        return item.id

    def content(self) -> BytesIO:
        """The file."""
        buffer = BytesIO()
        self.book.save(buffer)
        buffer.seek(0)
        return buffer

    def write(self, values: list[Any], *, bold: bool = False) -> None:
        """Write one row; texts never run as formulas."""
        self.sheet.append([self._cell(value, bold) for value in values])

    def _cell(self, value: Any, bold: bool) -> WriteOnlyCell:
        text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
        cell = WriteOnlyCell(self.sheet, text)
        if isinstance(text, str):
            # What an enterprise wrote must never run as a formula on an official's machine (CWE-1236).
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)
        return cell


def facts_text(facts: dict[str, Any]) -> str:
    """What the source told of itself, in one line."""
    return "；".join(f"{words.FACT_LABELS.get(name, name)}：{fact_text(name, value)}" for name, value in facts.items() if value)


def fact_text(name: str, value: Any) -> str:
    """One fact as a person reads it; moments are kept as ISO text in UTC."""
    return moment_text(clock.utc(datetime.fromisoformat(value))) if name in {"first_received", "visited_at"} else str(value)


def rating_text(rating: str | None) -> str:
    """A rating with where it comes from: a default one is never taken for a given one (RP-2.10.b)."""
    if not rating:
        return ""
    given_by, _, satisfaction = rating.partition(":")
    return f"{words.SATISFACTION[satisfaction]}（{words.GIVEN_BY[given_by]}）"


def moment_text(moment: datetime | None) -> str:
    """A moment by the clocks of China as a cell holds it; empty for none."""
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
