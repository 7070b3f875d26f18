"""The codes that a petition is handed in with."""

from __future__ import annotations

from typing import Any

from zhitongche.api import door
from zhitongche.api.parsing import ApiBlueprint
from zhitongche.api.schemas import VocabularySchema
from zhitongche.casework import words as case_words
from zhitongche.tenancy import current

blueprint = ApiBlueprint("api_vocabulary", __name__, url_prefix="/api/v1/vocabulary", description="代码表")
door.guard(blueprint)


@blueprint.get("")
@blueprint.response(200, VocabularySchema)
@blueprint.problems()
def show() -> dict[str, Any]:
    """本地的诉求类别、事项和来源代码."""
    pack = current.pack()
    return {
        "categories": list(pack.categories.values()),
        "matters": list(pack.matters.values()),
        "sources": [{"code": code, "name": name} for code, name in case_words.SOURCES.items()],
    }
