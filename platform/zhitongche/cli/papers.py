"""`papers`: samples of a tenant's official papers (公文样张)."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from zhitongche.kernel import clock
from zhitongche.kernel.errors import NotFound
from zhitongche.kernel.settings import Settings
from zhitongche.tenancy import packs
from zhitongche.tenancy.papers_vocabulary import LAYOUTS


def configure(parser: ArgumentParser) -> None:
    """What may follow the word."""
    words = parser.add_subparsers(title="命令", metavar="命令", required=True)
    one = words.add_parser("sample", help="用示例内容排出某租户的每一种公文（PDF、Word、PNG）")
    one.add_argument("--tenant", required=True, metavar="租户", help="租户代码")
    one.add_argument("--out", required=True, type=Path, metavar="目录", help="样张写到此目录")
    one.add_argument("--watermark", default="", metavar="文字", help="加上水印")


def run(args: Namespace) -> int:
    """Set every kind, telling how long each took."""
    from zhitongche.documents import samples, typesetting, word

    settings = Settings.from_env()
    registry = packs.of(settings)
    if args.tenant not in registry:
        raise NotFound(f"没有名为“{args.tenant}”的租户，现有：{'、'.join(registry)}")
    args.out.mkdir(parents=True, exist_ok=True)
    pack, fonts = registry[args.tenant], settings.data_dir / "fonts"
    for kind, template in pack.papers.items():
        content = {**samples.sample(pack, template), "watermark": args.watermark}
        began = time.monotonic()
        (args.out / f"{kind}.pdf").write_bytes(typesetting.pdf(content, at=clock.now(), own_fonts=fonts))
        middle = time.monotonic()
        (args.out / f"{kind}.docx").write_bytes(word.docx(content))
        done = time.monotonic()
        for page, picture in enumerate(typesetting.png(content, own_fonts=fonts), start=1):
            (args.out / f"{kind}-{page}.png").write_bytes(picture)
        print(f"✓ {template.name}（{LAYOUTS[template.layout]}）　PDF {middle - began:.2f} 秒　Word {done - middle:.2f} 秒　{args.out / kind}.*")
    return 0
