"""Who calls, from an INVITE's headers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sip.identity import CallerIdentity, identify, parse_address, read_headers
from sip.messages import HeaderNames

NAMES = HeaderNames()


def _who(*lines: str, sender: str = "<sip:13800138000@pbx>") -> CallerIdentity:
    head = ["INVITE sip:1001@desk SIP/2.0", f"From: {sender};tag=1", "To: <sip:1001@desk>",
            "Call-ID: c1@pbx", *lines]  # fmt: skip
    return identify("\r\n".join(head) + "\r\n\r\nv=0\r\nX-Zuoxi-Queue: body\r\n", NAMES)


@pytest.mark.parametrize(
    ("value", "name", "user", "host"),
    [
        ("<sip:1@h>;tag=x", "", "1", "h"),
        ("sip:1@h;tag=x", "", "1", "h"),
        ("Zhang Wei <sip:1@h>", "Zhang Wei", "1", "h"),
        ('"Zhang \\"W\\" \\\\ Wei" <sip:1@h:5060;transport=udp>', 'Zhang "W" \\ Wei', "1", "h"),
        ('"<sip:evil@x>" <sip:1@h>', "<sip:evil@x>", "1", "h"),
        ('"a, b; c" <sip:1@h>', "a, b; c", "1", "h"),
        ("<sip:%2B86138@h>", "", "+86138", "h"),
        ("<sip:1%0d%0aX@h>", "", "1 X", "h"),
        ("<sip:+86138;npdi:secret@h>", "", "+86138", "h"),
        ("<sip:1:password@h>", "", "1", "h"),
        ("<tel:+86-138-0013-8000;phone-context=x>", "", "+86-138-0013-8000", ""),
        ("<sip:h>", "", "", "h"),
        ("<sip:@h>", "", "", "h"),
        ("<sip:a@B.Example>, <tel:2>", "", "a", "b.example"),
        ('"unclosed <sip:1@h>', "unclosed <sip:1@h>", "", ""),
        ("<sip:%d5%c5@h>", "", "张", "h"),
        ("", "", "", ""),
        ("<", "", "", ""),
    ],
)
def test_an_address_is_taken_apart(value: str, name: str, user: str, host: str) -> None:
    address = parse_address(value)
    assert (address.name, address.user, address.host) == (name, user, host)


def test_the_exchanges_headers_are_read() -> None:
    who = _who("X-Zuoxi-Call-ID: q-7", "x-zuoxi-queue: 咨询", "X-Zuoxi-Menu: 2-1",
               "X-Zuoxi-Waited: 42", "X-Zuoxi-Dialled: 12366")  # fmt: skip
    assert (who.call_id, who.queue, who.menu_path) == ("q-7", "咨询", "2-1")
    assert (who.waited_s, who.dialled, who.from_uri) == (42, "12366", "sip:13800138000@pbx")


def test_without_them_the_call_speaks_for_itself() -> None:
    who = _who()
    assert (who.call_id, who.dialled, who.queue, who.waited_s) == ("c1@pbx", "1001", "", None)
    assert (who.number, who.anonymous) == ("13800138000", False)


@pytest.mark.parametrize("waited", ["", "-1", "4.2", "1e3", "٤٢x", "9999999", "soon"])
def test_a_waiting_time_that_is_no_number_is_not_told(waited: str) -> None:
    assert _who(f"X-Zuoxi-Waited: {waited}").waited_s is None


def test_the_asserted_identity_counts_over_from() -> None:
    who = _who('P-Asserted-Identity: "张伟" <sip:13900139000@pbx>, <tel:+8613900139000>')
    assert (who.name, who.number) == ("张伟", "13900139000")
    hidden_from = '"Anonymous" <sip:anonymous@anonymous.invalid>'
    assert _who("P-Asserted-Identity: <tel:139>", sender=hidden_from).number == "139"


@pytest.mark.parametrize(
    ("sender", "lines"),
    [
        ('"Anonymous" <sip:anonymous@anonymous.invalid>', ()),
        ('"A" <sip:Anonymous@pbx>', ()),
        ('"A" <sip:x@ANONYMOUS.invalid>', ()),
        ('"A" <sip:pbx>', ()),
        ("<sip:@pbx>", ()),
        ('"A" <sip:138@pbx>', ("Privacy: id",)),
        ('"A" <sip:138@pbx>', ("Privacy: header;user, critical", "P-Asserted-Identity: <tel:1>")),
    ],
)
def test_a_withheld_number_is_not_told(sender: str, lines: tuple[str, ...]) -> None:
    who = _who(*lines, sender=sender)
    assert (who.number, who.name, who.anonymous) == ("", "", True)


def test_privacy_none_hides_nothing() -> None:
    assert _who("Privacy: none").number == "13800138000"


def test_compact_folded_and_repeated_headers_are_understood() -> None:
    message = (
        "INVITE sip:1 SIP/2.0\r\nf: Zhang\r\n  Wei\r\n\t<sip:138@h>\r\nt:<sip:2@h>\r\ni:id\r\n"
        "X-Zuoxi-Queue: first\r\nX-Zuoxi-Queue: second\r\n\r\n"
    )
    who = identify(message, NAMES)
    assert (who.name, who.number, who.dialled) == ("Zhang Wei", "138", "2")
    assert (who.call_id, who.queue) == ("id", "first")


@pytest.mark.parametrize("between", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\r"])
def test_odd_line_ends_in_a_name_begin_no_header(between: str) -> None:
    sender = f'"a{between}X-Zuoxi-Queue: evil" <sip:1@h>'
    assert _who(sender=sender).queue == ""


def test_each_header_is_decoded_by_itself() -> None:
    gbk = '"张伟"'.encode("gb18030").decode("utf-8", "surrogateescape")
    who = _who("X-Zuoxi-Queue: 咨询", sender=f"{gbk} <sip:1@h>")
    assert (who.name, who.queue) == ("张伟", "咨询")


@given(st.text() | st.binary().map(lambda raw: raw.decode("utf-8", "surrogateescape")))
def test_nothing_is_raised_on_any_message(message: str) -> None:
    identify(message, NAMES)
    identify("INVITE x SIP/2.0\r\nFrom: " + message + "\r\n\r\n", NAMES)
    read_headers(message)
