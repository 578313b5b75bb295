"""Which passwords are taken."""

from __future__ import annotations

import pytest

from server.errors import ApiError
from server.password_rules import LONGEST, check_new_password


@pytest.mark.parametrize(
    "password",
    ["horse battery", "Xk29-vv41-p", "春江潮水连海平海上明月", "a1b2c3d4e5f6", "1003 is my number!",
     "x" * 9 + "yz1" + "q" * 900],
)  # fmt: skip
def test_long_and_unlikely_is_enough(password: str) -> None:
    check_new_password(password, login="1003")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short-one", "at least 10"),
        ("", "at least 10"),
        ("春江潮水连海平海上", "at least 10"),
        ("y1z2" * (LONGEST // 4) + "x", "at most"),
        ("zhang.wei1", "too like the login"),
        ("ZHANG.WEI.1", "too like the login"),
        ("aaaaaaaaaaaa", "too few characters"),
        ("1212121212", "too few characters"),
        ("1234567890", "first that are guessed"),
        ("0987654321", "first that are guessed"),
        ("abcdefghijkl", "first that are guessed"),
        ("Password123", "first that are guessed"),
        ("password!!!", "first that are guessed"),
        ("qwertyuiop", "first that are guessed"),
        ("woaini5201314", "first that are guessed"),
        ("admin12345", "first that are guessed"),
    ],
)
def test_what_is_guessed_first_is_refused_with_the_reason(password: str, words: str) -> None:
    with pytest.raises(ApiError, match=words) as raised:
        check_new_password(password, login="zhang.wei")
    assert (raised.value.status, raised.value.code) == (400, "weak-password")
    assert password not in raised.value.message or not password
