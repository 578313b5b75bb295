"""The desk's own processes are ours, whatever lies in the folder that it was started from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from agent_app.runtime.keyring_process import PROGRAM
from agent_app.store.copying.process import copying_command
from agent_app.wiring.practice import free_port, server_command
from sip.process import engine_command

pytestmark = pytest.mark.processes
TRAPPED = 99


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Packages of the same names, as a download or another project may have them."""
    for name in ("agent_app", "server", "sip", "keyring", "orjson"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit({TRAPPED})")
    return tmp_path


@pytest.mark.parametrize("which", ["engine", "server", "copying", "keyring"])
def test_a_package_of_the_same_name_is_not_taken_for_ours(folder: Path, which: str) -> None:
    commands = {
        "engine": engine_command(),
        "server": tuple(server_command(folder / "data", free_port(), 1)),
        "copying": copying_command(),
        "keyring": PROGRAM,
    }
    ended = subprocess.run(
        commands[which], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode != TRAPPED, ended.stderr
