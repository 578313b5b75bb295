"""The templates become one exchange's own configuration.

Rendering again keeps secrets, certificates, sounds and recordings, and writes the rest anew.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import fields
from pathlib import Path

from installer.exchange.certificates import make_certificates
from installer.exchange.passwords import CITIZENS, MANAGER, keep_passwords
from installer.exchange.plan import AGENTS, Grading, Plan
from installer.exchange.program import Program
from installer.exchange.tones import write_sounds

TEMPLATES = Path(__file__).parent / "templates"
_PLACE = re.compile(r"@([A-Z_]+)@")
_LONGEST_SOCKET = 100  # of a UNIX socket's path, which the kernel cuts at 108


def render(plan: Plan, program: Program) -> None:
    """Write ``plan.folder``. Raises ValueError when the folder's path is too long."""
    if len(str(run_folder(plan.folder) / "asterisk.ctl")) > _LONGEST_SOCKET:
        raise ValueError(f"{plan.folder} is too long a path for the exchange's control socket")
    plan.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # recordings, secrets
    for name in ("lib/keys", "spool", "run", "log", "recordings"):
        (plan.folder / name).mkdir(parents=True, exist_ok=True)
    passwords = keep_passwords(plan.folder / "passwords.csv", AGENTS)
    make_certificates(plan.folder / "tls", (*plan.names, plan.public_address or plan.address))
    write_sounds(plan.folder)
    values = _values(plan, program, passwords)
    etc = plan.folder / "etc"
    shutil.rmtree(etc, ignore_errors=True)
    etc.mkdir(mode=0o700)
    for template in sorted(TEMPLATES.rglob("*.conf")):
        target = etc / template.relative_to(TEMPLATES)
        target.parent.mkdir(exist_ok=True)
        text = _PLACE.sub(lambda place: values[place[1]], template.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")
    (etc / "agents.conf").write_text(_agents(plan, passwords), encoding="utf-8")


def run_folder(folder: Path) -> Path:
    return folder / "run"


def _values(plan: Plan, program: Program, passwords: dict[str, str]) -> dict[str, str]:
    headers = {
        f"HEADER_{one.name.upper()}": getattr(plan.headers, one.name)
        for one in fields(plan.headers)
    }
    return headers | {
        "FOLDER": str(plan.folder),
        "RUN": str(run_folder(plan.folder)),
        "MODULES": str(program.modules),
        "DATA": str(program.data),
        "NAME": f"zuoxi{plan.ports.manager}",
        "REALM": "zuoxi",
        "MANAGER_PORT": str(plan.ports.manager),
        "MANAGER_SECRET": passwords[MANAGER],
        "RTP_FIRST": str(plan.ports.rtp_first),
        "RTP_LAST": str(plan.ports.rtp_last),
        "MEDIA_ADDRESS": plan.public_address or plan.address,
        "BIND_RTP": "no" if plan.public_address else "yes",
        "TRANSPORTS": _transports(plan),
        "TRUNK_AUTH": "" if plan.trunk.from_addresses else "auth = citizens",
        "TRUNK": _trunk(plan, passwords[CITIZENS]),
        "TRUNK_TARGET": plan.trunk.target,
        "QUEUES": _queues(plan),
        "QUEUE_NAMES": "\n".join(
            f"QUEUE_{number} = {name}" for number, name in plan.queues.items()
        ),
        "FIRST_QUEUE": next(iter(plan.queues)),
        **_grading(plan.grading),
    }


def _grading(grading: Grading) -> dict[str, str]:
    modules = ("res_curl", "func_curl") if grading.queues else ()
    return {
        "GRADED_QUEUES": "\n".join(f"GRADE_{number} = yes" for number in grading.queues),
        "GRADE_SERVER": grading.server.rstrip("/"),
        "GRADE_TOKEN": grading.token,
        "GRADE_CA": grading.ca_file,
        "GRADE_DIGITS": grading.digits,
        "GRADE_MODULES": "\n".join(f"load = {name}.so" for name in modules),
    }


def _transports(plan: Plan) -> str:
    ports = {"udp": plan.ports.udp, "tcp": plan.ports.tcp, "tls": plan.ports.tls}
    tls = plan.folder / "tls"
    outside = [f"external_{kind}_address = {plan.public_address}"
               for kind in ("signaling", "media") if plan.public_address]  # fmt: skip
    outside += [f"local_net = {net}" for net in plan.local_nets]
    parts = []
    for protocol, port in ports.items():
        if not port:
            continue
        lines = [f"[{protocol}]", "type = transport", f"protocol = {protocol}",
                 f"bind = {plan.address}:{port}", *outside]  # fmt: skip
        if protocol == "tls":
            lines += [f"cert_file = {tls / 'exchange.pem'}",
                      f"priv_key_file = {tls / 'exchange.key'}", "method = tlsv1_2"]  # fmt: skip
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _trunk(plan: Plan, password: str) -> str:
    if plan.trunk.from_addresses:
        matches = "\n".join(f"match = {address}" for address in plan.trunk.from_addresses)
        return f"[citizens]\ntype = identify\nendpoint = citizens\n{matches}"
    return (
        f"[citizens]\ntype = auth\nauth_type = digest\nusername = citizens\npassword = {password}"
    )


def _queues(plan: Plan) -> str:
    parts = []
    for number in plan.queues:
        members = [f"member => PJSIP/{agent}" for queue, agent in plan.members if queue == number]
        parts.append("\n".join([f"[{number}](skill)", *members]))
    return "\n\n".join(parts)


def _agents(plan: Plan, passwords: dict[str, str]) -> str:
    parts = ["; Agents: who they are and what proves it. Rendered; see passwords.csv."]
    for agent in AGENTS:
        kind = "agent" if agent in plan.plain else "agent-encrypted"
        parts.append(
            f"[{agent}]({kind})\nauth = {agent}\naors = {agent}\n"
            f'callerid = "{agent}" <{agent}>\n'
            f"[{agent}](agent-secret)\nusername = {agent}\npassword = {passwords[agent]}\n"
            f"[{agent}](agent-place)"
        )
    return "\n\n".join(parts) + "\n"
