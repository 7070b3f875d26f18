"""The checker finds every fault of meetings.yaml, at its line, with a remedy in Chinese."""

import pytest

from tests.zhitongche.tenancy.conftest import Folder

FILE = "raoping/meetings.yaml"

FAULTS = [
    # what stands there, what is written instead, what the finding says
    ("    leader: rotation", "    leeder: rotation", "不认识键 leeder"),
    ("weekday: wednesday", "weekday: wensday", "是否应为 wednesday"),
    ("week: 4", "week: 5", "不是1 至 4 的整数"),
    ("on_holiday: next", "on_holiday: never", "不认识遇节假日的处理 never"),
    ("when: -5 wd, after: draft", "when: 5 days before, after: draft", "不是时间"),
    ("when: 4 wd after submit", "when: 4 wd after sumbit", "不认识事项 sumbit"),
    ("after: submit, clause: RP-2.5", "after: hold, clause: RP-2.5", "不认识事项 hold"),
    ("does: coordinate, owes: office", "does: coordinate, owes: ofice", "是否应为 office"),
    ("does: coordinate", "does: koordinate", "是否应为 coordinate"),
    ("does: reply_rest", "does: commit", "commit 重复出现"),
    ("does: hold, owes: triage, when: day", "does: hold, owes: triage, when: 1 wd after", "只有召开会议（hold）落在当日"),
    ("owes: triage, when: 1 wd after, after: hold", "owes: triage, when: -1 wd, after: hold", "事项的先后与日期不符"),
    ("unit: gongan", "unit: gongann", "是否应为 gongan"),
    ("when: county_level, clause", "when: country_level, clause", "是否应为 county_level"),
    ("clause: RP-2.8.b, basis: setting", "clause: RP2.8b, basis: setting", "不是条款号"),
    ("does: fix, owes: leader", "does: fix, owes: office", "与事项“县领导审定当日目录”的办理方（政府办公室）不一致"),
    ("does: approve, owes: leader", "does: approve, owes: supervision", "没有写明督查部门可以办理"),
    ("papers: announcement", "papers: anouncement", "不认识公文 anouncement"),
    ("enlist: draft", "enlist: sometime", "不认识列入时点 sometime"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_a_planted_fault_is_found_at_its_line(folder: Folder, old: str, new: str, said: str) -> None:
    line = folder.change(FILE, old, new)
    findings = folder.findings()
    told = [str(finding) for finding in findings if said in str(finding)]
    assert told, [str(finding) for finding in findings]
    near = {finding.spot.line for finding in findings if finding.spot.file == FILE and said in str(finding)}
    assert not near or line in near or min(abs(line - one) for one in near) <= 20


def test_a_pack_with_meetings_needs_a_flow_that_knows_them_and_words_for_them(folder: Folder) -> None:
    folder.change("raoping/texts/messages.yaml", "meeting_moved:", "meeting_mooved:")
    folder.change("raoping/flow.yaml", "    does: hand_out\n", "    does: note\n")
    told = "\n".join(str(finding) for finding in folder.findings())
    assert "缺少消息 meeting_moved" in told
    assert "没有 does: hand_out 的操作" in told
