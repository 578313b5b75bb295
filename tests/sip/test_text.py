"""What strangers send becomes one harmless line; what goes out holds nothing smuggled in."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip.text import (
    NAME_LIMIT,
    clean_text,
    decode_swig,
    is_dial_string,
    is_dtmf,
    is_header,
    is_sip_uri,
    name_addr,
    sip_uri,
)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("张伟", "张伟"),
        ("张伟".encode(), "张伟"),
        ("张伟".encode("gb18030"), "张伟"),
        ("㐂𠀀".encode("gb18030"), "㐂𠀀"),
        ("张伟".encode("gb18030").decode("utf-8", "surrogateescape"), "张伟"),
        (b"\xff\xff", "\ufffd\ufffd"),
        ("\ud800x", "?x"),
        ("Zh\x00a\x07ng\x7f\x85", "Zhang"),
        ("a\r\nVia: b", "a Via: b"),
        ("  a \t\u2028\u2029 b\u3000", "a b"),
        ("a \u200b b", "a b"),
        ("\u202e伟张\u202c \u2066x\u2069 \u200e\u200f\u061c", "伟张 x"),
        ("\ufeff\u200b\u200d\u2060零", "零"),
        ("\U000e0041tag", "tag"),
        ("<b>x</b>&amp;", "<b>x</b>&amp;"),
        ("é", "é"),
        ("", ""),
    ],
)
def test_text_is_decoded_and_cleaned(raw: str | bytes, shown: str) -> None:
    assert clean_text(raw) == shown


@given(st.text() | st.binary())
def test_whatever_comes_fits_on_one_line_and_steers_nothing(raw: str | bytes) -> None:
    shown = clean_text(raw)
    assert len(shown) <= NAME_LIMIT
    assert shown == shown.strip()
    for character in shown:
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"),
        }
    shown.encode()


@given(st.text())
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    assert clean_text(clean_text(raw)) == clean_text(raw)


@given(st.binary())
def test_what_swig_escaped_reads_as_the_bytes_it_was(raw: bytes) -> None:
    assert clean_text(raw.decode("utf-8", "surrogateescape")) == clean_text(raw)


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert clean_text("长" * 60_000) == "长" * (NAME_LIMIT - 1) + "…"
    assert clean_text(("长" * 30_000).encode("gb18030"), 4) == "长长长…"
    assert clean_text("12345", 5) == "12345"
    for character in ("\u202e", "\x00", "\udcff ", " "):
        assert len(clean_text(character * 60_000)) <= NAME_LIMIT


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("12366", True),
        ("*72#", True),
        ("+8613800138000", True),
        ("", False),
        ("1" * 33, False),
        ("1 2", False),
        ("12366\n", False),
        ("１２３", False),
        ("a", False),
        ("1;x", False),
        ("1@x", False),
    ],
)
def test_only_dial_strings_may_be_dialled(text: str, good: bool) -> None:
    assert is_dial_string(text) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [("1#*D", True), ("E", False), ("", False), ("1\n", False), ("+1", False), ("1" * 33, False)],
)
def test_only_digits_are_sent_as_digits(text: str, good: bool) -> None:
    assert is_dtmf(text) is good


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        ("sip:1001@127.0.0.1:5060", True),
        ("sip:[::1]:5060", True),
        ("sips:%23@a.example;transport=tcp", True),
        ("sip:", False),
        ("tel:1", False),
        ("sip:a b@c", False),
        ("sip:a@b\r\nX: y", False),
        ("sip:a@b>", False),
        ("sip:张@b", False),
        ("sip:a@b?X=y", False),
        ("sip:" + "1" * 600 + "@b", False),
    ],
)
def test_only_plain_sip_uris_are_called(uri: str, good: bool) -> None:
    assert is_sip_uri(uri) is good


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("X-Zuoxi-Queue", "咨询", True),
        ("X", "", True),
        ("X Y", "1", False),
        ("X:", "1", False),
        ("", "1", False),
        ("X", "1\r\nY: 2", False),
        ("X", "1\nY", False),
        ("X", "\x00", False),
        ("X", "x" * 1025, False),
        ("X\n", "1", False),
    ],
)
def test_no_header_can_be_smuggled_in(name: str, value: str, good: bool) -> None:
    assert is_header(name, value) is good


@given(st.text(), st.text())
def test_an_outgoing_name_and_user_never_break_their_header(name: str, user: str) -> None:
    user = user.encode("utf-8", "replace").decode()
    line = name_addr(name, sip_uri(user[:20], "h"))
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line)
    assert line.count("<sip:") == 1 + (name_addr(name, "").count("<sip:"))


def test_a_hash_is_escaped_in_a_uri() -> None:
    assert sip_uri("*72#", "127.0.0.1:5060") == "sip:*72%23@127.0.0.1:5060"
    assert sip_uri("", "127.0.0.1") == "sip:127.0.0.1"
    assert is_sip_uri(sip_uri("张 伟@<>", "h"))


def test_ascii_is_taken_as_it_is() -> None:
    assert decode_swig("abc") == "abc"
