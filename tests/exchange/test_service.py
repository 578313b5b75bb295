"""An exchange as a site has it: rendered, started, asked, stopped, rendered again."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from installer.exchange import packages, service
from installer.exchange.__main__ import main
from installer.exchange.packages import UnavailableError
from installer.exchange.plan import Grading, Plan, Ports, Trunk
from installer.exchange.program import Program
from installer.exchange.render import render
from sip.messages import HeaderNames
from tests.exchange.asterisk import exchange as running_exchange
from tests.exchange.baresip import citizen, colleague

PROGRAM = Program(("asterisk",), Path("/usr/lib/asterisk/modules"), Path("/usr/share/asterisk"))


@pytest.mark.processes
def test_it_starts_without_a_complaint_and_leaves_nothing_behind() -> None:
    with running_exchange() as exchange:
        assert "7001" in exchange.console("queue show")
        assert not exchange.complaints()
        pid = exchange.pid
    assert not Path(f"/proc/{pid}").exists()
    assert not exchange.folder.exists()


def _behind_a_router(plan: Plan) -> Plan:
    return replace(
        plan,
        public_address="198.51.100.1",
        local_nets=("127.0.0.0/8",),
        ports=replace(plan.ports, udp=0, tcp=0),
        trunk=Trunk("192.0.2.9:5060", ("192.0.2.9", "192.0.2.10")),
        members=(("7001", "1001"), ("7003", "1002")),
    )


@pytest.mark.processes
def test_a_site_behind_a_router_with_a_provider_starts_without_a_complaint() -> None:
    with running_exchange(_behind_a_router) as exchange:
        assert "PJSIP/1001" in exchange.console("queue show 7001")
        assert "192.0.2.10/32" in exchange.console("pjsip show identifies")
        assert not exchange.complaints()


@pytest.mark.processes
def test_two_exchanges_stand_side_by_side(tmp_path: Path) -> None:
    with running_exchange() as one, running_exchange() as other:
        for number, exchange in enumerate((one, other)):
            agent = exchange.agent()
            with (
                colleague(tmp_path / f"agent{number}", exchange, agent, auto=True) as phone,
                exchange.serving("7003", agent),
                citizen(tmp_path / f"citizen{number}", exchange) as caller,
            ):
                caller.call(exchange.uri("12366"))
                caller.press("3")
                phone.wait("CALL_ESTABLISHED")
        assert not {*one.recordings.glob("*/*")} & {*other.recordings.glob("*/*")}


@pytest.mark.processes
def test_a_restart_keeps_who_is_registered_unless_it_forgets(tmp_path: Path) -> None:
    with running_exchange() as exchange:
        agent = exchange.agent()
        with colleague(tmp_path / "phone", exchange, agent):
            exchange.stop()
            exchange.start()
            assert agent.user in exchange.console("pjsip show contacts")
            exchange.restart(forget=True)
            assert agent.user not in exchange.console("pjsip show contacts")


@pytest.fixture
def short_path() -> Iterator[Path]:
    """Sockets' paths are at most 107 bytes long; pytest's folders can be longer."""
    with tempfile.TemporaryDirectory(prefix="zuoxi-") as folder:
        yield Path(folder)


@pytest.mark.processes
def test_the_trial_says_how_to_use_it_and_can_be_stopped(short_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(short_path)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "installer.exchange", *words],
            env=environment, capture_output=True, text=True, check=False, timeout=600,
        )  # fmt: skip

    with running_exchange() as other:
        port, manager = other.ports.udp, other.ports.manager
        taken = run("trial", "--port", str(port), "--manager-port", str(manager))
        assert taken.returncode == 1
        assert f"Port {port} on 127.0.0.1 is taken" in taken.stderr
    try:
        started = run("trial", "--port", str(port), "--manager-port", str(manager))
        assert started.returncode == 0, started.stderr
        assert f'registrar = "127.0.0.1:{port}"' in started.stdout
        assert run("trial", "--port", str(port)).stdout == started.stdout  # it runs already
    finally:
        stopped = run("stop")
    assert stopped.stdout == "The exchange has stopped.\n"
    assert run("stop").stdout == "No exchange was running.\n"


def _plan(folder: Path) -> Plan:
    return Plan(folder=folder, address="192.0.2.5", names=("pbx.example",))


def test_rendering_again_keeps_secrets_and_certificates(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    render(_plan(folder), PROGRAM)
    kept = [folder / "passwords.csv", folder / "tls/ca.pem", folder / "tls/exchange.pem"]
    before = [file.read_bytes() for file in kept]
    render(replace(_plan(folder), ports=Ports(udp=0, tcp=0)), PROGRAM)
    assert [file.read_bytes() for file in kept] == before
    pjsip = (folder / "etc/pjsip.conf").read_text("utf-8")
    assert "bind = 192.0.2.5:5061" in pjsip
    assert "protocol = udp" not in pjsip


def test_secrets_belong_to_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    render(_plan(folder), PROGRAM)
    for name in (".", "etc"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700
    for name in ("passwords.csv", "tls/exchange.key", "tls/ca.key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_every_extension_has_a_secret_of_its_own(tmp_path: Path) -> None:
    render(_plan(tmp_path / "x"), PROGRAM)
    render(_plan(tmp_path / "y"), PROGRAM)
    here, there = ((tmp_path / name / "passwords.csv").read_text() for name in ("x", "y"))
    secrets = [line.split(",")[1] for text in (here, there) for line in text.splitlines()[1:]]
    assert len(set(secrets)) == len(secrets) == 2 * 101


def test_an_agent_is_encrypted_unless_the_plan_says_otherwise(tmp_path: Path) -> None:
    render(replace(_plan(tmp_path / "x"), plain=frozenset({"1002"})), PROGRAM)
    agents = (tmp_path / "x/etc/agents.conf").read_text("utf-8")
    assert "[1001](agent-encrypted)" in agents
    assert "[1002](agent)" in agents


def test_a_provider_is_known_by_its_address_or_by_its_secret(tmp_path: Path) -> None:
    trunk = Trunk("sip.example:5060", ("198.51.100.7",))
    render(replace(_plan(tmp_path / "x"), trunk=trunk), PROGRAM)
    by_address = (tmp_path / "x/etc/pjsip.conf").read_text("utf-8")
    assert "match = 198.51.100.7" in by_address
    assert "auth = citizens" not in by_address
    render(_plan(tmp_path / "x"), PROGRAM)
    assert "auth = citizens" in (tmp_path / "x/etc/pjsip.conf").read_text("utf-8")


def test_the_headers_names_are_those_of_the_plan_and_stand_in_one_place(tmp_path: Path) -> None:
    render(replace(_plan(tmp_path / "x"), headers=HeaderNames(queue="X-Skill")), PROGRAM)
    naming = [
        f"{file.name}: {line}"
        for file in sorted((tmp_path / "x/etc").rglob("*.conf"))
        for line in file.read_text("utf-8").splitlines()
        if "X-Skill" in line or "X-Zuoxi" in line
    ]
    assert "extensions.conf: HEADER_QUEUE = X-Skill" in naming
    assert len(naming) == 7


def test_a_folder_too_deep_for_a_socket_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too long a path"):
        render(_plan(tmp_path / ("x" * 100)), PROGRAM)


def test_a_machine_that_cannot_have_asterisk_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))  # no apt here
    with pytest.raises(UnavailableError, match="install it"):
        packages.unpacked("asterisk")
    assert not (tmp_path / "zuoxi" / "exchange" / "asterisk").exists()


def test_a_stale_process_number_is_not_taken_for_the_exchange(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "asterisk.pid").write_text(str(os.getpid()))
    assert service.running_pid(tmp_path) is None
    assert not service.stop(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--grade-queue", "9"], "there is no queue 9"),
        (["--grade-queue", "7001"], "--grade-queue needs --grade-server"),
        (["--grade-server", "centre.example"], "https://HOST:PORT"),
        (["--grade-token", "missing"], "No such file"),
        (["--grade-token", "spoilt"], "does not hold a token"),
        (["--grade-digits", "1*"], "keys from 0 to 9"),
    ],
)
def test_a_grading_that_cannot_work_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: list[str], said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    (tmp_path / "token").write_text("zx-abc_1\n", "ascii")
    (tmp_path / "spoilt").write_text("two words\n", "ascii")
    good = ["--grade-queue", "7001", "--grade-server", "https://centre.example:8440",
            "--grade-token", "token"]  # fmt: skip
    given = words if words[0] == "--grade-queue" else [*good, *words]
    monkeypatch.setattr(
        "sys.argv", ["exchange", "render", "--out", "x", "--address", "::1", *given]
    )
    assert main() == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_only_the_queues_of_the_plan_are_graded(tmp_path: Path) -> None:
    grading = Grading(("7003",), "https://centre.example:8440/", "zx-abc")
    render(replace(_plan(tmp_path / "x"), grading=grading), PROGRAM)
    etc = tmp_path / "x/etc"
    numbers = (etc / "extensions.conf").read_text("utf-8")
    assert "GRADE_7003 = yes" in numbers
    assert "GRADE_7001" not in numbers
    assert "GRADE_SERVER = https://centre.example:8440\n" in numbers
    assert "func_curl" in (etc / "modules.conf").read_text("utf-8")
    render(_plan(tmp_path / "x"), PROGRAM)
    assert "zx-abc" not in (etc / "extensions.conf").read_text("utf-8")
    assert "curl" not in (etc / "modules.conf").read_text("utf-8")
