"""What the API says of itself is valid, and true."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.zhitongche.api.conftest import Machine, Place
from zhitongche.api import door
from zhitongche.app.factory import create_app

FEW = settings(
    max_examples=20, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


def test_the_description_is_valid_openapi_and_open_to_all(raoping: Place) -> None:
    answer = Machine(raoping.app, raoping.host).get("/openapi.json")
    assert answer.status_code == 200
    assert answer.json["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(answer.json).validate()
    assert set(answer.json["paths"]) == {"/api/v1/petitions", "/api/v1/petitions/{number}", "/api/v1/vocabulary"}


def test_a_second_application_is_described_alike(raoping: Place, hotline: Machine) -> None:
    second = create_app(raoping.app.config["SETTINGS"])
    answers = [Machine(app, raoping.host).get("/openapi.json") for app in (raoping.app, second)]
    assert answers[0].json == answers[1].json
    assert Machine(second, raoping.host).get("/vocabulary").status_code == 401


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_whatever_is_sent_is_answered_as_described(
    raoping: Place, hotline: Machine, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "DENIED", door.Rate("api_denied", 100_000, door.DENIED.span))
    monkeypatch.setattr(door, "KEY", door.Rate("api_key", 100_000, door.KEY.span))
    assert hotline.post(json=raoping.order()).status_code == 201

    def at_the_tenant(environ, start_response):
        with raoping.app.app_context():
            ours = {"HTTP_HOST": "raoping.localhost", "HTTP_AUTHORIZATION": f"Bearer {hotline.key}"}
            return raoping.app(environ | ours, start_response)

    described = hotline.get("/openapi.json").json
    # The key is ours to send; left in, it would be the one thing that is wrong with many a wrong request.
    del described["security"], described["components"]["securitySchemes"]
    schema = schemathesis.openapi.from_dict(described)
    schema.app = at_the_tenant
    answered = []
    operations = [one.ok() for one in schema.get_all_operations()]
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
            continue  # nothing there that could be wrong

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def probe(case: Case) -> None:
            # That a category exists, or that a check digit is right, no schema can say.
            answered.append(case.call_and_validate(excluded_checks=[positive_data_acceptance]).status_code)

        probe()
    assert len(operations) == 4
    assert len(answered) > 4
    assert max(answered) < 500
