"""What docs/bridge tells another software is what the gate checks."""

import json
from pathlib import Path

from escalation.wire import kinds, schemas

PUBLISHED = Path(__file__).parents[3] / "docs" / "bridge" / "schemas.json"


def test_the_published_schemas_are_those_that_are_checked() -> None:
    """Made anew by: python -c "…schemas.published()…" into docs/bridge/schemas.json (indent 1, sorted keys)."""
    assert json.loads(PUBLISHED.read_text("utf-8")) == json.loads(json.dumps(schemas.published()))


def test_every_type_is_published_and_explained() -> None:
    told = (PUBLISHED.parents[1] / "bridge.md").read_text("utf-8")
    assert set(json.loads(PUBLISHED.read_text("utf-8"))) == set(kinds.TYPES)
    assert [kind for kind in kinds.TYPES if kind not in told] == []
