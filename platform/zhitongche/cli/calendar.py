"""`calendar`: a year of a tenant's working days."""

from argparse import ArgumentParser, Namespace

from zhitongche.cli.tenant_calendar import calendar_of
from zhitongche.kernel import clock
from zhitongche.kernel.calendar_text import day_lines, year_table
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings

YEARS = range(2000, 2101)


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--tenant", required=True, metavar="租户", help="租户代码")
    parser.add_argument("--year", type=int, metavar="年", help="公历年，默认今年")
    parser.add_argument("--days", action="store_true", help="每天一行，以制表符分隔，供其他程序读取")


def run(args: Namespace) -> int:
    """Print the year."""
    year = clock.today().year if args.year is None else args.year
    if year not in YEARS:
        raise Invalid({"year": "超出范围"}, f"年份应在 {YEARS.start} 到 {YEARS.stop - 1} 之间。")
    calendar = calendar_of(args.tenant, Settings.from_env())
    print("\n".join(day_lines(calendar, year)) if args.days else year_table(calendar, year))
    return 0
