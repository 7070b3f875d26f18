"""The register's CSV is checked before it is loaded."""

from pathlib import Path

from tests.zhitongche.tenancy.conftest import Folder
from zhitongche.tenancy.register_file import faults

HEAD = "credit_code,name,area_code,status,legal_person,address,industry\n"
ROW = "91350100M000100Y43,某公司,350100,存续,某人,某路1号,制造\n"


def test_a_wrong_check_digit_is_found_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HEAD + ROW + ROW.replace("Y43", "Y44"), encoding="utf-8")
    assert faults(tmp_path / "r.csv") == [(3, "统一社会信用代码 91350100M000100Y44 不正确")]


def test_a_code_met_twice_is_found(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HEAD + ROW + ROW, encoding="utf-8")
    assert faults(tmp_path / "r.csv") == [(3, "91350100M000100Y43 重复出现")]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(HEAD.replace(",industry", ""), encoding="utf-8")
    assert faults(tmp_path / "r.csv") == [(1, "缺少 industry")]


def test_the_checker_of_packs_reads_the_register(folder: Folder) -> None:
    path = folder.path / "raoping/register.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("91445122", "91445123", 1), encoding="utf-8")
    found = folder.findings()
    assert [(f.spot.file, f.spot.line) for f in found] == [("raoping/register.csv", 2)]
