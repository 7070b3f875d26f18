"""From the asking to the finished dossier, as the worker makes it (ST-3.7, ST-5.1)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from datetime import date, timedelta
from pathlib import Path
from struct import pack

import pytest

from tests.support.stage import Play
from tests.zhitongche.documents.dossier.bags import verified
from tests.zhitongche.documents.dossier.cases import carried_out, files, handled, pdf, png
from zhitongche import documents, journal, outbox
from zhitongche.casework import disclosures, exports, replay
from zhitongche.casework.queries import dossier as cases
from zhitongche.casework.uploads import Upload
from zhitongche.documents.dossier import asking, collecting, keeping, making, probe, setting, words
from zhitongche.documents.dossier.contents import Contents
from zhitongche.documents.dossier.tables import DossierJob
from zhitongche.kernel import clock as kernel_clock
from zhitongche.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from zhitongche.persistence import db, unit_of_work

WHY = "年度归档"


def ask(play: Play, who: str = "triage") -> DossierJob:
    actor = play.actor(who)
    with unit_of_work():
        return asking.ask(play.id, WHY, actor)


def worked() -> None:
    """What the worker does when it is woken."""
    assert outbox.relay(making.HANDLERS, timedelta(seconds=60)).failed == 0


def taken(play: Play, job: DossierJob, form: keeping.Form = "zip", who: str = "triage") -> Path:
    actor = play.actor(who)
    with unit_of_work():
        return keeping.taken(job.id, form, actor)


def packed(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as bag:
        return {name.partition("/")[2]: bag.read(name) for name in bag.namelist()}


@pytest.mark.clause("ST-3.7")
def test_the_dossier_holds_every_paper_attachment_record_and_entry_and_proves_itself(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock)
    job = ask(shantou)
    worked()
    bag = taken(shantou, job)
    code, told = verified(bag)
    assert code == 0, told
    held = packed(bag)
    dossier = json.loads(held["data/dossier.json"])
    assert [one["name"] for one in dossier["sections"]] == ["诉求登记", "公文", "附件", "办理材料", "办理经过", "查阅情况"]
    papers = documents.papers_of_petition(shantou.id)
    assert papers
    assert [one["title"] for one in dossier["sections"][1]["parts"]] == [paper.title for paper in papers]
    assert len([name for name in held if name.startswith("data/papers/")]) == 2 * len(papers)
    originals = sorted(content for name, content in held.items() if name.startswith("data/attachments/"))
    assert originals == sorted(one.content for one in files())
    assert len(held["data/journal.jsonl"].splitlines()) == len(journal.entries(shantou.id))
    assert held["data/dossier.pdf"] == taken(shantou, job, "pdf").read_bytes()


@pytest.mark.clause("ST-3.7")
def test_within_a_section_the_parts_stand_in_order_of_time(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock)
    for section in collecting.collect(shantou.id, shantou.actor("triage")).sections:
        if section.code in {"papers", "files"}:
            moments = [part.at for part in section.parts if part.at]
            assert moments == sorted(moments)


@pytest.mark.clause("ST-5.1")
def test_an_export_stands_in_the_journal_and_in_the_read_log_with_its_purpose(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock)
    job = ask(shantou)
    worked()
    last = journal.entries(shantou.id)[-1]
    assert (last.action, last.actor_name, last.body) == ("export", "triage某", {"name": words.WHAT["petition"], "why": WHY})
    assert replay.broken(shantou.id) == []
    taken(shantou, job)
    assert [read.why for read in cases.reads(shantou.id)] == [f"{words.WHAT['petition']}：{WHY}", f"下载案卷归档包：{WHY}"]
    assert f"导出：{words.WHAT['petition']}" in packed(taken(shantou, job))["data/journal.txt"].decode()


def test_a_job_done_twice_is_journalled_once(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    job = ask(shantou)
    message = outbox.Message(job.id, asking.TOPIC, None, {"job": str(job.id)}, job.asked_at, 1)
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(making, "collect", lambda *_: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            making.make(message)
    assert "自动重试" in db.session.get_one(DossierJob, (job.tenant_id, job.id)).error
    making.make(message)
    making.make(message)
    assert [one.action for one in journal.entries(shantou.id)].count("export") == 1
    assert verified(taken(shantou, job))[0] == 0


def test_whoever_comes_late_is_told_what_was_done_and_not_that_somebody_took_a_copy(shantou: Play) -> None:
    read = shantou.hand_in().version
    ground = next(iter(shantou.pack.grounds_accept))
    shantou.act("propose", "triage", accept_ground=ground, category="complaint", proposed=shantou.unit("jiaotong"))
    with unit_of_work():
        exports.record(shantou.id, shantou.actor("leader"), what="案卷", why=WHY)
    with pytest.raises(Conflict, match="triage某已对该诉求件作了“受理并通知拟承办单位”"):
        shantou.act("confirm", "jiaotong", version=read)


def test_asking_twice_is_one_job(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    assert ask(shantou).id == ask(shantou).id
    worked()
    assert len(asking.of_petition(shantou.id, shantou.actor("triage"))) == 1


@pytest.mark.parametrize("why", ["", "看", "长" * 201])
def test_nobody_takes_a_dossier_without_saying_why(shantou: Play, why: str) -> None:
    shantou.hand_in()
    with pytest.raises(Invalid), unit_of_work():
        asking.ask(shantou.id, why, shantou.actor("triage"))


@pytest.mark.clause("ST-5.1")
def test_whoever_lost_the_right_to_read_before_the_worker_came_gets_nothing(shantou: Play, clock: kernel_clock.Simulated) -> None:
    shantou.hand_in()
    approve(shantou, "zhujian", date(2026, 3, 8))
    job = ask(shantou, "zhujian")
    clock.advance(timedelta(days=3))
    worked()
    row = asking.of_petition(shantou.id, shantou.actor("zhujian"))[0].row
    assert (row.state, row.error) == ("failed", words.NO_LONGER)
    assert not keeping.folder_of(job.id).exists()
    assert [one.action for one in journal.entries(shantou.id)].count("export") == 0


def approve(play: Play, who: str, until: date) -> None:
    actor = play.actor(who)
    with unit_of_work():
        disclosures.ask(play.petition.number, "核对历史权属资料", until, actor)
    with unit_of_work():
        disclosures.decide(disclosures.waiting(play.actor("leader"))[0].disclosure.id, agreed=True, actor=play.actor("leader"))


@pytest.mark.clause("ST-5.1")
def test_what_is_read_by_approval_hides_the_middle_of_mobiles(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    approve(shantou, "zhujian", date(2026, 3, 20))
    job = ask(shantou, "zhujian")
    worked()
    told = packed(taken(shantou, job, who="zhujian"))["data/dossier.json"].decode()
    assert "138****1234" in told
    assert "13800001234" not in told
    assert "阅卷记录" not in told


@pytest.mark.clause("ST-5.1")
def test_a_made_dossier_is_its_askers_alone(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    job = ask(shantou)
    worked()
    for other in ("leader", "supervision", "zhujian"):
        with pytest.raises(NotFound):
            taken(shantou, job, who=other)


def test_a_broken_journal_is_told_and_not_packed(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    job = ask(shantou)
    with pytest.MonkeyPatch.context() as tampered:
        tampered.setattr(journal, "verify", lambda _: (_ for _ in ()).throw(journal.ChainBroken(2, "内容与哈希不符")))
        worked()
    row = asking.of_petition(shantou.id, shantou.actor("triage"))[0].row
    assert (row.id, row.state, row.error) == (job.id, "failed", words.BROKEN)


def typeset(contents: Contents) -> int:
    return setting.made(contents, maker="某", watermark="", at=kernel_clock.now()).pages


def test_an_attachment_that_is_not_what_was_handed_in_is_told_and_not_passed_on(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=files()[:1])
    contents = collecting.collect(shantou.id, shantou.actor("triage"))
    file = next(section for section in contents.sections if section.code == "files").parts[0].file
    assert file
    whole = typeset(contents)
    file.path.write_bytes(pdf(5))
    # Neither the three pages handed in nor the five put in their place, but one sheet that says so.
    assert typeset(contents) == whole - 2
    job = ask(shantou)
    worked()
    bag = taken(shantou, job)
    assert verified(bag)[0] == 0
    assert not [name for name in packed(bag) if name.startswith("data/attachments/")]


def test_a_picture_that_claims_to_be_enormous_becomes_a_sheet_and_takes_nobody_with_it(shantou: Play) -> None:
    whole = png()
    shantou.hand_in(files=[Upload("很小的图.png", whole[:16] + pack(">II", 60_000, 60_000) + whole[24:])])
    file = next(section for section in collecting.collect(shantou.id, shantou.actor("triage")).sections if section.code == "files").parts[0].file
    assert file
    command = [sys.executable, "-I", probe.__file__, str(file.path), "png"]
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0
    ask(shantou)
    worked()
    assert asking.of_petition(shantou.id, shantou.actor("triage"))[0].row.state == "done"


def test_made_dossiers_go_after_some_days(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    job = ask(shantou)
    worked()
    with unit_of_work():
        assert keeping.expired() == []
    clock.advance(keeping.KEPT + timedelta(minutes=1))
    with unit_of_work():
        gone = keeping.expired()
    keeping.forget(gone)
    assert gone == [job.id]
    assert not keeping.folder_of(job.id).exists()
    with pytest.raises(NotFound):
        taken(shantou, job)


@pytest.mark.clause("ST-3.7")
def test_a_volume_lists_the_closed_cases_of_a_year_and_a_unit_and_every_bag_in_it_verifies(shantou: Play, clock: kernel_clock.Simulated) -> None:
    numbers = []
    for _ in range(3):
        handled(shantou, clock, uploads=[])
        numbers.append(shantou.petition.number)
    shantou.hand_in(title="尚未办结的另一件事项请协调")
    unit_id = shantou.actor("jiaotong").unit_id
    with unit_of_work():
        asking.ask_volume(2026, unit_id, WHY, shantou.actor("supervision"))
    worked()
    job = asking.volumes(shantou.actor("supervision"))[0]
    assert (job.row.state, job.percent) == ("done", 100)
    bag = taken(shantou, job.row, who="supervision")
    code, told = verified(bag)
    assert code == 0, told
    held = packed(bag)
    rows = json.loads(held["data/volume.json"])["petitions"]
    assert [row["number"] for row in rows] == sorted(numbers)
    assert all(row["pages"] > 3 for row in rows)
    assert sorted(name for name in held if "bags/" in name) == [f"data/bags/{number}.zip" for number in sorted(numbers)]


def test_a_volume_is_made_in_slices_and_others_get_their_turn(shantou: Play, clock: kernel_clock.Simulated, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        handled(shantou, clock, uploads=[])
    monkeypatch.setattr(making, "SLICE", 0.0)
    with unit_of_work():
        job = asking.ask_volume(2026, None, WHY, shantou.actor("triage"))
    making.make(outbox.Message(job.id, asking.TOPIC, None, {"job": str(job.id)}, job.asked_at, 1))
    half = asking.volumes(shantou.actor("triage"))[0]
    assert (half.row.state, half.percent) == ("working", 42)
    worked()
    assert asking.volumes(shantou.actor("triage"))[0].row.state == "done"


def test_only_those_who_bind_ask_for_a_volume_and_only_for_what_there_is(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock, uploads=[])
    for who in ("leader", "jiaotong", "admin"):
        with pytest.raises(Forbidden):
            asking.ask_volume(2026, None, WHY, shantou.actor(who))
    with pytest.raises(Invalid) as empty:
        asking.ask_volume(2025, None, WHY, shantou.actor("triage"))
    assert empty.value.errors == {"year": words.EMPTY}


@pytest.mark.clause("ST-3.7")
def test_raopings_dossier_is_made_by_the_same_hands(raoping: Play) -> None:
    raoping.hand_in(files=files()[:2])
    carried_out()
    job = ask(raoping)
    worked()
    assert verified(taken(raoping, job))[0] == 0


def test_fifty_papers_are_one_dossier(shantou: Play, clock: kernel_clock.Simulated) -> None:
    handled(shantou, clock)
    named = ("title", "enterprise", "received", "tenant", "number", "reply", "resolution", "hotline", "unit")
    facts = dict.fromkeys(named, "汕头市关于厂区门口道路修复情况的说明") | {"reply": "路面已修复，恢复通行。" * 60}
    for _ in range(50):
        with unit_of_work():
            documents.draft("reply_letter", about=documents.About.petition(shantou.id), facts=facts, actor=shantou.actor("triage"))
    began = time.monotonic()
    job = ask(shantou)
    worked()
    bag = taken(shantou, job)
    print(f"\n{len(documents.papers_of_petition(shantou.id))} papers: {time.monotonic() - began:.2f} s, {bag.stat().st_size:,} bytes")
    assert verified(bag)[0] == 0
    assert len([name for name in packed(bag) if name.startswith("data/papers/")]) > 100
