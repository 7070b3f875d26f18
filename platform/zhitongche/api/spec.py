"""The API's description of itself: OpenAPI 3.1."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask_smorest import Api
from flask_smorest.utils import prepare_response
from typing_extensions import override

from zhitongche.api import words
from zhitongche.api.schemas import ProblemSchema

if TYPE_CHECKING:
    from flask import Flask

PROBLEM: Final = "application/problem+json"


class Described(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """flask-smorest without its answers to errors: those are the web kit's, for pages and programs alike."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, app: Flask) -> None:
        app.config |= {
            "API_TITLE": words.TITLE,
            "API_VERSION": "1",
            "OPENAPI_VERSION": "3.1.0",
            "OPENAPI_URL_PREFIX": "/api/v1",
            "OPENAPI_JSON_PATH": "openapi.json",
        }
        key = {"type": "http", "scheme": "bearer", "description": words.KEY}
        info = {"info": {"description": words.DESCRIPTION}, "security": [{"key": []}], "servers": [{"url": "/"}]}
        super().__init__(app, spec_kwargs=info)
        self.spec.components.security_scheme("key", key)

    @override
    def _register_error_handlers(self) -> None:
        """None: upstream's would answer the HTML pages' failures in JSON too, and lose Allow."""

    @override
    def _register_responses(self) -> None:
        for status in HTTPStatus:
            if status >= 400:
                response = {"description": status.phrase, "schema": self.ERROR_SCHEMA}
                prepare_response(response, self.spec, PROBLEM)
                self.spec.components.response(status.name, response, lazy=True)
        response = {"description": "出错", "schema": self.ERROR_SCHEMA}
        prepare_response(response, self.spec, PROBLEM)
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, response, lazy=True)
