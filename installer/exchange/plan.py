"""What differs between centres: addresses, ports, agents, queues, the public network."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sip.values import HeaderNames

AGENTS = tuple(str(number) for number in range(1001, 1100))
QUEUES = {"7001": "咨询", "7002": "个税", "7003": "投诉"}


@dataclass(frozen=True, slots=True)
class Ports:
    """0 leaves a SIP transport out. RTP takes the even ports from ``rtp_first`` on."""

    udp: int = 5060
    tcp: int = 5060
    tls: int = 5061
    manager: int = 5038
    rtp_first: int = 10_000
    rtp_last: int = 19_999


@dataclass(frozen=True, slots=True)
class Trunk:
    """The public network. ``target`` is where calls to numbers go (HOST or HOST:PORT).

    A provider is known by the addresses in ``from_addresses``, else by the secret "citizens".
    """

    target: str = ""
    from_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grading:
    """The callers of ``queues`` press one of ``digits`` when the agent has hung up.

    ``server`` is where that is told (https://HOST:PORT), with the ``token`` that
    ``zuoxi-server exchange-token`` made; its certificate is checked by ``ca_file``, or by what this
    machine trusts. Without a queue nobody is asked.
    """

    queues: tuple[str, ...] = ()
    server: str = ""
    token: str = field(default="", repr=False)
    digits: str = "1230"
    ca_file: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """``folder`` receives everything. ``address`` is the interface agents reach; ``public_address``
    what they are told, when a router stands between (with ``local_nets`` that need it not).

    Agents in ``plain`` speak without SRTP, all others only with it. ``members`` says who serves a
    queue from the start; others are added while it runs.
    """

    folder: Path
    address: str = "127.0.0.1"
    public_address: str = ""
    local_nets: tuple[str, ...] = ()
    names: tuple[str, ...] = ("localhost",)  # in the certificate, besides the address
    ports: Ports = Ports()
    trunk: Trunk = Trunk()
    plain: frozenset[str] = frozenset()
    members: tuple[tuple[str, str], ...] = ()  # queue, agent
    grading: Grading = Grading()
    headers: HeaderNames = HeaderNames()  # noqa: RUF009 - frozen
    queues: dict[str, str] = field(default_factory=lambda: dict(QUEUES))
