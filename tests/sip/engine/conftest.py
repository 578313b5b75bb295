"""A private sound server for the parts of the engine that talk to one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sip.sound_server import HEADSET, SoundServer, sound_server


@pytest.fixture
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SoundServer]:
    shared = bool(getattr(request, "param", False))
    with sound_server(tmp_path, HEADSET, shared_memory=shared) as started:
        monkeypatch.setenv("PULSE_SERVER", started.server)
        yield started
