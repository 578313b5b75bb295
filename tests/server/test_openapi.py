"""The documented interface is the one that is there: routes, checks, tables and examples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import orjson
import pytest
from fastapi.routing import iter_route_contexts

from server import articles, customer_fields, drafts, fields, notices, ordered
from server.app import PREFIX, create_app
from server.kinds import KINDS
from server.openapi import document
from server.openapi.operations import PAYLOADS
from server.openapi.rows import ROWS
from server.rights import RIGHTS
from server.services import allowed
from server.tables import WIRE_COLUMNS
from tests.server.running import Centre, Seat, settings_for

DOCUMENT: dict[str, Any] = orjson.loads(document())
METHODS = ("get", "put", "post", "delete", "patch")


def documented() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and operation of everything in the document."""
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield method.upper(), path, operation


def names(operation: dict[str, Any], place: str) -> set[tuple[str, bool]]:
    return {
        (parameter["name"], parameter["required"])
        for parameter in operation["parameters"]
        if parameter["in"] == place
    }


def test_routes_and_conditions_are_those_of_the_application(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    there: dict[tuple[str, str], set[tuple[str, bool]]] = {}
    for route in iter_route_contexts(app.routes):
        path = str(route.path).removeprefix(PREFIX)
        if path == "/events":  # not FastAPI's
            there["GET", path] = {("pages", False)}
            continue
        for method in route.methods or ():
            there[method, path] = {
                (field.alias, field.field_info.is_required())
                for field in route.dependant.query_params
            }
    app.state.services.database.close()
    assert {(method, path): names(one, "query") for method, path, one in documented()} == there


def test_every_route_names_the_roles_that_may(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path))
    action_of = {allowed(action): action for action in RIGHTS}
    there = {}
    for route in iter_route_contexts(app.routes):
        if (dependant := getattr(route, "dependant", None)) is None:
            continue
        actions = [action_of[d.call] for d in dependant.dependencies if d.call in action_of]
        for method in route.methods or ():
            path = str(route.path).removeprefix(PREFIX)
            there[method, path] = set(RIGHTS[actions[0]]) if actions else None
    app.state.services.database.close()
    told = {
        (method, path): set(one["x-roles"]) if "x-roles" in one else None
        for method, path, one in documented()
        if path != "/events"
    }
    assert told == there


def test_path_parameters_are_declared() -> None:
    for _, path, operation in documented():
        inside = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert {name for name, _ in names(operation, "path")} == inside


def test_operation_ids_are_unique_and_everything_has_words() -> None:
    operations = [operation for _, _, operation in documented()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for operation in operations:
        assert operation["summary"]
        assert operation["description"]


def test_rows_have_the_columns_of_the_tables() -> None:
    assert {name: tuple(columns) for name, columns in ROWS.items()} == dict(WIRE_COLUMNS)


def test_operations_carry_what_their_checks_know() -> None:
    assert set(PAYLOADS) == set(KINDS)
    for kind, checks in (
        ("interaction.save", fields.INTERACTION), ("customer.save", customer_fields.CUSTOMER),
        ("notice.save", notices.NOTICE), ("article.save", articles.ARTICLE),
        ("draft.save", drafts.DRAFT),
        ("category.save", {**ordered.CATEGORY, "was": None}),
        ("segment.save", {**ordered.SEGMENT, "was": None}),
    ):  # fmt: skip
        assert set(PAYLOADS[kind]["properties"]) == set(checks), kind  # type: ignore[call-overload]


def examples() -> Iterator[Any]:
    for method, path, operation in documented():
        for parameter in operation["parameters"]:
            label = f"{method} {path} {parameter['name']}"
            yield pytest.param(parameter["schema"], parameter["example"], id=label)
        contents = {"body": operation.get("requestBody", {}).get("content", {})}
        for status, response in operation["responses"].items():
            contents[status] = response.get("content", {})
        for label, content in contents.items():
            for media in content.values():
                if "$ref" not in media["schema"] or "example" in media:
                    yield pytest.param(
                        media["schema"], media["example"], id=f"{method} {path} {label}"
                    )


@pytest.mark.parametrize(("schema", "example"), tuple(examples()))
def test_every_example_is_one(schema: dict[str, Any], example: object) -> None:
    jsonschema_rs.validate({**schema, "components": DOCUMENT["components"]}, example)


def test_the_document_is_served_to_everybody(centre: Centre) -> None:
    answer = Seat(centre.url).get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == DOCUMENT
