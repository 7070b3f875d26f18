"""`simulate`: made-up enterprises and officials act through the very use cases that people use."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date

from flask import Flask

from zhitongche.cli import simulate_bulk
from zhitongche.deployment.database import database
from zhitongche.kernel import clock
from zhitongche.kernel.errors import Invalid, ZhitongcheError
from zhitongche.kernel.settings import Settings
from zhitongche.worker.beat import Leadership

PETITIONS = 500


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--tenant", metavar="租户", help="租户代码")
    parser.add_argument("--from", dest="start", type=_day, metavar="日期", help="第一天，如 2026-01-01")
    parser.add_argument("--to", dest="end", type=_day, metavar="日期", help="最后一天")
    parser.add_argument("--petitions", type=int, metavar="件数", help="诉求件数，默认 500")
    parser.add_argument("--seed", type=int, default=7, metavar="种子", help="随机种子，相同则经过相同，默认 7")
    parser.add_argument("--check", action="store_true", help="结束后核对不变量，有问题则返回 1")
    simulate_bulk.further(parser)


def run(args: Namespace) -> int:
    """Simulate and report; with `--check` 1 where anything does not hold that must."""
    settings = Settings.from_env()
    if settings.production:
        raise Invalid({"ZHITONGCHE_ENVIRONMENT": "production"}, "正式环境中不能生成模拟数据。")
    if args.bulk:
        return simulate_bulk.run(settings, args)
    if missing := [name for name in ("tenant", "start", "end") if getattr(args, name) is None]:
        raise Invalid(dict.fromkeys(missing, "未写"), "请写明 --tenant、--from 和 --to；载入全省用 --bulk。")
    args.petitions = PETITIONS if args.petitions is None else args.petitions
    if args.end < args.start or args.petitions < 1:
        raise Invalid({"to": "早于第一天"}, "最后一天不能早于第一天，件数至少为 1。")
    from zhitongche.app.factory import create_app

    with database(settings) as live:
        beat = Leadership(live.database_url or "")
        try:
            # Beat would hold simulated limits against the real time.
            if not beat.held():
                raise ZhitongcheError("“直通车”正在运行，模拟的时限会被按真实时间处理。请先停止，再运行模拟。")
            return _simulate(create_app(live), args)
        finally:
            beat.give_up()


def _simulate(app: Flask, args: Namespace) -> int:
    from zhitongche.simulation import invariants, isolation, report
    from zhitongche.simulation.run import period, simulate

    first, last = period(args.start, args.end)
    with app.app_context():
        before = isolation.fingerprint(args.tenant) if args.check else None
        ran = simulate(app, args.tenant, first, last, petitions=args.petitions, seed=args.seed, say=_say)
        print(*report.lines(args.tenant, ran), sep="\n")
        if not args.check:
            return 0
        with clock.at(last):
            found = invariants.check(args.tenant, before=before, provider=ran.provider)
    print(*(f"✗ {what}" for what in found) if found else ("✓ 不变量全部成立",), sep="\n")
    return 1 if found else 0


def _say(line: str) -> None:
    print(line, flush=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}”不是日期，应如 2026-01-01") from None
