"""`python -m installer.exchange`: try an exchange out, or render, start and stop a site's own.

trial                     what `make exchange` does
render --out DIR …        write a site's configuration; again after a change
start DIR · stop DIR      run what was rendered
stop                      what `make exchange-stop` does
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from installer.exchange import service
from installer.exchange.packages import UnavailableError
from installer.exchange.plan import QUEUES, Grading, Plan, Ports, Trunk
from installer.exchange.program import find_program
from installer.exchange.render import render
from installer.exchange.trial import start_trial, trial_folder


def main() -> int:
    arguments = _parser().parse_args()
    try:
        match arguments.act:
            case "trial":
                port = arguments.port
                ports = Ports(udp=port, tcp=port, tls=port + 1, manager=arguments.manager_port)
                print(start_trial(ports))
            case "render":
                render(_plan(arguments), find_program())
                print(f"Written to {arguments.out}; the secrets are in passwords.csv there.")
            case "start":
                program = find_program()
                if service.running_pid(arguments.folder) is None:
                    process = service.launch(program, arguments.folder)
                    service.wait_until_ready(program, arguments.folder, process)
                print("The exchange is up.")
            case "stop":
                there = service.stop(arguments.folder or trial_folder())
                print("The exchange has stopped." if there else "No exchange was running.")
    except (UnavailableError, service.ServiceError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as problem:
        said = problem.stderr.decode(errors="replace") if problem.stderr else ""
        print(f"{problem}\n{said}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    acts = parser.add_subparsers(dest="act", required=True)
    trial = acts.add_parser("trial", help="start an exchange on loopback and say how to use it")
    trial.add_argument("--port", type=_port, default=5060, help="SIP; TLS takes the next one")
    trial.add_argument("--manager-port", type=_port, default=5038)
    _add_render(acts.add_parser("render", help="write the configuration of a site"))
    for name in ("start", "stop"):
        act = acts.add_parser(name, help=f"{name} an exchange that was rendered")
        act.add_argument("folder", type=Path, nargs="?" if name == "stop" else None)
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 1024 <= port < 65_535:
        raise ValueError
    return port


def _add_render(render_: argparse.ArgumentParser) -> None:
    add = render_.add_argument
    add("--out", type=Path, required=True, metavar="DIR")
    add("--address", required=True, help="of the interface that the agents reach")
    add("--public-address", default="", help="what agents outside are told, behind a router")
    add("--local-net", action="append", default=[], help="CIDR that needs no public address")
    add("--name", action="append", default=[], help="host name for the certificate")
    add("--transports", default="tls", help="comma-separated: tls,udp,tcp (default: tls)")
    add("--port", type=_port, default=5060, help="of UDP and TCP; TLS takes the next one")
    add("--manager-port", type=_port, default=5038)
    add("--rtp", default="10000-19999", metavar="FIRST-LAST")
    add("--plain", action="append", default=[], metavar="AGENT",
        help="an agent who speaks without SRTP (needs udp or tcp)")  # fmt: skip
    add("--member", action="append", default=[], metavar="QUEUE=AGENT")
    add("--trunk", default="", metavar="HOST[:PORT]", help="where calls to numbers go")
    add("--trunk-from", action="append", default=[], metavar="ADDRESS",
        help="of the provider; without one it logs in as \"citizens\"")  # fmt: skip
    add("--grade-queue", action="append", default=[], metavar="QUEUE",
        help="whose callers are asked for a grade when the agent has hung up")  # fmt: skip
    add("--grade-server", default="", metavar="URL", help="where grades go, https://HOST:PORT")
    add("--grade-token", type=Path, metavar="FILE",
        help="with what zuoxi-server exchange-token has printed")  # fmt: skip
    add("--grade-ca", type=Path, metavar="FILE", help="whom the server's certificate is from")
    add("--grade-digits", default="1230", help="the keys of the centre's scale (default: 1230)")


def _plan(arguments: argparse.Namespace) -> Plan:
    """Raises ValueError with a sentence."""
    first, _, last = arguments.rtp.partition("-")
    members = tuple(tuple(one.split("=", 1)) for one in arguments.member)
    if any(len(one) != 2 for one in members):
        raise ValueError("--member takes QUEUE=AGENT, like 7001=1001")
    wanted = set(arguments.transports.split(","))
    if unknown := wanted - {"tls", "udp", "tcp"}:
        raise ValueError(f"--transports: there is no {', '.join(sorted(unknown))}")
    port = arguments.port
    ports = Ports(
        udp=port if "udp" in wanted else 0,
        tcp=port if "tcp" in wanted else 0,
        tls=port + 1 if "tls" in wanted else 0,
        manager=arguments.manager_port,
        rtp_first=int(first),
        rtp_last=int(last),
    )
    plan = Plan(
        folder=arguments.out.resolve(),
        address=arguments.address,
        public_address=arguments.public_address,
        local_nets=tuple(arguments.local_net),
        ports=ports,
        trunk=Trunk(arguments.trunk, tuple(arguments.trunk_from)),
        plain=frozenset(arguments.plain),
        members=tuple((queue, agent) for queue, agent in members),
        grading=_grading(arguments),
    )
    return replace(plan, names=tuple(arguments.name)) if arguments.name else plan


def _grading(arguments: argparse.Namespace) -> Grading:
    """Raises ValueError with a sentence."""
    queues = tuple(arguments.grade_queue)
    if not queues:
        return Grading()
    if unknown := sorted(set(queues) - set(QUEUES)):
        raise ValueError(f"--grade-queue: there is no queue {', '.join(unknown)}")
    if not arguments.grade_server.startswith(("https://", "http://")) or not arguments.grade_token:
        raise ValueError("--grade-queue needs --grade-server (https://HOST:PORT) and --grade-token")
    if not re.fullmatch(r"[0-9]{1,10}", arguments.grade_digits):
        raise ValueError("--grade-digits takes keys from 0 to 9, like 1230")
    try:
        token = arguments.grade_token.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ValueError(f"--grade-token: {problem}") from problem
    if not re.fullmatch(r"[A-Za-z0-9_-]+", token):
        raise ValueError(f"--grade-token: {arguments.grade_token} does not hold a token")
    ca_file = str(arguments.grade_ca.resolve()) if arguments.grade_ca else ""
    return Grading(queues, arguments.grade_server, token, arguments.grade_digits, ca_file)


if __name__ == "__main__":
    sys.exit(main())
