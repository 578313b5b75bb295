"""Large pages come packed to who can unpack them, and to nobody else."""

from __future__ import annotations

import pytest
import requests
from backports import zstd

from tests.server.running import LIMIT_S, Centre, save


def page(centre: Centre, offered: str) -> requests.Response:
    seat = centre.seat()
    headers = {"Accept-Encoding": offered, "Authorization": str(seat.http.headers["Authorization"])}
    return requests.get(
        f"{seat.url}/changes?after=0", headers=headers, timeout=LIMIT_S, stream=True
    )


@pytest.mark.parametrize("offered", ["zstd", "gzip, deflate, zstd", "br, ZSTD;q=0.5"])
def test_a_large_page_is_packed_for_a_seat_that_offers_it(centre: Centre, offered: str) -> None:
    centre.seat().send(*[save(f"i{n}", payload_question="?" * 200) for n in range(20)])
    answer = page(centre, offered)
    raw = answer.raw.read(decode_content=False)
    assert answer.headers["Content-Encoding"] == "zstd"
    assert answer.headers["Vary"] == "Accept-Encoding"
    plain = page(centre, "identity").content
    assert zstd.decompress(raw) == plain
    assert len(raw) < len(plain) / 4


@pytest.mark.parametrize(
    "offered", ["", "gzip", "zstd;q=0", "zstd;q=0.000", "*;q=0", "xzstd", "zstd-1"]
)
def test_who_does_not_offer_it_gets_plain_json(centre: Centre, offered: str) -> None:
    answer = page(centre, offered)
    assert "Content-Encoding" not in answer.headers
    assert answer.json()["newest"] == 5


def test_a_small_page_is_not_worth_packing(centre: Centre) -> None:
    answer = centre.seat().get("/changes", after=5)
    assert "Content-Encoding" not in answer.headers


def test_a_seat_unpacks_without_being_told(centre: Centre) -> None:
    centre.seat().send(*[save(f"i{n}", payload_question="?" * 200) for n in range(20)])
    answer = centre.seat().get("/changes", after=0)
    assert answer.headers["Content-Encoding"] == "zstd"
    assert answer.json()["newest"] == 25
