"""`python -m installer.exchange`: try an exchange out, or render, start and stop a site's own.

trial                     what `make exchange` does
render --out DIR …        write a site's configuration; again after a change
start DIR · stop DIR      run what was rendered
stop                      what `make exchange-stop` does
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from installer.exchange import service
from installer.exchange.packages import UnavailableError
from installer.exchange.plan import Plan, Ports, Trunk
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
    )
    return replace(plan, names=tuple(arguments.name)) if arguments.name else plan


if __name__ == "__main__":
    sys.exit(main())
