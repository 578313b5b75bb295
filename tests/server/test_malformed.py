"""Bodies that are not what they should be: a clear 4xx, and the next request works."""

from __future__ import annotations

import gzip
import json

import pytest
import requests

from tests.server.running import LIMIT_S, Centre, save

BODIES = {
    "empty": b"",
    "not JSON": b"{",
    "HTML": b"<html>",
    "a list": b"[]",
    "a number": b"5",
    "NaN": b'{"operations": [NaN]}',
    "infinity": b'{"operations": [1e999999]}x',
    "not UTF-8": b'{"operations": ["\xff\xfe"]}',
    "GBK": '{"operations": ["张伟"]}'.encode("gbk"),
    "half a surrogate": b'{"operations": ["\\ud800"]}',
    "deep": b'{"operations": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "compressed": gzip.compress(b'{"operations": []}'),
    "without operations": b"{}",
    "operations no list": b'{"operations": {}}',
    "trailing": b'{"operations": []} {"operations": []}',
}


def post(centre: Centre, path: str, body: bytes) -> requests.Response:
    seat = centre.seat()
    return seat.http.post(seat.url + path, data=body, timeout=LIMIT_S)


@pytest.mark.parametrize("path", ["/operations", "/sign-in", "/refresh", "/sign-out"])
def test_a_body_that_is_no_request_is_refused_in_words(centre: Centre, path: str) -> None:
    for name, body in BODIES.items():
        answer = post(centre, path, body)
        assert answer.status_code == 400, name
        assert answer.json()["error"]["code"] in ("malformed", "bad-request"), name
    assert centre.seat().send(save("i1"))[0]["outcome"] == "applied"


@pytest.mark.parametrize(
    "body",
    [{"login": "1001"}, {"login": 1001, "password": "x"}, {"login": "a\0b", "password": "x"},
     {"login": "x" * 65, "password": "x"}, {"login": "1001", "password": "x" * 2_000},
     {"login": "1001", "password": "x", "device": {}}],
)  # fmt: skip
def test_a_sign_in_that_is_not_one_is_refused(centre: Centre, body: dict[str, object]) -> None:
    answer = centre.seat().post("/sign-in", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad-request")


def test_a_body_that_is_too_large_is_refused(centre: Centre) -> None:
    body = json.dumps({"operations": ["x" * 9_000_000]}).encode()
    assert post(centre, "/operations", body).status_code == 413
    assert post(centre, "/sign-in", b" " * 20_000).status_code == 413


def test_too_many_operations_at_once_are_refused_and_none_applied(centre: Centre) -> None:
    seat = centre.seat()
    answer = seat.post("/operations", {"operations": [save(f"i{n}") for n in range(101)]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too-large")
    assert seat.get("/interactions").json()["total"] == 0


def test_huge_numbers_are_rejected_one_by_one(centre: Centre) -> None:
    body = json.dumps({"operations": [save("i1"), save("i2", payload_talk_s=0)]})
    body = body.replace('"talk_s": 0', '"talk_s": ' + "9" * 300)
    answer = post(centre, "/operations", body.encode())
    assert [r["outcome"] for r in answer.json()["results"]] == ["applied", "rejected"]


@pytest.mark.parametrize("depth", [50, 300, 900])
def test_a_deep_operation_is_rejected_alone(centre: Centre, depth: int) -> None:
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    good, bad = json.dumps(save("i1")), json.dumps(save("i2", payload={"question": "DEEP"}))
    body = f'{{"operations": [{bad}, {good}]}}'.encode().replace(b'"DEEP"', deep)
    answer = post(centre, "/operations", body)
    assert [r["outcome"] for r in answer.json()["results"]] == ["rejected", "applied"]


def test_what_somebody_made_up_is_shown_without_its_control_characters(centre: Centre) -> None:
    odd = save("i1", payload={"a\0\n\u202e" + "x" * 99: 1}, base={"b\x1b": 1})
    for operation in (odd, {**odd, "base": {}}, {**odd, "c\0": 1}):
        reason = centre.seat().send(operation)[0]["reason"]
        assert reason.isprintable()
        assert len(reason) < 100
