"""`make exchange`: a real exchange on this machine's loopback, to try the desk with.

Everything lies in one folder of the user's state (never in the checkout), and is kept over starts:
secrets, certificates, recordings.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

from installer.exchange import service
from installer.exchange.passwords import CITIZENS, read_passwords
from installer.exchange.plan import AGENTS, QUEUES, Plan, Ports
from installer.exchange.program import find_program
from installer.exchange.render import render

PLAIN = AGENTS[:50]
SERVING = AGENTS[:9]
ENCRYPTED_SERVING = AGENTS[50:59]


def trial_folder() -> Path:
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "zuoxi" / "exchange"


def start_trial(ports: Ports) -> str:
    """Start it unless it runs, and return what to tell the user. Raises ServiceError."""
    folder = trial_folder()
    told = folder / "how-to-use.txt"
    if service.running_pid(folder) is None:
        _check_free(ports)
        members = tuple(
            (queue, agent) for queue in QUEUES for agent in (*SERVING, *ENCRYPTED_SERVING)
        )
        program = find_program()
        render(Plan(folder=folder, ports=ports, plain=frozenset(PLAIN), members=members), program)
        process = service.launch(program, folder)
        service.wait_until_ready(program, folder, process)
        told.write_text(_say(folder, ports), encoding="utf-8")
    return told.read_text(encoding="utf-8")


def _check_free(ports: Ports) -> None:
    wanted = [(socket.SOCK_DGRAM, ports.udp), (socket.SOCK_STREAM, ports.tcp),
              (socket.SOCK_STREAM, ports.tls), (socket.SOCK_STREAM, ports.manager)]  # fmt: skip
    for kind, port in wanted:
        with socket.socket(socket.AF_INET, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as problem:
                raise service.ServiceError(
                    f"Port {port} on 127.0.0.1 is taken. Another one: ARGS='--port 5070'."
                ) from problem


def _say(folder: Path, ports: Ports) -> str:
    passwords = read_passwords(folder / "passwords.csv")
    plain, encrypted = SERVING[0], ENCRYPTED_SERVING[0]
    serving = f"{SERVING[0]}–{SERVING[-1]} and {ENCRYPTED_SERVING[0]}–{ENCRYPTED_SERVING[-1]}"
    return f"""\
The exchange is up. Everything of it is in {folder}
In the desk's settings.toml (profile folder):

    [account]
    user = "{plain}"
    domain = "127.0.0.1"
    registrar = "127.0.0.1:{ports.udp}"
    transport = "udp"                    # or "tcp"

with the password {passwords[plain]}, or encrypted (TLS, SRTP) with {passwords[encrypted]}:

    [account]
    user = "{encrypted}"
    domain = "127.0.0.1"
    registrar = "127.0.0.1:{ports.tls}"
    transport = "tls"
    ca_file = "{folder / "tls" / "ca.pem"}"

Extensions {PLAIN[0]}–{PLAIN[-1]} speak plain, {AGENTS[50]}–{AGENTS[-1]} only encrypted
(all passwords: {folder / "passwords.csv"}).
A citizen is any SIP phone that calls sip:12366@127.0.0.1:{ports.udp} with user {CITIZENS},
password {passwords[CITIZENS]}, and any number as its own.

    12366, 12345   the hotline; keys 1, 2 (and one more), 3, or none
    {", ".join(f"{number} {name}" for number, name in QUEUES.items())}
                   the queues; {serving} serve them
    1001–1099      colleagues
    *8 and one     picks up what rings there
    800–899        conference rooms
    *43            echo

Stop it: make exchange-stop"""
