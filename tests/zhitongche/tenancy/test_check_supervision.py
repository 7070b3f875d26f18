"""The checker finds what is wrong with urging by the calendar and with the rule of repeated problems, at its line, with a remedy."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder

URGING = "{kind: urging, every: week, weekday: monday, near: 2 wd, by: [supervision, triage], clause: RP-3.4.b}"
RULE = "repeated: {days: 90, least: 5, times: 2, alike: 4, answer: 10 wd, clause: ST-1.1.4}"
RAOPING, SHANTOU = "raoping/pack.yaml", "shantou/pack.yaml"

FAULTS = [
    # file, what stands there, what is written instead, where it is found, what the finding says
    (RAOPING, URGING, URGING.replace("by: [supervision, triage], ", ""), RAOPING, "由系统自动签发的写 system"),
    (RAOPING, URGING, URGING.replace("[supervision, triage]", "province"), RAOPING, "province"),
    (RAOPING, URGING, URGING.replace("near: 2 wd", "near: 2 weeks"), RAOPING, "不是期限"),
    (RAOPING, URGING, URGING.replace("near: 2 wd", "late_by: 2 wd"), RAOPING, "late_by 只用于梳理未办结诉求清单"),
    (RAOPING, URGING, URGING.replace("near:", "nears:"), RAOPING, "是否应为 near"),
    ("raoping/texts/messages.yaml", "urging_ready:", "urging_redy:", "raoping/texts/messages.yaml", "催办名单待签发"),
    ("raoping/flow.yaml", "through: urging", "through: urgings", "raoping/flow.yaml", "是否应为 urging"),
    ("raoping/flow.yaml", "    through: urging\n", "", RAOPING, "没有 through: urging 的催办操作"),
    (SHANTOU, RULE, RULE.replace("days: 90", "days: 3"), SHANTOU, "14"),
    (SHANTOU, RULE, RULE.replace("alike", "alikes"), SHANTOU, "是否应为 alike"),
    ("shantou/texts/messages.yaml", "finding_sent:", "finding_send:", "shantou/texts/messages.yaml", "收到整改建议函"),
]


@pytest.mark.parametrize(("file", "old", "new", "where", "says"), FAULTS)
def test_a_planted_fault_is_found_with_a_remedy(folder: Folder, file: str, old: str, new: str, where: str, says: str) -> None:
    folder.change(file, old, new)
    found = [finding for finding in folder.findings() if finding.spot.file == where]
    assert any(says in finding.what + finding.remedy for finding in found)


def test_a_pack_that_writes_findings_needs_its_letter(folder: Folder) -> None:
    (folder.path / "shantou" / "documents" / "finding_letter.yaml").unlink()
    assert "不认识公文 finding_letter" in {finding.what for finding in folder.findings()}
