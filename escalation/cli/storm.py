"""`storm`: the bridge's rehearsal, with lost messages and killed processes; 0 where everything held."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from escalation.cli.federation import example
from zhitongche.kernel.errors import Invalid
from zhitongche.kernel.settings import Settings

if TYPE_CHECKING:
    from escalation.federation.figures import Figures

SMALL = (12, 1.0, 5.0)
LARGE = (10_000, 24 * 60.0, 2.0)
"""Cases, minutes at most, seconds between two kills: a small machine needs seconds to start what was killed."""


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    parser.add_argument("--plan", type=Path, default=example(), metavar="文件", help="联调方案，默认 docs/federation.example.yaml")
    parser.add_argument("--small", action="store_true", help=f"小演练：{SMALL[0]} 件，约 {SMALL[1]:g} 分钟")
    parser.add_argument("--cases", type=int, metavar="件数", help=f"诉求件数，默认 {LARGE[0]}")
    parser.add_argument("--minutes", type=float, metavar="分钟", help="故障最多持续几分钟；到时不再开始新的诉求。默认直到全部办完")
    parser.add_argument("--every", type=float, metavar="秒", help=f"平均几秒强杀一个进程，默认 {LARGE[2]:g}")
    parser.add_argument("--seed", type=int, default=7, metavar="种子", help="随机种子，默认 7")
    parser.add_argument("--json", type=Path, metavar="文件", help="把结果另存为 JSON")


def run(args: Namespace) -> int:
    """In a folder of its own, which is gone afterwards unless something did not hold."""
    from escalation.federation.rehearsal import rehearse

    settings = Settings.from_env()
    if settings.production:
        raise Invalid({"ZHITONGCHE_ENVIRONMENT": "production"}, "演练只用于试验，不能在正式环境中进行。")
    cases, minutes, pace = SMALL if args.small else LARGE
    folder = Path(tempfile.mkdtemp(prefix="zhitongche-storm-"))
    # Each broken line would be told at length; what matters is counted, and the deployments have logs of their own.
    logging.disable(logging.ERROR)
    found = rehearse(
        settings, args.plan, folder, cases=args.cases or cases, minutes=args.minutes or minutes, pace=args.every or pace,
        seed=args.seed,
    )  # fmt: skip
    print(*found.lines(), sep="\n")
    if args.json:
        args.json.write_text(json.dumps(found.plain(), ensure_ascii=False, indent=1), "utf-8")
    return _kept(found, folder)


def _kept(found: Figures, folder: Path) -> int:
    if found.faults:
        print(f"  各部署的数据和日志留在 {folder}")
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    return 0
