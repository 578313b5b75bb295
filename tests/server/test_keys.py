"""Keys of access tokens: made once, exchanged without signing anybody out, refused when damaged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jwt
import pytest

from server.app import KEY_FILE
from server.errors import ApiError, StartError
from server.keys import KeyFile, read_keys, rotate
from server.tokens import TokenSigner
from tests.server.running import Centre, Clock, Seat
from tests.server.signing_in import refresh, refused, sign_in


class Passing:
    """Monotonic seconds, a minute later at every look, so that files are looked at again."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 60
        return self.now


def signer_of(path: Path, clock: Clock) -> TokenSigner:
    keys = KeyFile(path, clock=clock, monotonic_s=Passing())
    return TokenSigner(keys=keys, lifetime_s=600, clock=clock)


def issue(signer: TokenSigner) -> str:
    return signer.issue(agent_id="a1", session_id="s", role="agent")


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    path = tmp_path / "token.key"
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(KeyFile, path, clock=Clock()) for _ in range(8)]
        kids = {job.result().newest().kid for job in jobs}
    assert kids == {read_keys(path)[0].kid}
    assert list(tmp_path.iterdir()) == [path]


def test_the_file_is_its_owners_only_also_after_an_exchange(tmp_path: Path) -> None:
    path = tmp_path / "token.key"
    KeyFile(path, clock=Clock())
    assert path.stat().st_mode & 0o077 == 0
    rotate(path, now=5, lifetime_s=600)
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path]


def test_after_an_exchange_the_new_key_signs_and_the_old_verifies(tmp_path: Path) -> None:
    path, clock = tmp_path / "token.key", Clock()
    signer = signer_of(path, clock)
    before = issue(signer)
    assert rotate(path, now=int(clock()), lifetime_s=600) == 1
    after = issue(signer)
    kids = [jwt.get_unverified_header(token)["kid"] for token in (after, before)]
    assert kids == [key.kid for key in read_keys(path)]
    assert [signer.read(token).agent_id for token in (before, after)] == ["a1", "a1"]


def test_an_old_key_signs_nothing_that_is_good_later(tmp_path: Path) -> None:
    path, clock = tmp_path / "token.key", Clock()
    signer = signer_of(path, clock)
    old = read_keys(path)[0]
    rotate(path, now=int(clock()), lifetime_s=600)
    clock.now += 661
    forged = jwt.encode(
        {"iss": "zuoxi", "sub": "a1", "sid": "s", "role": "administrator", "exp": 2**40},
        old.secret, algorithm="HS256", headers={"kid": old.kid},
    )  # fmt: skip
    with pytest.raises(ApiError) as raised:
        signer.read(forged)
    assert raised.value.code == "token-invalid"
    assert rotate(path, now=int(clock()), lifetime_s=600) == 1
    assert old.kid not in [key.kid for key in read_keys(path)]


def test_a_key_that_others_know_is_forgotten_at_once(tmp_path: Path) -> None:
    path, clock = tmp_path / "token.key", Clock()
    signer = signer_of(path, clock)
    before = issue(signer)
    assert rotate(path, now=int(clock()), lifetime_s=600, forget_old=True) == 0
    with pytest.raises(ApiError, match="not valid"):
        signer.read(before)
    assert signer.read(issue(signer)).agent_id == "a1"


def test_a_key_file_of_an_earlier_version_goes_on(tmp_path: Path) -> None:
    path, clock = tmp_path / "token.key", Clock()
    path.write_bytes(b"{" * 32)
    signer = signer_of(path, clock)
    token = issue(signer)
    assert rotate(path, now=int(clock()), lifetime_s=600) == 1
    assert signer.read(token).agent_id == "a1"


@pytest.mark.parametrize(
    "content",
    [b"short", b"{}", b'{"keys": []}', b'{"keys": 1}', b'{"keys": [{"kid": "a"}]}',
     b'{"keys": [{"kid": "a", "made_at": 1, "secret": "AAAA"}]}',
     b'{"keys": [{"kid": "a", "made_at": 1, "secret": "?"}]}', b"\xff" * 80],
)  # fmt: skip
def test_a_damaged_key_file_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "token.key"
    path.write_bytes(content)
    with pytest.raises(StartError, match=r"token\.key is damaged"):
        KeyFile(path, clock=Clock())
    with pytest.raises(StartError, match="is damaged"):
        rotate(path, now=1, lifetime_s=1)
    assert path.read_bytes() == content


def test_a_key_file_that_is_lost_while_serving_is_not_needed(tmp_path: Path) -> None:
    path, clock = tmp_path / "token.key", Clock()
    signer = signer_of(path, clock)
    token = issue(signer)
    path.unlink()
    assert signer.read(token).agent_id == "a1"
    assert signer.read(issue(signer)).agent_id == "a1"


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="cannot be written"):
        KeyFile(tmp_path / "missing" / "token.key", clock=Clock())


def test_a_running_server_takes_the_new_key_and_its_seats_go_on(centre: Centre) -> None:
    found = sign_in(centre)
    path = centre.services.settings.data_dir / KEY_FILE
    rotate(path, now=int(centre.clock()), lifetime_s=600, forget_old=True)
    seat = Seat(centre.url, "a1", found["access_token"])
    assert refused(seat) == (401, "token-invalid")  # it looks once a second
    renewed = Seat(centre.url, "a1", refresh(centre, found["refresh_token"])["access_token"])
    assert renewed.get("/directory").status_code == 200
