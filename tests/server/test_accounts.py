"""Sign-in, tokens, lock-out, rotation: who may work here, over the wire."""

from __future__ import annotations

import jwt
import pytest
from sqlalchemy import select, update

from server import tables
from server.accounts import Accounts
from server.agents import change_agent
from server.app import KEY_FILE
from server.errors import ApiError
from server.keys import read_keys
from server.passwords import Passwords
from tests.server.conftest import ON_BOTH
from tests.server.running import PASSWORD, Centre, Seat
from tests.server.signing_in import refresh, sign_in


def test_signing_in_gives_a_session_that_works(centre: Centre) -> None:
    found = sign_in(centre)
    assert found["agent"] == {
        "id": "a1", "login": "1001", "name": "名字1001", "extension": "1001", "role": "agent",
    }  # fmt: skip
    assert (found["access_expires_s"], found["server_time"]) == (600, "2027-01-15T08:00:00.000Z")
    seat = Seat(centre.url, "a1", str(found["access_token"]))
    assert seat.get("/changes", after=0).status_code == 200


def test_wrong_password_unknown_login_and_disabled_account_sound_alike(centre: Centre) -> None:
    with centre.database.write() as transaction:
        transaction.connection.execute(
            update(tables.agents).where(tables.agents.c.id == "a2").values(disabled=True)
        )
    answers = [
        sign_in(centre, "1001", "wrong"),
        sign_in(centre, "nobody"),
        sign_in(centre, "1002"),
    ]
    assert {(a["status"], str(a["error"])) for a in answers} == {
        (401, "{'code': 'wrong-credentials', 'message': 'Login or password is wrong.'}")
    }


def test_an_account_without_password_cannot_be_signed_in(centre: Centre) -> None:
    with centre.database.write() as transaction:
        transaction.connection.execute(update(tables.agents).values(password_hash=None))
    assert sign_in(centre)["status"] == 401


def test_an_access_token_ends_and_a_refresh_gives_another(centre: Centre) -> None:
    found = sign_in(centre)
    seat = Seat(centre.url, "a1", str(found["access_token"]))
    centre.clock.now += 599
    assert seat.get("/changes", after=0).status_code == 200
    centre.clock.now += 1
    answer = seat.get("/changes", after=0)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token-expired")
    renewed = refresh(centre, found["refresh_token"])
    again = Seat(centre.url, "a1", str(renewed["access_token"]))
    assert again.get("/changes", after=0).status_code == 200
    assert renewed["agent"] == found["agent"]


def test_a_refresh_token_ends_after_thirty_days_unused(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    centre.clock.now += 30 * 86_400
    assert refresh(centre, token)["status"] == 401


def test_a_disabled_agent_cannot_refresh(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    with centre.database.write() as transaction:
        transaction.connection.execute(update(tables.agents).values(disabled=True))
    assert refresh(centre, token)["status"] == 401


def test_signing_out_ends_the_session_and_may_be_repeated(centre: Centre) -> None:
    token = sign_in(centre)["refresh_token"]
    seat = Seat(centre.url)
    for _ in range(2):
        assert seat.post("/sign-out", {"refresh_token": token}).status_code == 204
    assert seat.post("/sign-out", {"refresh_token": "unknown"}).status_code == 204
    assert refresh(centre, token)["status"] == 401


def test_the_database_holds_no_password_and_no_token(centre: Centre) -> None:
    found = sign_in(centre)
    with centre.database.read() as connection:
        kept = [
            str(connection.execute(select(table)).all()) for table in tables.metadata.sorted_tables
        ]
    for secret in (PASSWORD, found["refresh_token"], found["access_token"]):
        assert not any(str(secret) in text for text in kept)


def forged(key: bytes, kid: object, **changed: object) -> str:
    claims = {"iss": "zuoxi", "sub": "a1", "sid": "s", "role": "agent", "iat": 0, "exp": 2**40}
    claims.update(changed)
    kept = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode(kept, key, algorithm="HS256", headers={"kid": kid})


def test_tokens_that_are_not_ours_are_refused(centre: Centre) -> None:
    found = read_keys(centre.services.settings.data_dir / KEY_FILE)[0]
    key, kid = found.secret, found.kid
    nobody = jwt.encode({"iss": "zuoxi", "sub": "a1", "sid": "s", "role": "agent", "exp": 2**40},
                        "", algorithm="none")  # fmt: skip
    bad = (
        "x", "a.b.c", nobody, forged(b"k" * 32, kid), forged(key, kid, iss="other"),
        forged(key, kid, sub=None), forged(key, kid, exp=None), forged(key, kid, exp="soon"),
        forged(key, kid)[:-2], forged(key, "other"), "\u00ff",
    )  # fmt: skip
    for token in bad:
        seat = Seat(centre.url)
        seat.http.headers["Authorization"] = f"Bearer {token}".encode()
        answer = seat.get("/changes", after=0)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token-invalid"), token
    assert Seat(centre.url, "a1", forged(key, kid)).get("/changes", after=0).status_code == 200


def test_every_other_route_wants_a_token(centre: Centre) -> None:
    seat = Seat(centre.url)
    for path in ("/changes?after=0", "/events", "/interactions", "/interactions/i1",
                 "/customers/p1", "/articles/k1"):  # fmt: skip
        for header in ("", "Basic eDp5", "Bearer", "Bearer "):
            seat.http.headers["Authorization"] = header
            answer = seat.get(path)
            assert answer.status_code == 401, (path, header)
            assert answer.json()["error"]["code"] == "token-missing", (path, header)


def test_operations_want_a_token_before_their_body_is_read(centre: Centre) -> None:
    answer = Seat(centre.url).post("/operations", {"operations": []})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "token-missing")


def test_the_signing_key_is_its_owners_only(centre: Centre) -> None:
    assert (centre.services.settings.data_dir / KEY_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("settings", ON_BOTH, indirect=True)
def test_an_account_that_is_closed_while_its_password_is_checked_gets_no_session(
    centre: Centre,
) -> None:
    class Slow(Passwords):
        """Somebody closes the account meanwhile."""

        def matches(self, password_hash: str | None, password: str) -> bool:
            with centre.database.write() as transaction:
                change_agent(transaction, "a1", {"disabled": True}, by=None, now=1)
            return super().matches(password_hash, password)

    accounts = Accounts(
        database=centre.database,
        passwords=Slow(),
        signer=centre.services.signer,
        settings=centre.services.settings,
        clock=centre.clock,
    )
    with pytest.raises(ApiError, match="wrong"):
        accounts.sign_in(login="1001", password=PASSWORD, device="", address="")
    with centre.database.read() as connection:
        assert connection.execute(select(tables.sessions)).all() == []
