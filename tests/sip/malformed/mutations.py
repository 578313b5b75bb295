"""Spoils SIP messages: the same seed always gives the same messages."""
# ruff: noqa: E501 - tables of bytes

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from tests.sip.malformed.seeds import seed

_HUGE = (b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"99999", b"2147483647",
         b"2147483648", b"4294967296", b"9" * 20, b"9" * 300, b"1.5", b"", b"0x10", b"+7")  # fmt: skip
_HOSTS = (b"[]", b"[:", b"[::1]", b"[::1", b"::1", b"[fe80::1%25eth0]", b"[::ffff:1.2.3.4]", b"[",
          b"]", b"[g]", b"[" + b"1:" * 60 + b"]", b"256.256.256.256", b"a" * 300, b"a..b", b"-", b"",
          b"0", b"127.0.0.1:", b"127.0.0.1:99999", b"127.0.0.1:0", b"xn--a", b"\xe4\xbc\x9f")  # fmt: skip
_BYTES = (b"\0", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b'"', b"\\", b"<", b">", b";", b",", b"%", b"%0",
          b"%00", b"?", b"&", b"=", b"@", b":", b"\t", b" ", b"\xff\xfe", b"\xc0\xaf",
          b"\xed\xa0\x80", b"\xd5\xc5\xce\xb0", b"(", b")", b"[", b"]", b"/", b"*")  # fmt: skip
_HEADERS = (
    b"Contact: <sip:[]>", b"Contact: *", b"Contact: <sip:a@b>;q=9.9;expires=-1", b"Contact: sip:",
    b"Contact: <tel:1>, <sip:x>, <mailto:a>", b"m:", b"Via:", b"v: SIP/2.0/UDP [::1]:70000",
    b"Via: SIP/2.0/UDP a;maddr=[];ttl=999;received=[;rport=-1", b"Route:", b"Route: <sip:[]>;lr",
    b"Record-Route: <sip:[::1;lr>", b"Service-Route: <>", b"Path: <", b"To: \"", b"From: <sip:[]>",
    b"Session-Expires: 99999999999", b"Session-Expires: 0;refresher=", b"Min-SE: -5", b"RSeq: 0",
    b"Min-SE: 4294967295", b"RAck: 0 0 X", b"Require: 100rel, timer, replaces", b"Require:",
    b"Replaces: a;to-tag=;from-tag=", b"Replaces: x;early-only", b"Refer-To:", b"Refer-To: <sip:[]>",
    b"Event:", b"Event: x;id=", b"Subscription-State: ;", b"Expires: 99999999999", b"Retry-After: x",
    b"WWW-Authenticate: Digest", b"WWW-Authenticate: Digest realm=, nonce=\"", b"Authorization: X",
    b"Proxy-Authenticate: Digest realm=\"a\", qop=\"auth,,\", algorithm=Q", b"Content-Type: /",
    b"Content-Type: multipart/mixed", b"Content-Type: multipart/mixed;boundary=\"\"",
    b"Content-Type: application/sdp;x=\"", b"Content-Encoding: gzip", b"Content-Length: ", b"l: 5",
    b"P-Asserted-Identity: \"", b"P-Asserted-Identity: <tel:>", b"CSeq: 1", b"CSeq: 99999999999 X",
    b"Max-Forwards: -1", b"Max-Forwards: 0", b"Accept: ,,", b"Supported: ,", b"Allow: ;", b"Warning: x",
    b": x", b"X", b" folded", b"X\t:y", b"X-\x80: y", b"Timestamp: 1.e", b"i: ", b"Call-ID: a@@b@",
)  # fmt: skip
_SDP = (
    b"m=audio 99999 RTP/AVP 8", b"m=audio -1 RTP/AVP 8", b"m=audio 0 RTP/AVP 8", b"m=", b"m=audio",
    b"m=audio 4000 RTP/AVP", b"m=audio 4000/99999 RTP/AVP 8", b"m=video 4002 RTP/AVP 96",
    b"m=audio 4000 RTP/SAVP 8", b"m=audio 4000 UDP/TLS/RTP/SAVPF 8", b"m=image 4000 udptl t38",
    b"m=audio 4000 RTP/AVP " + b" ".join(b"%d" % n for n in range(300)), b"c=IN IP6 ::1", b"c=",
    b"c=IN IP4", b"c=IN IP4 256.1.1.1", b"c=IN IP4 224.2.1.1/127/3", b"c=IN IP6 [", b"c=X Y Z",
    b"o=", b"o=- x y IN IP4 z", b"t=", b"t=99999999999 -1", b"s=", b"v=1", b"b=AS:99999999999",
    b"b=", b"a=rtpmap:8", b"a=rtpmap:999 x/0", b"a=rtpmap:8 PCMA/99999999999/99", b"a=fmtp:", b"a=",
    b"a=rtpmap:101 telephone-event/0", b"a=fmtp:101 " + b"9" * 2000, b"a=ptime:0", b"a=ptime:-20",
    b"a=ptime:99999999", b"a=maxptime:0", b"a=rtcp:", b"a=rtcp:99999 IN IP4 x", b"a=ssrc:", b"a=setup:",
    b"a=crypto:", b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:", b"a=crypto:1 X inline:AAAA", b"x=y",
    b"a=candidate:1 1 UDP 1 ::1 9 typ host", b"a=ice-ufrag:", b"a=fingerprint:sha-1 00", b"a=mid:",
    b"a=group:BUNDLE 0 1 2", b"a=inactive", b"a=sendonly", b"a=recvonly", b"=", b"a", b"\0",
)  # fmt: skip


class Mutator:
    """An endless supply of spoilt messages to the phone at ``port``, as if from ``peer``."""

    def __init__(self, seed_number: int, port: int, *, peer: int) -> None:
        self._random = random.Random(seed_number)
        self.port, self.peer = port, peer

    def messages(self, count: int, *, first: int = 0) -> Iterator[bytes]:
        """Spoil ``count`` honest messages, from the ``first``-th on."""
        for number in range(first, first + count):
            yield self.spoilt(seed(number, self.port, peer=self.peer))

    def spoilt(self, message: bytes) -> bytes:
        """Return ``message`` after one to four changes, at most one datagram long."""
        for _ in range(self._random.choice((1, 1, 1, 2, 2, 3, 4))):
            message = self._random.choice(_CHANGES)(self, message)
        if self._random.random() < 0.8:
            message = _with_true_length(message)  # else most bodies would never be read
        return message[:60_000]

    def _spot(self, message: bytes) -> int:
        return self._random.randrange(len(message) + 1)

    def flip(self, message: bytes) -> bytes:
        changed = bytearray(message)
        for _ in range(self._random.choice((1, 2, 8))):
            if changed:
                changed[self._random.randrange(len(changed))] = self._random.randrange(256)
        return bytes(changed)

    def insert(self, message: bytes) -> bytes:
        at = self._spot(message)
        return message[:at] + self._random.choice(_BYTES) + message[at:]

    def truncate(self, message: bytes) -> bytes:
        return message[: self._spot(message)]

    def cut_out(self, message: bytes) -> bytes:
        at = self._spot(message)
        return message[:at] + message[at + self._random.randrange(1, 40) :]

    def stutter(self, message: bytes) -> bytes:
        at = self._spot(message)
        piece = message[at : at + self._random.randrange(1, 60)]
        return message[:at] + piece * self._random.choice((2, 3, 50, 400)) + message[at:]

    def number(self, message: bytes) -> bytes:
        return self._replace(rb"\d+", message, _HUGE)

    def host(self, message: bytes) -> bytes:
        return self._replace(rb"127\.0\.0\.1(:\d+)?", message, _HOSTS)

    def quotes(self, message: bytes) -> bytes:
        return self._replace(rb'["<>;:@,=/ ]', message, _BYTES)

    def uri(self, message: bytes) -> bytes:
        bad = (b"sip:", b"sips:x", b"tel:+1;a=", b"x:", b"sip:@", b"sip:a:b:c@d", b"sip:%@x",
               b"sip:a@b;lr=;lr;lr", b"sip:a@b?" + b"h=v&" * 100, b"sip:" + b"u" * 900 + b"@x",
               b"sip:a@b;" + b"p=v;" * 200, b"sip:a@b;transport=quic", b"urn:x:y")  # fmt: skip
        return self._replace(rb"sip:[^>;\s]+", message, bad)

    def header(self, message: bytes) -> bytes:
        lines = message.split(b"\r\n")
        lines.insert(self._random.randrange(len(lines)), self._random.choice(_HEADERS))
        return b"\r\n".join(lines)

    def many_headers(self, message: bytes) -> bytes:
        lines = message.split(b"\r\n")
        line = self._random.choice(lines) or self._random.choice(_HEADERS)
        lines[1:1] = [line] * self._random.choice((2, 20, 33, 70, 200))
        return b"\r\n".join(lines)

    def without_a_line(self, message: bytes) -> bytes:
        lines = message.split(b"\r\n")
        del lines[self._random.randrange(len(lines))]
        return b"\r\n".join(lines)

    def shuffled(self, message: bytes) -> bytes:
        head, _, body = message.partition(b"\r\n\r\n")
        first, *rest = head.split(b"\r\n")
        self._random.shuffle(rest)
        return b"\r\n".join([first, *rest]) + b"\r\n\r\n" + body

    def body(self, message: bytes) -> bytes:
        head, middle, body = message.partition(b"\r\n\r\n")
        lines = body.split(b"\r\n")
        line = self._random.choice(_SDP)
        at = self._random.randrange(len(lines))
        lines[at : at + self._random.randrange(2)] = [line] * self._random.choice(
            (1, 1, 1, 20, 1000)
        )
        return head + middle + b"\r\n".join(lines)

    def nested(self, message: bytes) -> bytes:
        head, middle, _ = message.partition(b"\r\n\r\n")
        return head + middle + message

    def other_line_ends(self, message: bytes) -> bytes:
        return message.replace(b"\r\n", self._random.choice((b"\n", b"\r", b"\r\n\r\n", b"\r\n ")))

    def _replace(self, pattern: bytes, message: bytes, choices: tuple[bytes, ...]) -> bytes:
        found = list(re.finditer(pattern, message))
        if not found:
            return message
        match = self._random.choice(found)
        return message[: match.start()] + self._random.choice(choices) + message[match.end() :]


_CHANGES: tuple[Callable[[Mutator, bytes], bytes], ...] = (
    Mutator.flip, Mutator.insert, Mutator.truncate, Mutator.cut_out, Mutator.stutter,
    Mutator.number, Mutator.number, Mutator.host, Mutator.host, Mutator.quotes, Mutator.uri,
    Mutator.header, Mutator.header, Mutator.many_headers, Mutator.without_a_line,
    Mutator.shuffled, Mutator.body, Mutator.body, Mutator.body, Mutator.nested,
    Mutator.other_line_ends,
)  # fmt: skip


def _with_true_length(message: bytes) -> bytes:
    head, middle, body = message.partition(b"\r\n\r\n")
    return re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % len(body), head) + middle + body
