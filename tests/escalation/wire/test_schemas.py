"""The closed schemas: what is published is what is checked, and each stage says no more than it needs."""

from copy import deepcopy
from typing import Any

import jsonschema
import pytest

from escalation.wire import event, issuing, kinds, schemas, strict
from escalation.wire.reasons import Rejected
from tests.escalation.wire import world
from tests.escalation.wire.world import DATA

WORLD = world.make()
PUBLISHED = schemas.published()


def test_every_type_has_a_schema_and_every_schema_is_valid() -> None:
    assert set(PUBLISHED) == set(kinds.TYPES) == set(DATA)
    for one in PUBLISHED.values():
        jsonschema.Draft202012Validator.check_schema(one)


@pytest.mark.parametrize("kind", sorted(DATA))
def test_what_is_checked_is_what_is_published(kind: str) -> None:
    schemas.check(kind, DATA[kind])
    jsonschema.Draft202012Validator(PUBLISHED[kind]).validate(DATA[kind])


@pytest.mark.parametrize("kind", sorted(DATA))
def test_no_object_anywhere_takes_what_it_does_not_know(kind: str) -> None:
    for path in _objects(DATA[kind]):
        data = deepcopy(DATA[kind])
        _at(data, path)["extra"] = "x"
        with pytest.raises(Rejected):
            schemas.check(kind, data)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(PUBLISHED[kind]).validate(data)


@pytest.mark.parametrize("kind", sorted(DATA))
def test_what_is_required_is_required_on_both_sides(kind: str) -> None:
    for name in PUBLISHED[kind]["required"]:
        data = {key: value for key, value in DATA[kind].items() if key != name}
        with pytest.raises(Rejected):
            schemas.check(kind, data)


@pytest.mark.clause("RP-2.3.f")
def test_the_notice_names_neither_enterprise_nor_contact_nor_contents() -> None:
    said = set(PUBLISHED[kinds.ESCALATE]["properties"])
    assert not said & {"enterprise", "contact", "contact_masked", "content", "wish", "attachments", "mobile", "name"}


def test_documents_go_up_only_as_digests_and_tokens() -> None:
    for kind in (kinds.DETAILS, kinds.SUPPLEMENT):
        (document,) = {tuple(sorted(PUBLISHED[kind]["properties"]["documents"]["items"]["properties"]))}
        assert document == ("digest", "media_type", "name", "size")
    assert "content" not in PUBLISHED[kinds.OFFER]["properties"]


def test_every_text_is_bounded() -> None:
    for one in PUBLISHED.values():
        for leaf in _leaves(one):
            assert leaf["type"] != "string" or leaf["maxLength"] <= 10_000
            assert leaf["type"] != "array" or leaf["maxItems"] <= 512


def test_what_the_receiver_would_refuse_is_not_signed() -> None:
    for changed in ({"title": "长" * 121}, {"title": "\u200b"}, {"extra": 1}, {"opinions": [{"unit": "局", "text": "好", "at": "now"}]}):
        with pytest.raises(Rejected):
            issuing.issue(WORLD.message(data=DATA[kinds.ESCALATE] | changed), world.key("county"))


def test_what_people_paste_is_made_fit_and_holds_no_case_up() -> None:
    opinion = {"unit": "\u0410局", "text": "第一行\r\n权\u200b限\ufeff", "at": DATA[kinds.ESCALATE]["deadline"]}
    pasted = WORLD.message(data=DATA[kinds.ESCALATE] | {"title": "厂\u00ad房Ａ栋", "opinions": [opinion]})
    said = event.read(issuing.issue(pasted, world.key("county")).payload).data
    assert (said["title"], said["opinions"][0]["unit"], said["opinions"][0]["text"]) == ("厂房A栋", "□局", "第一行\n权限")


# Whoever compares or tells figures sends in portions.
@pytest.mark.parametrize("kind", sorted(set(DATA) - {kinds.RESYNC, kinds.FIGURES}))
def test_the_fullest_message_has_room(kind: str) -> None:
    assert len(strict.dump(_fullest(PUBLISHED[kind]))) < 250 * 1024


def test_an_event_is_read_as_it_was_written() -> None:
    for kind in DATA:
        message = WORLD.message(kind)
        assert event.read(event.write(message)) == message


def _objects(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path, *(found for key, one in value.items() for found in _objects(one, (*path, key)))]
    if isinstance(value, list):
        return [found for at, one in enumerate(value) for found in _objects(one, (*path, at))]
    return []


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def _leaves(schema: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return [schema, *(found for one in inner for found in _leaves(one))]


def _fullest(schema: dict[str, Any]) -> Any:
    if schema["type"] == "object":
        return {name: _fullest(one) for name, one in schema["properties"].items()}
    if schema["type"] == "array":
        return [_fullest(schema["items"])] * schema["maxItems"]
    return schema.get("maximum") or ("a" if "pattern" in schema else "长") * schema["maxLength"]
