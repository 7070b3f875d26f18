"""Whatever is done to the journal, the seals that the neighbours keep show it."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, func, select, text

from escalation.carriage import proving, sealing
from escalation.cli import seals as seals_word
from escalation.ledger.seal_tables import BridgeKeptSeal, BridgeSeal, BridgeSealSpan
from escalation.ledger.tables import BridgeHeld
from tests.escalation.levels import Levels
from tests.support.database import Database
from tests.support.processes import PATIENCE
from zhitongche import journal
from zhitongche.journal.chain import FIELDS, Header, header_bytes, link
from zhitongche.journal.tables import JournalEntry
from zhitongche.kernel import clock as kernel_clock
from zhitongche.persistence import admin, db, tenant_scope, unit_of_work


@pytest.fixture
def sealed(levels: Levels, clock: kernel_clock.Simulated) -> Levels:
    """Two cases of the county's, sealed in two seals that the city keeps."""
    with tenant_scope("raoping"):
        levels.below.hand_in()
    levels.send_up()
    sealing.seal("raoping")
    clock.advance(timedelta(minutes=10))
    levels.carry()
    sealing.seal("raoping")
    return levels


@contextmanager
def owner(database: Database) -> Iterator[Connection]:
    """Somebody with all rights over the database, and no key of ours."""
    with admin.as_owner(database.admin_url) as connection:
        connection.execute(text("select set_config('app.tenant', 'raoping', false)"))
        yield connection
        connection.commit()


def kept() -> int:
    with tenant_scope("chaozhou"):
        return db.session.scalar(select(func.count()).select_from(BridgeKeptSeal)) or 0


def wrong() -> str:
    db.session.remove()
    return "\n".join(proving.prove("raoping").wrong)


def test_seals_are_kept_above_and_the_untouched_journal_agrees_with_them(sealed: Levels) -> None:
    proof = proving.prove("raoping")
    assert (proof.wrong, proof.notes, proof.seals, proof.compared, kept()) == ([], [], 2, 2, 2)
    with tenant_scope("raoping"):
        assert proof.entries == db.session.scalar(select(func.count()).select_from(JournalEntry))


def test_nothing_new_needs_no_seal_and_what_is_new_follows_the_last(sealed: Levels) -> None:
    sealing.seal("raoping")
    assert kept() == 2
    sealed.down("supplement", "enterprise", text="补充一点情况")
    sealing.seal("raoping")
    with tenant_scope("raoping"):
        rows = list(db.session.scalars(select(BridgeSeal).order_by(BridgeSeal.number)))
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:2]]
    assert kept() == 3


def test_an_entry_that_is_still_being_committed_is_sealed_the_next_time(levels: Levels, bridge_app: Flask) -> None:
    with tenant_scope("raoping"):
        petition_id, written, sealed = levels.below.hand_in().id, Event(), Event()

    def act() -> None:
        with bridge_app.app_context(), tenant_scope("raoping"), unit_of_work():
            journal.append(petition_id, action="note", actor=journal.SYSTEM, clause=None, from_stage=None, to_stage=None, body={})
            written.set()
            sealed.wait(PATIENCE)

    slow = Thread(target=act)
    slow.start()
    written.wait(PATIENCE)
    sealing.seal("raoping")
    sealed.set()
    slow.join()
    sealing.seal("raoping")
    with tenant_scope("raoping"):
        spans = db.session.scalars(select(BridgeSealSpan).order_by(BridgeSealSpan.number)).all()
    assert [(span.first, span.last) for span in spans] == [(1, 1), (2, 2)]
    assert wrong() == ""


def _first(connection: Connection) -> UUID:
    found: UUID = connection.execute(text("select petition_id from dossier_key order by petition_id limit 1")).scalar_one()
    return found


def cut(connection: Connection) -> None:
    """The last entry of a case, with the tail that its own chain is measured by."""
    connection.execute(text("delete from journal_entry e using dossier_key k where k.petition_id = e.petition_id and e.seq = k.tail_seq"))
    connection.execute(text(
        "update dossier_key k set tail_seq = e.seq, tail_hash = e.hash from journal_entry e"
        " where e.petition_id = k.petition_id and e.seq = (select max(seq) from journal_entry where petition_id = k.petition_id)"
    ))  # fmt: skip
    connection.execute(text("delete from dossier_key k where not exists (select from journal_entry e where e.petition_id = k.petition_id)"))


def drop(connection: Connection) -> None:
    """A whole case."""
    for table in ("journal_entry", "dossier_key"):
        connection.execute(text(f"delete from {table} where petition_id = :id"), {"id": _first(connection)})


def rewrite(connection: Connection) -> None:
    """A whole chain with another time in its first entry and all hashes computed anew, as somebody would who knows how."""
    petition = _first(connection)
    rows = connection.execute(text("select * from journal_entry where petition_id = :id order by seq"), {"id": petition}).mappings().all()
    previous = bytes(32)
    for row in rows:
        told: dict[str, Any] = {name: row[name] for name in FIELDS}
        told["at"] -= timedelta(days=30)
        new = link(previous, header_bytes(Header(**told)), bytes(row["body"]))
        connection.execute(
            text("update journal_entry set at = :at, prev_hash = :previous, hash = :hash where petition_id = :id and seq = :seq"),
            {"at": told["at"], "previous": previous, "hash": new, "id": petition, "seq": row["seq"]},
        )
        previous = new
    connection.execute(text("update dossier_key set tail_hash = :hash where petition_id = :id"), {"hash": previous, "id": petition})


@pytest.mark.parametrize(("lay_hands", "told"), [(cut, "缺少 1 条"), (drop, "缺少"), (rewrite, "被改写，并重新计算了哈希")])
def test_a_cut_tail_a_dropped_case_and_a_rewritten_chain_are_found(
    sealed: Levels, tenant_db: Database, lay_hands: Callable[[Connection], None], told: str
) -> None:
    with owner(tenant_db) as connection:
        lay_hands(connection)
    assert told in wrong()
    assert "对不上" in wrong()


@pytest.mark.parametrize("lay_hands", [cut, drop, rewrite])
def test_they_are_found_even_where_our_own_seals_were_thrown_away_and_made_anew(
    sealed: Levels, tenant_db: Database, lay_hands: Callable[[Connection], None]
) -> None:
    with owner(tenant_db) as connection:
        lay_hands(connection)
        connection.execute(text("delete from bridge_seal_span"))
        connection.execute(text("delete from bridge_seal"))
    db.session.remove()
    with tenant_scope("raoping"), unit_of_work():
        sealing.draw()
    found = wrong()
    assert "第 1 号存证与“chaozhou”保管的不一致" in found
    assert "第 2 号存证" in found


def test_seals_thrown_away_at_the_end_together_with_what_they_cover_are_missed(sealed: Levels, tenant_db: Database) -> None:
    with owner(tenant_db) as connection:
        connection.execute(text("delete from journal_entry e using bridge_seal_span s where s.number = 2 and s.petition_id = e.petition_id and e.seq >= s.first"))
        connection.execute(text(
            "update dossier_key k set tail_seq = e.seq, tail_hash = e.hash from journal_entry e"
            " where e.petition_id = k.petition_id and e.seq = (select max(seq) from journal_entry where petition_id = k.petition_id)"
        ))  # fmt: skip
        connection.execute(text("delete from bridge_seal_span where number = 2"))
        connection.execute(text("delete from bridge_seal where number = 2"))
    assert "第 2 号存证" in wrong()
    assert "本级却没有" in wrong()


def test_a_neighbour_told_two_seals_of_one_number_keeps_the_first_and_tells_a_person(sealed: Levels, tenant_db: Database) -> None:
    with owner(tenant_db) as connection:
        connection.execute(text("delete from bridge_seal_span where number = 2"))
        connection.execute(text("delete from bridge_seal where number = 2"))
    db.session.remove()
    sealed.down("supplement", "enterprise", text="补充一点情况")
    sealing.seal("raoping")
    with tenant_scope("chaozhou"):
        assert any("两份不同的存证" in reason for reason in db.session.scalars(select(BridgeHeld.reason)))
    sealing.seal("raoping")
    with tenant_scope("raoping"):
        assert list(db.session.scalars(select(BridgeSeal.number).order_by(BridgeSeal.number))) == [1, 3]
    assert "第 2 号存证" in wrong()


def test_without_any_neighbours_copy_that_is_said(sealed: Levels) -> None:
    proof = proving.prove("raoping", {})
    assert (proof.wrong, proof.compared) == ([], 0)
    assert "没有任何相邻单位" in proof.notes[0]


def test_a_neighbours_file_does_instead_of_asking_it(sealed: Levels, tenant_db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "chaozhou.txt"
    seals_word.export(Namespace(of="raoping", file=file), ["chaozhou"])
    assert seals_word.verify(Namespace(kept=[file]), ["raoping"]) == 0
    assert "逐一核对" in capsys.readouterr().out
    with owner(tenant_db) as connection:
        drop(connection)
    db.session.remove()
    assert seals_word.verify(Namespace(kept=[file]), ["raoping"]) == 1
    assert "缺少" in capsys.readouterr().out
