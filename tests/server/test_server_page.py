"""docs/server.md and the units of installer/server say what the program does."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.command_line import build_parser
from server.configuration import KEYS, configure
from tests.server.commanding import command
from tests.server.processes import ROOT

PAGE = ROOT / "docs" / "server.md"
UNITS = ROOT / "installer" / "server"
AGENTS = "登录名,姓名,分机,角色,技能\n1001,张伟,1001,agent,7001;7002\n"


def commands() -> Iterator[str]:
    """Every line of the page that begins with our program, in order."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("    zuoxi-server "):
            yield line.strip()


def test_the_commands_of_the_page_run_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("etc", "data", "backups"):
        (tmp_path / name).mkdir()
    places = {
        "/etc/zuoxi": str(tmp_path / "etc"),
        "/var/lib/zuoxi": str(tmp_path / "data"),
        "/var/backups/zuoxi": str(tmp_path / "backups"),
    }

    def placed(text: str) -> str:
        for there, here in places.items():
            text = text.replace(there, here)
        return text

    config = tmp_path / "etc" / "server.toml"
    config.write_text(placed((UNITS / "server.toml").read_text(encoding="utf-8")), encoding="utf-8")
    (tmp_path / "etc" / "agents.csv").write_text(AGENTS, encoding="gb18030")
    monkeypatch.setenv("ZUOXI_SERVER_CONFIG", str(config))
    lines = list(commands())
    assert len(lines) >= 14
    for line in lines:
        done = command(*shlex.split(placed(line))[1:])
        assert done.code == 0, (line, done)
    assert (tmp_path / "data" / "centre.db").exists()
    assert len(list((tmp_path / "data").glob("centre.db.before-restore-*"))) == 1


def test_the_table_names_every_setting_with_its_default() -> None:
    table = PAGE.read_text(encoding="utf-8").partition("| name | default | what |")[2]
    told: dict[str, str] = {}
    for line in table.splitlines():
        if line.startswith("| `"):
            names, defaults = (cell.strip() for cell in line.split("|")[1:3])
            parts = [part.strip().strip("`") for part in defaults.split(",")]
            found = re.findall(r"`(\w+)`", names)
            told |= dict(zip(found, parts if len(parts) == len(found) else parts * 2, strict=False))
    assert set(told) == set(KEYS)
    for name, default in KEYS.items():
        if isinstance(default, int | float):
            assert float(told[name]) == default, name


def test_the_settings_file_of_a_site_is_taken(tmp_path: Path) -> None:
    text = (UNITS / "server.toml").read_text(encoding="utf-8")
    whole = tmp_path / "server.toml"
    whole.write_text(re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    found = configure({}, {}, whole).settings
    assert (found.data_dir, found.bind) == (Path("/var/lib/zuoxi"), "127.0.0.1")
    assert found.tls_key == Path("/etc/zuoxi/tls/key.pem")
    assert found.database_url.startswith("postgresql://")


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda path: path.name)
def test_the_units_call_commands_that_exist_with_settings_that_do(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    call = re.search(r"/opt/zuoxi/bin/zuoxi-server ([^'\n]+)", text)
    assert call is not None
    arguments = call[1].replace("%i", "8441").replace("$(date +%%F-%%H%%M)", "today")
    build_parser().parse_args(shlex.split(arguments))
    variables = dict(re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE))
    assert set(variables) == {"ZUOXI_SERVER_CONFIG"}
