"""The verifier finds whatever was done to a bag, without database or network (ST-3.7)."""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zhitongche.documents.dossier.bags import AT, chain, unpack, verified, write
from zhitongche.documents.dossier import verify
from zhitongche.documents.dossier.bag import Bag, safe_name

JOURNAL = "data/journal.jsonl"


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    """A bag as it was handed over, in a folder."""
    return unpack(write(tmp_path / "bag.zip", chain(6)), tmp_path / "out")


@pytest.mark.clause("ST-3.7")
def test_a_bag_verifies_as_a_zip_and_as_a_folder(tmp_path: Path) -> None:
    packed = write(tmp_path / "bag.zip", chain(6))
    for path in (packed, unpack(packed, tmp_path / "out")):
        code, told = verified(path)
        assert code == 0, told
        assert "核验通过" in told
        assert "Journal-Entries: 6" in told


def relist(bag: Path) -> None:
    """Make the manifests fit again, as somebody would who knows how bags are made."""
    for manifest, within in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        files = [one for one in bag.rglob("*") if one.is_file() and (one.relative_to(bag).parts[0] == "data") == within]
        names = {one.relative_to(bag).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}
        names.pop("tagmanifest-sha256.txt", None)
        (bag / manifest).write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(names.items())), "utf-8")


def flip(bag: Path, name: str) -> None:
    content = bytearray((bag / name).read_bytes())
    content[len(content) // 2] ^= 1
    (bag / name).write_bytes(content)


@pytest.mark.clause("ST-3.7")
@pytest.mark.parametrize("name", ["data/dossier.pdf", "data/attachments/001-路面照片.jpg", JOURNAL, "bag-info.txt", "README.txt", "manifest-sha256.txt", "bagit.txt"])
def test_one_changed_bit_in_any_file_is_found(bag: Path, name: str) -> None:
    flip(bag, name)
    code, told = verified(bag)
    assert code == 1
    assert name in told


@pytest.mark.parametrize("name", ["data/dossier.pdf", JOURNAL, "README.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt"])
def test_a_removed_file_is_found(bag: Path, name: str) -> None:
    (bag / name).unlink()
    code, told = verified(bag)
    assert code == 1
    assert name in told


@given(st.data())
def test_no_damage_to_a_zip_passes_for_whole_or_stops_the_verifier(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    packed = write(tmp_path_factory.mktemp("bag") / "bag.zip", chain(2))
    with zipfile.ZipFile(packed) as whole:
        # Within what is stored of a file; the zip's own book-keeping may differ without harm.
        ending = data.draw(st.sampled_from(["journal.jsonl", "dossier.pdf", "bag-info.txt"]))
        entry = next(one for one in whole.infolist() if one.filename.endswith(ending))
        truth = whole.read(entry)
    content = bytearray(packed.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename.encode())
    content[data.draw(st.integers(start, start + entry.compress_size - 1))] ^= data.draw(st.integers(1, 255))
    packed.write_bytes(content)
    code = verify.main([str(packed)])
    # The last bits of a packed stream may mean nothing: then what is read is the truth still.
    assert code == 1 or zipfile.ZipFile(packed).read(entry.filename) == truth


@pytest.mark.parametrize("name", ["data/extra.pdf", "data/attachments/.hidden", "extra.txt"])
def test_an_added_file_is_found(bag: Path, name: str) -> None:
    (bag / name).write_bytes(b"more")
    code, told = verified(bag)
    assert code == 1
    assert f"多出文件：{name}" in told


Lines = list[dict[str, object]]


def rewritten(lines: Lines) -> Lines:
    lines[2]["header"] |= {"at": "2026-01-01T00:00:00.000000+00:00"}  # type: ignore[operator]
    return lines


def body(lines: Lines) -> Lines:
    lines[2]["body"] = lines[3]["body"]
    return lines


def renumbered(lines: Lines) -> Lines:
    kept = [*lines[:2], *lines[3:]]
    for seq, line in enumerate(kept, 1):
        line["header"] |= {"seq": seq}  # type: ignore[operator]
    return kept


@pytest.mark.clause("ST-3.7")
@pytest.mark.parametrize(
    ("lay_hands", "told"),
    [
        (lambda lines: [*lines[:2], *lines[3:]], "第 3 条：缺少记录或顺序不符"),
        (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "第 3 条：缺少记录或顺序不符"),
        (renumbered, "第 3 条：与上一条不衔接"),
        (rewritten, "第 3 条：内容与哈希不符"),
        (body, "第 3 条：内容与哈希不符"),
        (lambda lines: lines[:-1], "末尾被截去或增添"),
        (lambda lines: [], "末尾被截去或增添"),
        (lambda lines: [lines[0], {"header": 1}], "第 2 条：读不出来"),
    ],
)
def test_what_was_done_to_the_journal_is_found_even_where_the_lists_were_made_anew(bag: Path, lay_hands: Callable[[Lines], Lines], told: str) -> None:
    path = bag / JOURNAL
    lines = lay_hands([json.loads(line) for line in path.read_text("utf-8").splitlines()])
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    relist(bag)
    code, said = verified(bag)
    assert code == 1
    assert told in said


def test_a_whole_new_chain_is_found_by_its_head(bag: Path) -> None:
    info = bag / "bag-info.txt"
    info.write_text(re.sub(r"Head-SHA256: .*", f"Head-SHA256: {'11' * 32}", info.read_text("utf-8")), "utf-8")
    relist(bag)
    assert "链头与 bag-info.txt 不符" in verified(bag)[1]


def test_the_journal_of_another_petition_is_found(bag: Path) -> None:
    (bag / JOURNAL).write_text("".join(json.dumps(one) + "\n" for one in chain(6, UUID(int=8))), "utf-8")
    relist(bag)
    assert "属于另一件诉求" in verified(bag)[1]


def test_a_damaged_bag_within_a_volume_is_found_and_named(tmp_path: Path) -> None:
    whole = write(tmp_path / "one.zip", chain(3))
    cut = write(tmp_path / "two.zip", chain(3)[:2], claimed={"Journal-Entries": "3"})
    volume = Bag(tmp_path / "volume.zip", "2026", AT)
    volume.add("bags/one.zip", whole)
    volume.add("bags/two.zip", cut)
    volume.close({})
    code, told = verified(tmp_path / "volume.zip")
    assert code == 1
    assert "data/bags/two.zip：" in told
    assert "one.zip" not in told


def test_a_file_that_stands_twice_in_the_zip_is_found(tmp_path: Path) -> None:
    packed = write(tmp_path / "bag.zip", chain(2))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(packed, "a") as more:
        more.writestr("XX2026000001/data/dossier.pdf", b"another")
    assert verified(packed)[0] == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"anything"])
def test_what_is_no_bag_is_told_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert verified(tmp_path / "x.zip")[0] == 2


def test_a_manifest_that_points_outside_is_not_followed(bag: Path) -> None:
    (bag.parent / "outside.txt").write_bytes(b"secret")
    digest = hashlib.sha256(b"secret").hexdigest()
    with (bag / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{digest}  ../outside.txt\n")
    assert "无法识别" in verified(bag)[1]


@given(st.integers(1, 8), st.data())
def test_no_byte_of_a_journal_can_be_other_than_it_was(tmp_path_factory: pytest.TempPathFactory, count: int, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("bag")
    out = unpack(write(folder / "bag.zip", chain(count)), folder / "out")
    path = out / JOURNAL
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert verify.problems(verify.Folder(out)) != []


@given(st.integers(1, 999), st.text(max_size=200))
def test_a_safe_name_is_safe_whatever_the_sender_called_it(position: int, name: str) -> None:
    safe = safe_name(position, name)
    assert not set(safe) & set('/\\:*?"<>|%\n\r\x00')
    assert not safe.startswith((".", "-"))
    assert len(safe.encode()) <= 255
