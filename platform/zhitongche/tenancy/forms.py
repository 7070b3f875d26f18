"""The forms of the small values in a pack: codes, days, times, colours, clauses."""

from __future__ import annotations

import re
from datetime import date, time

from zhitongche.kernel import limits
from zhitongche.kernel.identifiers import mobile
from zhitongche.tenancy.shapes import Parsed, Text

CLAUSE_PATTERN = re.compile(r"[A-Z]{2}-\d+(\.\d+)*(\.[a-z])?")


def clause(text: str) -> str:
    """A clause id like RP-2.3.b, or `setting` for a rule that is the tenant's own; raises ValueError."""
    if text != "setting" and not CLAUSE_PATTERN.fullmatch(text):
        raise ValueError(text)
    return text


def clock_time(text: str) -> time:
    """A time of day like 08:30; raises ValueError."""
    if not re.fullmatch(r"\d\d:\d\d", text):
        raise ValueError(text)
    return time.fromisoformat(text)


def day(text: str) -> date:
    """A day like 2026-02-13; raises ValueError."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError(text)
    return date.fromisoformat(text)


ANY = Text()
CODE = Text(r"[a-z][a-z0-9_]*", "代号（小写字母开头，可含小写字母、数字和下划线）")
TENANT = Text(r"[a-z][a-z0-9]{1,30}", "租户代号（2 至 31 个小写字母或数字，以字母开头）")
CLAUSE = Parsed(clause, "条款号（如 XX-2.3.a，文本未规定的写 setting）")
DAY = Parsed(day, "日期（如 2026-02-13）")
TIME = Parsed(clock_time, "时刻（如 08:30）")
LIMIT = Parsed(limits.parse, "期限（如 3 wd、24 h、5 nd）")
MOBILE = Parsed(mobile, "手机号码（11 位）")
COLOUR = Text(r"#[0-9a-fA-F]{6}", "颜色（如 #b3261e）")
REGION = Text(r"\d{6}(\d{3})?", "六位行政区划代码（镇为九位）")
HOST = Text(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", "域名（小写，不含端口）")
PREFIX = Text(r"[A-Z]{2,6}", "编号前缀（2 至 6 个大写字母）")
VERSION = Text(r"\d+(\.\d+){0,2}", "版本号（如 1.0）")
