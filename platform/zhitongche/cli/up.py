"""`up`: run the whole product in the foreground."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace

from zhitongche.deployment import supervisor
from zhitongche.kernel.settings import Settings


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--port", type=int, metavar="端口", help="网站端口，默认 8000")
    parser.add_argument("--no-demo", action="store_true", help="不载入演示数据")


def run(args: Namespace) -> int:
    """Run until Ctrl-C."""
    settings = Settings.from_env()
    if args.port is not None:
        settings = replace(settings, port=args.port)
    supervisor.up(settings, demo=not (args.no_demo or settings.production))
    return 0
