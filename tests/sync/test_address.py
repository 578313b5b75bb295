from __future__ import annotations

import pytest

from sync.address import is_loopback, server_address


@pytest.mark.parametrize(
    "url",
    [
        "", "server", "ftp://server", "https://", "https://server:0", "https://server:99999",
        "https://user:pass@server", "https://server/?x=1", "https://server/#x", "https://ser ver",
        "http://server:port",
    ],
)  # fmt: skip
def test_an_address_that_cannot_work_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(ValueError, match="must look like https://host"):
        server_address(url)


def test_a_trailing_slash_is_no_part_of_the_address() -> None:
    assert (
        server_address("https://server.example:8443/zuoxi/") == "https://server.example:8443/zuoxi"
    )


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.9.9.9", True),
        ("http://localhost:1", True),
        ("http://[::1]:8000", True),
        ("http://10.0.0.1", False),
        ("https://localhost.example", False),
    ],
)
def test_only_addresses_of_this_machine_are_loopback(url: str, here: bool) -> None:
    assert is_loopback(url) is here


def test_plain_http_is_for_this_machine_only() -> None:
    assert server_address("http://127.0.0.1:8440") == "http://127.0.0.1:8440"
    with pytest.raises(ValueError, match="must begin with https://"):
        server_address("http://10.0.0.1:8440")
