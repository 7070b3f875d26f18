"""How moments, clauses, numbers and texts are written for people."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from zhitongche.kernel import clock
from zhitongche.webkit import layout
from zhitongche.webkit.relative import relative, state

if TYPE_CHECKING:
    from flask import Flask

_WEEKDAYS = "一二三四五六日"
_DIGITS = "〇一二三四五六七八九"
_MOBILE_SHOWN = 7
_UNITS = ("字节", "KB", "MB", "GB")
_KILO = 1024

SETTING = "setting"
"""What packs write where the published text is silent."""


def init_app(app: Flask) -> None:
    """Give the filters to every template."""
    app.jinja_env.filters |= {
        "moment": moment,
        "day": day,
        "short_moment": short_moment,
        "relative": relative,
        "clock_state": state,
        "clause": clause_link,
        "clause_number": clause_number,
        "mask_mobile": mask_mobile,
        "paragraphs": paragraphs,
        "filesize": filesize,
        "differences": differences,
    }


def moment(value: datetime | None) -> str:
    """An aware moment by the clocks of China: 2026年2月13日 16:00（周五）; a dash for none."""
    if value is None:
        return "—"
    local = clock.local(value)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}（周{_WEEKDAYS[local.weekday()]}）"


def day(value: date | datetime | None) -> str:
    """A day in China: 2026年2月13日（周五）; a dash for none."""
    if value is None:
        return "—"
    local = clock.local_date(value) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日（周{_WEEKDAYS[local.weekday()]}）"


def short_moment(value: datetime | None) -> str:
    """An aware moment in a list: 2月13日 16:00, with the year where it is not this one."""
    if value is None:
        return "—"
    local = clock.local(value)
    year = "" if local.year == clock.local(clock.now()).year else f"{local.year}年"
    return f"{year}{local.month}月{local.day}日 {local:%H:%M}"


def clause_number(clause: str) -> str:
    """Where the clause stands in its text: RP-2.3.b → 第二部分（三）; empty for what is not numbered so."""
    parts = [part for part in clause.partition("-")[2].split(".") if part.isdigit()]
    if not parts:
        return ""
    if parts[0] == "0":
        return "总则"
    text = f"第{_chinese(int(parts[0]))}部分"
    # A part's own introduction is numbered 0 with us and not at all in the text.
    if len(parts) > 1 and parts[1] != "0":
        text += f"（{_chinese(int(parts[1]))}）"
    return text + "".join(f"第{part}项" for part in parts[2:3])


def clause_link(clause: str | None) -> Markup:
    """“依据 RP-2.3.b” as a link to the published rules; nothing for no clause or the tenant's own setting."""
    if not clause or clause == SETTING:
        return Markup()
    url, where = layout.frame().rule_url(clause), clause_number(clause)
    return Markup('<a class="clause" href="{}">依据 {}{}</a>').format(
        url, clause, f" · {where}" if where else ""
    )


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones or not tens else "")


def mask_mobile(number: str | None) -> str:
    """138****1234; whatever is too short to mask so is hidden altogether."""
    if not number:
        return "—"
    return f"{number[:3]}****{number[-4:]}" if len(number) > _MOBILE_SHOWN else "****"


def paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs, escaped, line breaks kept."""
    blocks = [block.strip() for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    lines = (Markup("<br>").join(escape(line) for line in block.split("\n")) for block in blocks)
    return Markup().join(Markup("<p>{}</p>").format(block) for block in lines)


def filesize(size: int) -> str:
    """A number of bytes: 860 字节, 1.4 MB."""
    amount, unit = float(size), 0
    while amount >= _KILO and unit < len(_UNITS) - 1:
        amount, unit = amount / _KILO, unit + 1
    return f"{amount:.1f} {_UNITS[unit]}" if unit and amount < 100 else f"{amount:.0f} {_UNITS[unit]}"


def differences(text: str, other: str) -> list[tuple[bool, str]]:
    """`text` in pieces, each with whether `other` says it too (同) or not (异)."""
    pieces: list[tuple[bool, str]] = []
    for step in Indel.opcodes(text, other):
        # A single common character is chance, not likeness.
        same = step.tag == "equal" and step.src_end - step.src_start > 1
        piece = text[step.src_start : step.src_end]
        if piece and pieces and pieces[-1][0] == same:
            pieces[-1] = (same, pieces[-1][1] + piece)
        elif piece:
            pieces.append((same, piece))
    return pieces
