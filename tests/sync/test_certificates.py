"""A server that cannot prove who it is gets neither words nor tokens, and is told as what it is."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import requests

from sync.api import ServerApi
from sync.errors import Unreachable
from sync.status import Cause, Phase
from tests.certificates import WRONG, make_all_certificates
from tests.sync.centre import Centre
from tests.sync.story import no_stream
from tests.sync.test_misbehaviour import LIMIT_S, seat_on
from tests.sync.tls_centre import tls_centre
from tests.sync.waiting import until

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_all_certificates(tmp_path_factory.mktemp("tls"))


def api_trusting(url: str, authority: Path) -> ServerApi:
    def new_session() -> requests.Session:
        session = requests.Session()
        session.verify = str(authority)
        return session

    return ServerApi(url, new_session=new_session)


@pytest.mark.parametrize("stem", WRONG)
def test_a_wrong_certificate_is_said_and_work_goes_on_when_it_is_put_right(
    certificates: Path, tmp_path: Path, stem: str
) -> None:
    centre = Centre(changes=3)
    centre.intercept = no_stream

    async def story() -> None:
        with tls_centre(centre, certificates / "exchange") as server:
            api = api_trusting(server.url, certificates / "ca.pem")
            async with seat_on(tmp_path, api) as seat:
                await seat.replication.sign_in("wang", "secret")
                await seat.reaches(Phase.ONLINE)
                before = await seat.kept()
                server.show(certificates / stem)
                api.close()  # the connections that were made in good time
                status = await seat.reaches(Phase.OFFLINE)
                assert status.cause is Cause.UNREACHABLE
                assert "certificate is not trusted" in status.reason
                asked = len(centre.requests)
                centre.grow(2)
                await seat.save("i-1")
                attempts = len(seat.statuses)
                await until(lambda: len(seat.statuses) >= attempts)
                assert len(centre.requests) == asked, "not a word to a stranger"
                assert await seat.kept() == before
                server.show(certificates / "exchange")
                await seat.reaches(Phase.ONLINE)
                await seat.delivered()
                assert list(centre.applied)

    asyncio.run(asyncio.wait_for(story(), LIMIT_S))


@pytest.mark.parametrize("stem", WRONG)
def test_a_password_is_not_sent_to_a_server_that_cannot_prove_who_it_is(
    certificates: Path, stem: str
) -> None:
    centre = Centre()
    with tls_centre(centre, certificates / stem) as server:
        api = api_trusting(server.url, certificates / "ca.pem")
        with pytest.raises(Unreachable, match="certificate is not trusted"):
            api.sign_in("wang", "secret", "desk-1")
        api.close()
    assert centre.requests == []
