"""What is missing on a machine, and which packages of its release bring it."""

from __future__ import annotations

import pytest

from installer.needs import Kind, Need, needed_for
from installer.system import choose, explain, is_there, missing, parse_policy, way_to_root

POLICY = """\
libegl1:
  Installed: (none)
  Candidate: 1.6.0-1
  Version table:
     1.6.0-1 500
libasound2:
  Installed: (none)
  Candidate: (none)
libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1build2
"""
ALSA = Need(Kind.LIBRARY, "libasound.so.2", ("libasound2t64", "libasound2"), "sound")
EGL = Need(Kind.LIBRARY, "libEGL.so.1", ("libegl1",))
NOWHERE = Need(Kind.LIBRARY, "libnowhere-zuoxi.so.9", ("libnowhere9",))


def test_a_package_counts_as_offered_only_with_a_candidate() -> None:
    assert parse_policy(POLICY) == {"libegl1", "libasound2t64"}


@pytest.mark.parametrize("on_offer", ["libasound2", "libasound2t64"])
def test_the_name_that_this_release_has_is_chosen(on_offer: str) -> None:
    assert choose([ALSA], {on_offer, "libegl1"}) == ([on_offer], [])


def test_a_need_without_a_package_is_reported_and_the_rest_is_chosen() -> None:
    assert choose([NOWHERE, EGL], {"libegl1"}) == (["libegl1"], [NOWHERE])


def test_each_kind_is_looked_for_where_it_lives() -> None:
    libc = Need(Kind.LIBRARY, "libc.so.6", ("libc6",))
    shell = Need(Kind.PROGRAM, "sh", ("dash",))
    nothing = Need(Kind.PROGRAM, "no-such-program-zuoxi", ("none",))
    assert is_there(libc)
    assert is_there(shell)
    assert is_there(Need(Kind.FILE, __file__, ("none",)))
    assert not is_there(Need(Kind.FILE, f"{__file__}.none", ("none",)))
    assert missing([libc, NOWHERE, shell, nothing]) == [NOWHERE, nothing]


@pytest.mark.parametrize("purpose", ["check", "run", "demo", "test", "bench"])
def test_every_purpose_needs_what_qt_needs(purpose: str) -> None:
    assert EGL in needed_for(purpose, has_display=False)


def test_a_private_screen_is_needed_only_without_a_display() -> None:
    def names(*, has_display: bool) -> set[str]:
        return {need.name for need in needed_for("run", has_display=has_display)}

    assert {"Xvfb", "x11vnc"} <= names(has_display=False)
    assert not {"Xvfb", "x11vnc"} & names(has_display=True)


def test_apt_is_left_alone_when_the_user_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZUOXI_NO_APT", "1")
    assert way_to_root() is None


def test_the_explanation_ends_in_exactly_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    explain([NOWHERE, ALSA], apt=True)
    said = capsys.readouterr().err
    commands = [line.strip() for line in said.splitlines() if line.startswith("    ")]
    assert "libnowhere-zuoxi.so.9" in said
    assert "there is no sound" in said
    assert len(commands) == 1
    assert commands[0].startswith("sudo apt-get update && sudo apt-get install -y")
    assert "libnowhere9" in commands[0]
