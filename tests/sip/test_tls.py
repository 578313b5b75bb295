"""Over TLS the seat talks only to the exchange that its authority vouches for."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from sip.messages import Account, EngineLost, RegistrationCause, RegistrationChanged, Transport
from tests.certificates import WRONG, make_all_certificates
from tests.sip.seat import Seat, running
from tests.sip.tls_listener import TlsListener

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_all_certificates(tmp_path_factory.mktemp("tls"))


def _seat(listener: TlsListener, ca_file: str) -> Seat:
    account = Account(
        "1001", registrar=f"127.0.0.1:{listener.port}", password="secret", ca_file=ca_file
    )
    return Seat("1001", account=account, transports=(Transport.TLS,), bind_address="")


@pytest.mark.parametrize("stem", WRONG)
def test_an_exchange_that_cannot_prove_who_it_is_hears_nothing(
    certificates: Path, stem: str
) -> None:
    async def play() -> None:
        pem, key = certificates / f"{stem}.pem", certificates / f"{stem}.key"
        with closing(TlsListener(pem, key)) as listener:
            desk = _seat(listener, str(certificates / "ca.pem"))
            async with running(desk):
                news = await desk.next(RegistrationChanged)
                assert (news.registered, news.cause) == (False, RegistrationCause.CERTIFICATE)
                assert "certificate" in news.reason
            assert listener.tried.is_set()
            assert listener.messages == []

    asyncio.run(play())


def test_the_systems_authorities_do_not_vouch_for_a_site_of_its_own(certificates: Path) -> None:
    async def play() -> None:
        pem, key = certificates / "exchange.pem", certificates / "exchange.key"
        with closing(TlsListener(pem, key)) as listener:
            desk = _seat(listener, "")
            async with running(desk):
                news = await desk.next(RegistrationChanged)
                assert news.cause is RegistrationCause.CERTIFICATE
            assert listener.messages == []

    asyncio.run(play())


def test_the_right_certificate_is_registered_with_a_contact_that_names_the_connection(
    certificates: Path,
) -> None:
    async def play() -> None:
        pem, key = certificates / "exchange.pem", certificates / "exchange.key"
        with closing(TlsListener(pem, key)) as listener:
            desk = _seat(listener, str(certificates / "ca.pem"))
            async with running(desk):
                assert await asyncio.to_thread(listener.registered.wait, 20)
            # A call to the port that the seat listens at would meet nobody with a certificate.
            here = b"Contact: <sip:1001@127.0.0.1:%d;transport=tls;place=" % listener.peers[0]
            assert here in b"".join(listener.messages).partition(b"REGISTER sip:")[2]
            assert len(listener.peers) == 1

    asyncio.run(play())


def test_a_missing_file_of_authorities_is_said(certificates: Path) -> None:
    async def play() -> None:
        pem, key = certificates / "exchange.pem", certificates / "exchange.key"
        with closing(TlsListener(pem, key)) as listener:
            desk = _seat(listener, str(certificates / "nowhere.pem"))
            async with running(desk):
                lost = await desk.next(EngineLost)
                assert "nowhere.pem" in lost.reason

    asyncio.run(play())
