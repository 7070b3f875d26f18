"""`deadline`: when a limit ends."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime

from zhitongche.cli.tenant_calendar import calendar_of
from zhitongche.kernel import clock, deadlines, limits
from zhitongche.kernel.settings import Settings


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--tenant", required=True, metavar="租户", help="租户代码")
    parser.add_argument(
        "--from", required=True, dest="start", type=_moment, metavar="时刻", help="起算时刻，如 2026-02-13T16:00（北京时间）"
    )
    parser.add_argument(
        "--limit",
        required=True,
        metavar="时限",
        help="10 wd（工作日）、-5 wd（某日之前的工作日）、24 h（小时）、5 nd（自然日）",
    )


def run(args: Namespace) -> int:
    """Print the moment (ISO 8601, Asia/Shanghai), and on stderr whether it may still change."""
    limit = limits.parse(args.limit)
    due = deadlines.due(args.start, limit, calendar_of(args.tenant, Settings.from_env()))
    print(clock.local(due.at).isoformat())
    if due.provisional:
        print("暂定：所涉年度的放假安排尚未公布，公布后将重新计算。", file=sys.stderr)
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是时刻，应如 2026-02-13T16:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.CHINA)
