"""The command `zhitongche` (命令行)."""

import importlib
import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from types import ModuleType

from zhitongche.cli.chinese import Parser, speak_chinese
from zhitongche.cli.words import all_words
from zhitongche.kernel.errors import Invalid, ZhitongcheError
from zhitongche.kernel.words import INVALID


def main(argv: Sequence[str] | None = None) -> None:
    """Run one word and exit: 0 done, 1 failed with a reason, 2 not understood, 130 interrupted."""
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run one word; its exit status."""
    speak_chinese()
    args, module = parse(argv)
    if module is None:
        return 0
    try:
        return int(module.run(args))
    except ZhitongcheError as error:
        # A command line has no field to stand beside: what is wrong with each is told in the open.
        told = error.errors.values() if isinstance(error, Invalid) and error.message == INVALID else [error.message]
        print("\n".join(f"✗ {each}" for each in told), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader (head, less) had enough: what Python still wants to flush goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parse(argv: list[str]) -> tuple[Namespace, ModuleType | None]:
    """What was asked for, and the module that does it; exits with status 2 where it is not understood."""
    chosen = argv[0] if argv else "help"
    parser = Parser(prog="zhitongche", description="直通车：企业诉求受理、办理与答复平台", allow_abbrev=False)
    known = all_words()
    words = parser.add_subparsers(title="命令", metavar="命令", dest="word")
    module = None
    for name, word in known.items():
        sub = words.add_parser(name, help=word.help, description=word.help, allow_abbrev=False)
        if name == chosen:
            # Only the chosen word is imported: `help` must answer at once.
            module = importlib.import_module(word.module if "." in word.module else f"zhitongche.cli.{word.module}")
            module.configure(sub)
    words.add_parser("help", help="显示本帮助")
    args, rest = parser.parse_known_args(argv)
    if rest and not (chosen in known and known[chosen].passes_on):
        parser.error(f"不认识的参数：{' '.join(rest)}")
    args.rest = rest
    if module is None:
        parser.print_help()
    return args, module
