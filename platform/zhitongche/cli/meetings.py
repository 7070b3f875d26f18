"""`meetings`: a year of meetings by the pack's rule, with every date that hangs on each day (会议计划)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from zhitongche.cli.tenant_calendar import calendar_of
from zhitongche.flow.vocabulary import PARTIES
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings
from zhitongche.kernel.working_days import Calendar
from zhitongche.meetings import planning, rotation
from zhitongche.meetings.planning import Planned, Window
from zhitongche.tenancy import packs
from zhitongche.tenancy.meeting_parts import MeetingKind
from zhitongche.tenancy.pack import Pack

YEARS = range(2000, 2101)
_OWES = {**PARTIES, "units": "各有关单位", "system": "系统自动"}
_WEEKDAYS = "一二三四五六日"


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    words = parser.add_subparsers(title="命令", metavar="命令", required=True)
    one = words.add_parser("plan", help="列出某租户某年每次会议的日期及其前后各事项的期限、条款和责任方")
    one.add_argument("--tenant", required=True, metavar="租户", help="租户代码")
    one.add_argument("--year", type=int, metavar="年", help="公历年，默认今年")
    one.set_defaults(do=_plan)


def run(args: Namespace) -> int:
    """Do what was asked."""
    return int(args.do(args, Settings.from_env()))


def _plan(args: Namespace, settings: Settings) -> int:
    year = clock.today().year if args.year is None else args.year
    if year not in YEARS:
        raise Invalid({"year": "超出范围"}, f"年份应在 {YEARS.start} 到 {YEARS.stop - 1} 之间。")
    days = calendar_of(args.tenant, settings)
    pack = packs.of(settings)[args.tenant]
    print("\n".join(_lines(pack, year, days)))
    return 0


def _lines(pack: Pack, year: int, days: Calendar) -> Iterator[str]:
    if not pack.meetings:
        yield f"{pack.name}没有设置会议。"
    for kind in pack.meetings.values():
        yield f"{pack.name}{kind.name}（{kind.clause}）"
        if kind.day is None:
            yield "  根据实际情况适时召开，没有固定日期；召集后按下列顺序倒排："
            yield from (f"    {step.name}（{_OWES[step.owes]}，{step.clause}）" for step in kind.steps.values())
            continue
        for month in range(1, 13):
            yield from _month(pack, kind, planning.month_of(kind, year, month, days))


def _month(pack: Pack, kind: MeetingKind, planned: Planned) -> Iterator[str]:
    leader = rotation.turn(pack.leaders, planned.month) if kind.leader == "rotation" else None
    attends = f"　出席领导 {leader.name}" if leader else ""
    yield ""
    yield f"{planned.month.month:>2}月　{_day(planned.day)}{attends}"
    yield from (f"    {_line(window)}" for window in planned.windows)


def _line(window: Window) -> str:
    step = window.step
    basis = f"{step.clause}·本地设定" if step.is_setting else step.clause
    marks = "　暂定" if window.provisional else ""
    return f"{_day(window.due)}　{step.name}　{_OWES[step.owes]}　{basis}{marks}"


def _day(day: object) -> str:
    return f"{day:%Y-%m-%d}（周{_WEEKDAYS[int(f'{day:%u}') - 1]}）"
