"""What the messages of RFC 4475 have in common, and how the test data spell it."""

from __future__ import annotations

SDP = """v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
"""
AUDIO = """v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.1
s=-
c=IN IP4 192.0.2.1
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
"""


def message(head: str, body: str = "", *, length: bool = True, cut: int = 0) -> bytes:
    """Return a message with CRLFs; ``length`` adds Content-Length, ``cut`` is a lie about it."""
    text = head.strip("\n") + "\n"
    raw = body.replace("\n", "\r\n").encode()
    if length:
        text += f"Content-Length: {len(raw) + cut}\n"
    return (text + "\n").replace("\n", "\r\n").encode() + raw


def ordinary(
    first: str,
    *,
    sender: str = "<sip:caller@example.net>;tag=134161461246",
    to: str = "sip:j.user@example.com",
    more: str = "",
    name: str = "x",
) -> str:
    method = first.split(maxsplit=1)[0]
    return f"""{first}
Via: SIP/2.0/UDP @@;branch=z9hG4bK{name}
To: {to}
From: {sender}
Max-Forwards: 70
Call-ID: {name}.0ha0isndaksdj@192.0.2.1
CSeq: 8 {method}
Contact: <sip:caller@host5.example.net>
{more}"""


def invite(name: str, *, first: str = "", sdp: str = AUDIO, **more: str) -> bytes:
    head = ordinary(first or "INVITE sip:user@example.com SIP/2.0", name=name, **more)
    return message(head + "\nContent-Type: application/sdp" if more.get("more") else
              head + "Content-Type: application/sdp", sdp)  # fmt: skip
