"""Callers as they really ring: spelt differently, several behind one number, hostile, or nobody.

Each INVITE is bytes on the wire; what counts is the card in the window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from agent_app.domain.customers import CardState
from agent_app.settings import NumberSettings
from sip.values import HeaderNames
from tests.e2e.stage import SMALL_CENTRE, Desk, play
from tests.sip.raw_peer import raw_peer
from ui.application import DeskApplication

pytestmark = pytest.mark.processes

IN_HANGZHOU = replace(SMALL_CENTRE, numbers=NumberSettings(area_code="0571"))
NOBODY = "16109990001"
"""Reserved by the sample centre: known to no customer."""


@dataclass(frozen=True, slots=True)
class Odd:
    """What the exchange sends as From, and what the card must say."""

    case: str
    sender: bytes
    state: CardState
    name: str


def from_(number: str, name: bytes = b"") -> bytes:
    shown = b'"' + name + b'" ' if name else b""
    return shown + f"<sip:{number}@127.0.0.1>".encode()


CALLERS = (
    Odd("mobile", from_("13800138000"), CardState.KNOWN, "张伟"),
    Odd("mobile, +86", from_("+8613800138000"), CardState.KNOWN, "张伟"),
    Odd("mobile, 0086", from_("008613800138000"), CardState.KNOWN, "张伟"),
    Odd("mobile, 0", from_("013800138000"), CardState.KNOWN, "张伟"),
    Odd("landline, 0 and area code", from_("057155513800"), CardState.KNOWN, "张伟"),
    Odd("landline, +86", from_("+8657155513800"), CardState.KNOWN, "张伟"),
    Odd("landline, no area code", from_("55513800"), CardState.KNOWN, "张伟"),
    Odd(
        "three customers",
        from_("+8657155512000"),
        CardState.SEVERAL,
        "Several people are known by this number",
    ),
    Odd("short code in a number", from_("12366"), CardState.UNKNOWN, "Unknown caller"),
    Odd("no number", b"<sip:127.0.0.1>", CardState.WITHHELD, "Number withheld"),
    Odd(
        "anonymous",
        b'"Anonymous" <sip:anonymous@anonymous.invalid>',
        CardState.WITHHELD,
        "Number withheld",
    ),
    Odd("GBK", from_(NOBODY, "张小伟".encode("gb18030")), CardState.UNKNOWN, "张小伟"),
    Odd("NUL", from_(NOBODY, b"Zh\0ang"), CardState.UNKNOWN, "Zhang"),
    Odd("right to left", from_(NOBODY, "张\u202e伟".encode()), CardState.UNKNOWN, "张伟"),
    Odd("HTML", from_(NOBODY, b"<b>hi</b><img src=x>"), CardState.UNKNOWN, "<b>hi</b><img src=x>"),
    Odd("long", from_(NOBODY, b"n" * 3000), CardState.UNKNOWN, "n" * 127 + "…"),
)
HOSTILE = (
    "'; DROP TABLE customers; --",
    '"><img src=x onerror=alert(1)>',
    "../../../../etc/passwd",
    "javascript:alert(document.cookie)",
    "file:///etc/passwd%00.wav",
    "{name} %s $(reboot) `reboot`",
)
"""What a header may hold that names a customer, or anything else: it names nobody here."""
OF_OTHERS = ("X-Customer-Id", "P-CRM-ID", "X-Zuoxi-Customer")
TOO_LONG = from_(NOBODY, b"n" * 60_000)


def test_odd_callers_have_the_right_card(qapp: DeskApplication, tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for odd in CALLERS:
            await rings_with_the_right_card(desk, odd)
        with raw_peer(port(desk)) as peer:
            await peer.send(peer.invite(TOO_LONG))  # larger than SIP may be: dropped by the library
        await rings_with_the_right_card(desk, CALLERS[0])
        assert desk.practice.centre.running.engine.incarnation == 1

    play(qapp, tmp_path, story, settings=IN_HANGZHOU)


def test_hostile_words_in_a_header_are_words_and_choose_no_customer(
    qapp: DeskApplication, tmp_path: Path
) -> None:
    async def story(desk: Desk) -> None:
        driver, seat = desk.driver, desk.seat
        for hostile in HOSTILE:
            with raw_peer(port(desk)) as peer:
                await peer.send(peer.invite(from_("13800138000"), extra=in_every_header(hostile)))
                await driver.until(hostile, lambda: driver.enabled("answer-button"))
                call = seat.phone.calls[0]
                await driver.until("its card", lambda: driver.read("caller-name") == "张伟")
                assert (call.queue, call.menu_path) == (hostile, hostile)
                shown = driver.find(QLabel, "call-details")
                assert hostile in driver.read("call-details")
                assert shown.textFormat() is Qt.TextFormat.PlainText
                driver.press("F8")
                await driver.until("refused", lambda: not seat.phone.calls)
        assert desk.practice.centre.running.engine.incarnation == 1

    play(qapp, tmp_path, story, settings=IN_HANGZHOU)


def in_every_header(words: str) -> bytes:
    """The exchange's own headers and those in which others name a customer."""
    ours = HeaderNames()
    names = (ours.call_id, ours.queue, ours.menu_path, ours.dialled, ours.transferred_by,
             ours.returned, *OF_OTHERS)  # fmt: skip
    return "".join(f"{name}: {words}\r\n" for name in names).encode()


def port(desk: Desk) -> int:
    return int(desk.seat.phone.status.address.rpartition(":")[2])


async def rings_with_the_right_card(desk: Desk, odd: Odd) -> None:
    driver, seat = desk.driver, desk.seat
    with raw_peer(port(desk)) as peer:
        await peer.send(peer.invite(odd.sender))
        await driver.until(odd.case, lambda: driver.enabled("answer-button"))
        interaction = seat.phone.calls[0].interaction_id
        await driver.until(f"the card of {odd.case}", lambda: card_is(desk, interaction, odd))
        await driver.until(
            f"{odd.case} on the screen", lambda: driver.read("caller-name") == odd.name
        )
        name = driver.find(QLabel, "caller-name")
        assert name.textFormat() is Qt.TextFormat.PlainText
        driver.press("F8")
        await driver.until("refused", lambda: not seat.phone.calls)


def card_is(desk: Desk, interaction: str, odd: Odd) -> bool:
    card = desk.seat.cards.card(interaction)  # type: ignore[arg-type]
    return card is not None and card.state is odd.state
