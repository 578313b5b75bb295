from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agent_app.runtime.errors import ProfileError, ProfileInUseError
from agent_app.runtime.profile import Profile

HOLDS = """
import sys
from pathlib import Path
from agent_app.runtime.profile import Profile
with Profile(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_new_profile_is_for_its_user_alone(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "profile"
    with Profile(root) as profile:
        for folder in (profile.root, profile.store, profile.logs, profile.crashes):
            assert folder.stat().st_mode & 0o777 == 0o700
        assert profile.settings_file.parent == root
        assert {profile.salt_file.parent, profile.practice_server.parent} == {root}


def test_an_open_folder_is_closed_to_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Profile(tmp_path):
        assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_without_a_folder_the_users_own_data_folder_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Profile().root == tmp_path / "zuoxi"


def test_a_second_desk_is_told_who_has_the_profile(tmp_path: Path) -> None:
    with Profile(tmp_path):
        with pytest.raises(ProfileInUseError, match=f"process {os.getpid()}"), Profile(tmp_path):
            pytest.fail("two desks on one store")
        with pytest.raises(ProfileInUseError), Profile(tmp_path):
            pytest.fail("the first attempt must not have taken the lock away")
    with Profile(tmp_path):
        pass


@pytest.mark.processes
def test_a_desk_that_was_killed_leaves_its_profile_free(tmp_path: Path) -> None:
    process = holder(tmp_path)
    with pytest.raises(ProfileInUseError, match=f"process {process.pid}"), Profile(tmp_path):
        pytest.fail("another process has it")
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with Profile(tmp_path) as profile:
        assert re.fullmatch(rb".?%d *\n" % os.getpid(), (profile.root / "lock").read_bytes())


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    with pytest.raises(ProfileError, match=r"logs is a file where"), Profile(tmp_path):
        pytest.fail("there is no room for a folder")


@pytest.mark.parametrize(
    ("number", "words"),
    [(28, "disk is full"), (122, "disk is full"), (30, "may not write"), (13, "may not write"),
     (5, "cannot use")],
)  # fmt: skip
def test_what_the_disk_says_becomes_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    profile = Profile(tmp_path)
    if number == 13:  # the same number means "locked" when it comes from the lock itself
        monkeypatch.setattr(Path, "mkdir", lambda *_, **__: refuse(0))
    with pytest.raises(ProfileError, match=words), profile:
        pytest.fail("the profile cannot be used")


@pytest.mark.processes
def test_a_full_disk_is_found_at_the_start_not_at_the_first_summary(tmp_path: Path) -> None:
    Profile(tmp_path)
    script = (
        "import resource, signal, sys; from pathlib import Path;"
        "from agent_app.runtime.profile import Profile;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "Profile(Path(sys.argv[1])).__enter__()"
    )
    assert resource.RLIMIT_FSIZE is not None
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert "ProfileError: Zuoxi cannot use" in done.stderr
