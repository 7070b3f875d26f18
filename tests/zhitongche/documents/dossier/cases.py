"""A case with something in every section of its dossier, and files of every kind, sound and broken."""

from __future__ import annotations

import zlib
from datetime import timedelta
from functools import cache
from struct import pack as packed

import typst

from tests.support.stage import Play
from zhitongche import documents, outbox
from zhitongche.casework.uploads import Upload
from zhitongche.kernel import clock as kernel_clock

LEAD = "jiaotong"


@cache
def pdf(pages: int = 2, *, wide: bool = False) -> bytes:
    """A PDF of somebody else's."""
    text = "\n".join(f"#page(flipped: {str(wide).lower()})[Survey of the road, sheet {n + 1}]" for n in range(pages))
    return bytes(typst.compile(text.encode(), format="pdf"))


def png(width: int = 40, height: int = 30) -> bytes:
    """A picture, as small as one can be."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return packed(">I", len(body)) + kind + body + packed(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\x00" + bytes((x * 6, y * 8, 120) * 1)[:3] * width for y, x in ((y, y) for y in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", packed(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def files() -> list[Upload]:
    """Sound and broken, of kinds that can be shown and that cannot."""
    return [
        Upload("测绘报告.pdf", pdf(3)), Upload("平面图（横版）.pdf", pdf(1, wide=True)), Upload("路面照片.png", png()), Upload("情况说明.txt", "现场照片三张。\n联系电话 13800001234。".encode()),
        Upload("被截断的扫描件.pdf", pdf(3)[:3000]), Upload("../../上级 目录\x07.png", png()[:50] + b"\x00" * 30),
    ]  # fmt: skip


def carried_out() -> None:
    """What the worker does when it is woken, for papers."""
    assert outbox.relay(documents.HANDLERS, timedelta(seconds=30)).failed == 0


def handled(play: Play, clock: kernel_clock.Simulated, *, uploads: list[Upload] | None = None, satisfied: bool = True) -> None:
    """From the enterprise's form, with files, to the call-back that closes the case."""
    play.hand_in(files=files() if uploads is None else uploads)
    play.act("propose", "triage", accept_ground=next(iter(play.pack.grounds_accept)), category="complaint", proposed=play.unit(LEAD))
    play.act("confirm", LEAD)
    play.act("fix", "triage", lead=play.unit(LEAD), co=[play.unit("chaonan")], opinion="请会同属地修复路面，并将结果告知企业。")
    play.act("issue", "triage")
    clock.advance(timedelta(hours=3))
    play.act("contact", LEAD, how="phone", happened=clock.now(), text="已告知承办人员并了解情况，约定明日现场查看。")
    clock.advance(timedelta(hours=2))
    play.act("reply_part", "chaonan", reply="属地已配合清障并做好交通疏导。")
    play.act("reply", LEAD, reply="已完成路面修复，恢复通行。", resolution="resolved")
    play.act("call_back", "triage", how="phone", happened=clock.now(), with_whom="陈静", satisfaction="satisfied" if satisfied else "unsatisfied")
    carried_out()
