"""Reading JSON that may have been made to hurt."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, TypeVar

from flask_smorest import Blueprint
from typing_extensions import override
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

if TYPE_CHECKING:
    from flask import Request
    from marshmallow import Schema

View = TypeVar("View", bound=Callable[..., Any])
EVERYWHERE: Final = (401, 429)


class JsonParser(FlaskParser):
    """Refuses what is no JSON, with the status that says so."""

    @override
    def load_json(self, req: Request, schema: Schema) -> Any:
        if not req.is_json:
            raise UnsupportedMediaType
        try:
            return super().load_json(req, schema)
        except (RecursionError, ValueError) as error:
            # Ten thousand brackets, or a number of ten thousand digits.
            raise BadRequest from error


class ApiBlueprint(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """A blueprint of endpoints that are described as they are declared."""

    ARGUMENTS_PARSER = JsonParser()

    def problems(self, *statuses: int) -> Callable[[View], View]:
        """Say that the endpoint may answer with these problems, beside those that every endpoint may."""

        def described(view: View) -> View:
            for status in sorted({*statuses, *EVERYWHERE}):
                view = self.alt_response(status, HTTPStatus(status).name)(view)
            return view

        return described
