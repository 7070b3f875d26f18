"""Every way of tampering, planted as superuser."""

from uuid import UUID

import pytest
from sqlalchemy import text

from tests.support.database import Database
from tests.support.officers import Officer, write
from zhitongche import journal
from zhitongche.journal import ChainBroken
from zhitongche.kernel import ids
from zhitongche.kernel.clock import Simulated
from zhitongche.kernel.errors import Conflict
from zhitongche.persistence import TenantSession, tenant_scope, unit_of_work


def plant(database: Database, statement: str, petition: UUID) -> None:
    with database.superuser.begin() as connection:
        assert connection.execute(text(statement), {"petition": petition}).rowcount > 0


@pytest.mark.clause("ST-3.7")
def test_what_was_done_is_read_back_in_order_with_who_and_by_which_clause(
    session: TenantSession, clock: Simulated
) -> None:
    petition, officer = ids.new_id(), Officer(ids.new_id(), unit_id=ids.new_id())
    with unit_of_work():
        journal.append(
            petition,
            action="submit",
            actor=journal.SYSTEM,
            clause=None,
            from_stage=None,
            to_stage="new",
            body={},
        )
        journal.append(
            petition,
            action="accept",
            actor=officer,
            clause="ST-3.1.1",
            from_stage="new",
            to_stage="accepted",
            body={"意见": "同意受理", "金额": 12, "名单": ["甲", "乙"]},
        )
    first, second = journal.entries(petition)
    assert (first.seq, first.actor_kind, first.actor_name, first.body) == (1, "system", "系统", {})
    assert (second.seq, second.at, second.action, second.clause) == (2, clock.now(), "accept", "ST-3.1.1")
    assert (second.from_stage, second.to_stage) == ("new", "accepted")
    assert (second.actor_id, second.unit_id, second.actor_name) == (
        officer.person_id,
        officer.unit_id,
        "林晓敏",
    )
    assert second.body == {"意见": "同意受理", "金额": 12, "名单": ["甲", "乙"]}
    journal.verify(petition)


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("set body = set_byte(body, 20, get_byte(body, 20) # 1) where seq = 3", 3),
        ("set clause = 'ST-9' where seq = 2", 2),
        ("set actor_id = id where seq = 4", 4),
        ("set at = at + interval '1 microsecond' where seq = 1", 1),
        ("set to_stage = null where seq = 5", 5),
        ("set hash = sha256(hash) where seq = 5", 5),
        ("set prev_hash = sha256(prev_hash) where seq = 2", 2),
        ("set seq = 7 - seq - 2 + 100 where seq in (2, 3)", 2),
    ],
)
def test_any_changed_byte_is_found(tenant_db: Database, petition: UUID, change: str, seq: int) -> None:
    plant(tenant_db, f"update journal_entry {change} and petition_id = :petition", petition)
    with pytest.raises(ChainBroken) as broken:
        journal.verify(petition)
    assert broken.value.seq == seq


def test_two_exchanged_entries_are_found(tenant_db: Database, petition: UUID) -> None:
    for step in ("seq = 90 where seq = 2", "seq = 2 where seq = 3", "seq = 3 where seq = 90"):
        plant(tenant_db, f"update journal_entry set {step} and petition_id = :petition", petition)
    with pytest.raises(ChainBroken, match="第 2 条"):
        journal.verify(petition)


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_a_dropped_entry_is_found_even_the_last(tenant_db: Database, petition: UUID, seq: int) -> None:
    plant(tenant_db, f"delete from journal_entry where seq = {seq} and petition_id = :petition", petition)
    with pytest.raises(ChainBroken, match=f"第 {seq} 条"):
        journal.verify(petition)


def test_a_middle_entry_dropped_and_the_rest_renumbered_is_found(tenant_db: Database, petition: UUID) -> None:
    plant(tenant_db, "delete from journal_entry where seq = 3 and petition_id = :petition", petition)
    for seq in (4, 5):
        plant(
            tenant_db,
            f"update journal_entry set seq = {seq - 1} where seq = {seq} and petition_id = :petition",
            petition,
        )
    with pytest.raises(ChainBroken, match="第 3 条"):
        journal.verify(petition)


def test_a_body_moved_to_another_entry_cannot_be_read(tenant_db: Database, petition: UUID) -> None:
    plant(
        tenant_db,
        "update journal_entry set body = (select body from journal_entry where seq = 2 and petition_id = :petition)"
        " where seq = 4 and petition_id = :petition",
        petition,
    )
    with pytest.raises(ChainBroken, match="第 4 条"):
        journal.entries(petition)


def test_erasing_the_key_erases_the_content_and_leaves_the_chain_verifiable(
    tenant_db: Database, petition: UUID
) -> None:
    with unit_of_work():
        journal.erase(petition)
    assert all(
        entry.erased and entry.body is None and entry.actor_name is None
        for entry in journal.entries(petition)
    )
    journal.verify(petition)
    with pytest.raises(Conflict), unit_of_work():
        write(petition, "六")
    plant(
        tenant_db, "update journal_entry set action = 'x' where seq = 2 and petition_id = :petition", petition
    )
    with pytest.raises(ChainBroken, match="第 2 条"):
        journal.verify(petition)


def test_another_tenant_sees_no_entry_and_begins_a_chain_of_its_own(petition: UUID) -> None:
    with tenant_scope("beta"):
        assert journal.entries(petition) == []
        with unit_of_work():
            (entry,) = write(petition, "别处")
        assert entry.seq == 1
        journal.verify(petition)
    assert len(journal.entries(petition)) == 5
