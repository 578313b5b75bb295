"""The table of role × action is what the server does, on every route and for every operation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from server.app import PREFIX, create_app, open_database
from server.kinds import KINDS
from server.rights import OPERATION_ACTIONS, RIGHTS, Action, Role
from server.services import allowed
from tests.server.running import LIMIT_S, Centre, Seat, running, save, settings_for

OPEN = {
    ("GET", "/health"),
    ("GET", "/openapi.json"),
    ("POST", "/sign-in"),
    ("POST", "/refresh"),
    ("POST", "/sign-out"),
}
"""Whoever asks these has no access token yet, or needs none."""

ACTION_OF = {allowed(action): action for action in Action}


def routes_in(directory: Path) -> dict[tuple[str, str], list[Action]]:
    """Every route of the application, with the actions that it asks for."""
    settings = settings_for(directory)
    app = create_app(settings)
    found: dict[tuple[str, str], list[Action]] = {}
    for route in iter_route_contexts(app.routes):
        path = str(route.path).removeprefix(PREFIX)
        if isinstance(action := getattr(route.endpoint, "action", None), Action):
            found["GET", path] = [action]  # not FastAPI's: the event stream
            continue
        asked = [ACTION_OF[d.call] for d in route.dependant.dependencies if d.call in ACTION_OF]
        for method in route.methods or ():
            found[method, path] = asked
    app.state.services.database.close()
    return found


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[Action]]:
    return routes_in(tmp_path_factory.mktemp("routes"))


@contextmanager
def empty_centre(directory: Path) -> Iterator[Centre]:
    settings = settings_for(directory)
    database = open_database(settings)
    with running(settings, database) as centre:
        yield centre
    database.close()


def test_every_route_names_one_action_or_is_known_to_be_open(
    routes: dict[tuple[str, str], list[Action]],
) -> None:
    assert {key for key, actions in routes.items() if not actions} <= OPEN
    assert not [key for key, actions in routes.items() if actions and key in OPEN]
    assert not [key for key, actions in routes.items() if len(actions) > 1]


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_through_to_its_own_routes_only(
    role: Role, routes: dict[tuple[str, str], list[Action]], tmp_path: Path
) -> None:
    wrong = []
    with empty_centre(tmp_path) as centre:
        seat = centre.seat("nobody", role)
        for (method, path), actions in routes.items():
            if not actions:
                continue
            with seat.http.request(
                method, seat.url + path.replace("{", "").replace("}", ""), json={}, stream=True,
                timeout=LIMIT_S,
            ) as answer:  # fmt: skip
                code = answer.json()["error"]["code"] if answer.status_code == 403 else ""
            refused = (answer.status_code, code) == (403, "not-allowed")
            if refused == (role in RIGHTS[actions[0]]) or answer.status_code in (401, 500):
                wrong.append((method, path, answer.status_code, code))
        seat.close()
    assert not wrong


def test_every_kind_of_operation_has_its_action() -> None:
    assert set(KINDS) <= set(OPERATION_ACTIONS)


@pytest.mark.parametrize("role", Role)
def test_each_role_may_send_its_own_kinds_only(centre: Centre, role: Role) -> None:
    refused = {}
    for kind in KINDS:
        answer = centre.seat("a1", role).send(save(f"x-{kind}", kind=kind, payload={}))[0]
        refused[kind] = str(answer["reason"]).startswith(f"The role {role} may not do this")
    assert refused == {kind: role not in RIGHTS[OPERATION_ACTIONS[kind]] for kind in KINDS}


def test_a_role_that_nobody_knows_may_nothing(centre: Centre) -> None:
    seat = centre.seat("a1", "emperor")
    assert seat.get("/changes", after=0).status_code == 403
    assert seat.get("/events").status_code == 403


def test_every_action_and_every_role_is_in_the_table() -> None:
    assert set(RIGHTS) == set(Action)
    assert set().union(*RIGHTS.values()) == set(Role)


def test_without_a_token_nothing_but_the_open_routes_answers(
    centre: Centre, routes: dict[tuple[str, str], list[Action]]
) -> None:
    seat = Seat(centre.url)
    for (method, path), actions in routes.items():
        if actions:
            answer = seat.http.request(method, seat.url + path, json={}, timeout=LIMIT_S)
            assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token-missing")
