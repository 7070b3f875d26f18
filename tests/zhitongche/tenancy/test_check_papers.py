"""The checker finds what is wrong with a pack's papers, at its line, with a remedy in Chinese."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder

LETTER, LIST, FORM = (f"shantou/documents/{kind}.yaml" for kind in ("transfer_letter", "catalogue", "approval_form"))

FAULTS = [
    # file, what stands there, what is written instead, what the finding says
    (LETTER, "layout: letter", "layout: leter", "是否应为 letter"),
    (LETTER, "关于转办{enterprise}诉求的函", "关于转办{enterprize}诉求的函", "是否应为 enterprise"),
    (LETTER, 'addressee: "{lead}"', 'adressee: "{lead}"', "是否应为 addressee"),
    (LETTER, "{if: wish,", "{if: wisch,", "不认识填充项 wisch"),
    (LETTER, 'series: "{sign}企直转"\n', "", "红头公文和信函须有发文机关标志和发文机关代字"),
    (LETTER, "clause: ST-3.2.b", "clause: 3.2", "不是条款号"),
    (LIST, "shows: problem", "shows: problme", "是否应为 problem"),
    (LIST, "approve: leader", "approve: leeder", "是否应为 leader"),
    (LIST, "layout: list", "layout: form", "版式“表单”须写明 boxes"),
    (FORM, "tall: [转办意见, 领导批示]", "tall: [转办意见, 领导批语]", "不认识栏目 领导批语"),
    ("shantou/texts/messages.yaml", "paper_waiting:", "paper_wating:", "公文待办"),
    ("shantou/flow.yaml", "papers: transfer_letter", "papers: transfer_lettr", "是否应为 transfer_letter"),
]


@pytest.mark.parametrize(("file", "old", "new", "says"), FAULTS)
def test_a_planted_fault_is_found_at_its_line_with_a_remedy(folder: Folder, file: str, old: str, new: str, says: str) -> None:
    folder.change(file, old, new)
    found = [finding for finding in folder.findings() if finding.spot.file == file]
    assert says in found[0].what + found[0].remedy


def test_a_file_of_an_unknown_kind_is_refused_instead_of_ignored(folder: Folder) -> None:
    (folder.path / "raoping" / "documents" / "anouncement.yaml").write_text("name: x\n", encoding="utf-8")
    (found,) = folder.findings()
    assert (found.spot.file, found.remedy) == ("raoping/documents/anouncement.yaml", "是否应为 announcement？")


def test_a_paper_that_the_flow_makes_needs_its_template(folder: Folder) -> None:
    (folder.path / "shantou" / "documents" / "transfer_letter.yaml").unlink()
    assert "不认识公文 transfer_letter" in {finding.what for finding in folder.findings()}
