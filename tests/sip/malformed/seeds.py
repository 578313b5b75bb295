"""Honest SIP messages for the mutations to spoil: what an exchange really sends to a phone."""

from __future__ import annotations

import itertools

SDP = (
    b"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nb=AS:84\r\nt=0 0\r\n"
    b"m=audio 4000 RTP/AVP 8 0 9 101\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\n"
    b"a=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"
    b"a=ptime:20\r\na=sendrecv\r\na=rtcp:4001 IN IP4 127.0.0.1\r\na=ssrc:1 cname:x\r\n"
    b"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n"
)
_EXTRA = {
    b"INVITE": b"Session-Expires: 90;refresher=uac\r\nMin-SE: 90\r\nSupported: timer, 100rel\r\n"
    b'P-Asserted-Identity: "Zhang" <sip:13800138000@127.0.0.1>\r\nX-Zuoxi-Queue: tax\r\n'
    b"Allow: INVITE, ACK, BYE\r\nPrivacy: none\r\nDiversion: <sip:1002@127.0.0.1>;reason=busy\r\n",
    b"SUBSCRIBE": b"Event: presence\r\nExpires: 60\r\nAccept: application/pidf+xml\r\n",
    b"NOTIFY": b"Event: refer;id=1\r\nSubscription-State: active;expires=60\r\n",
    b"REFER": b"Refer-To: <sip:3001@127.0.0.1?Replaces=a%3Bto-tag%3Db%3Bfrom-tag%3Dc>\r\n"
    b"Referred-By: <sip:2001@127.0.0.1>\r\n",
    b"PRACK": b"RAck: 1 1 INVITE\r\n",
    b"OPTIONS": b"Accept: application/sdp\r\nAccept-Language: zh, en;q=0.5\r\n",
    b"REGISTER": b"Expires: 60\r\nAuthorization: Digest username=\"a\", realm=\"b\", nonce=\"c\", "
    b"uri=\"sip:d\", response=\"00000000000000000000000000000000\"\r\n",
    b"MESSAGE": b"Content-Disposition: render\r\n",
    b"INFO": b"Info-Package: dtmf\r\nRecv-Info: dtmf\r\n",
}  # fmt: skip
_METHODS = (
    b"INVITE", b"INVITE", b"INVITE", b"INVITE", b"OPTIONS", b"REGISTER", b"SUBSCRIBE", b"NOTIFY",
    b"REFER", b"MESSAGE", b"INFO", b"UPDATE", b"PRACK", b"BYE", b"CANCEL", b"ACK", b"PUBLISH",
)  # fmt: skip
_STATUSES = (100, 180, 183, 200, 202, 302, 401, 407, 408, 422, 486, 494, 503, 603)
_count = itertools.count(1)


def request(method: bytes, port: int, *, peer: int, body: bytes | None = None) -> bytes:
    """Return a request to the phone at ``port`` from ``peer``, each with a Call-ID of its own."""
    number = b"%d" % next(_count)
    if body is None:
        body = SDP if method in {b"INVITE", b"UPDATE"} else b""
    return b"\r\n".join(
        (
            method + b" sip:1001@127.0.0.1:%d SIP/2.0" % port,
            b"Via: SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bK%s" % (peer, number),
            b"Max-Forwards: 70",
            b'From: "Caller" <sip:13800138000@127.0.0.1:%d>;tag=f%s' % (peer, number),
            b"To: <sip:1001@127.0.0.1:%d>" % port,
            b"Call-ID: " + number + b"@malformed",
            b"CSeq: 1 " + method,
            b"Contact: <sip:raw@127.0.0.1:%d;transport=udp>" % peer,
            b"Record-Route: <sip:127.0.0.1:%d;lr>" % peer,
            b"User-Agent: seed",
            _EXTRA.get(method, b"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
            + (b"Content-Type: application/sdp\r\n" if body else b"")
            + b"Content-Length: %d\r\n\r\n" % len(body),
        )
    ) + (body)


def response(status: int, port: int, *, peer: int) -> bytes:
    """Return an answer to something the phone never asked."""
    number = b"%d" % next(_count)
    body = SDP if status in {183, 200} else b""
    return (
        b"SIP/2.0 %d Something\r\nVia: SIP/2.0/UDP 127.0.0.1:%d;rport;branch=z9hG4bKPj%s\r\n"
        b"From: <sip:1001@127.0.0.1>;tag=a%s\r\nTo: <sip:2001@127.0.0.1:%d>;tag=b\r\n"
        b"Call-ID: %s\r\nCSeq: 1 INVITE\r\nContact: <sip:2001@127.0.0.1:%d>\r\n"
        b"Require: 100rel\r\nRSeq: 1\r\nService-Route: <sip:127.0.0.1;lr>\r\n"
        b'WWW-Authenticate: Digest realm="r", nonce="n", qop="auth", algorithm=MD5\r\n'
        b"Warning: 399 host \"text\"\r\nMin-SE: 90\r\nExpires: 60\r\n"
        b"%sContent-Length: %d\r\n\r\n%s"
        % (status, port, number, number, peer, number, peer,
           b"Content-Type: application/sdp\r\n" if body else b"", len(body), body)
    )  # fmt: skip


def seed(number: int, port: int, *, peer: int) -> bytes:
    """Return the ``number``-th honest message: four requests, then one response, and so on."""
    if number % 5 == 4:
        return response(_STATUSES[number // 5 % len(_STATUSES)], port, peer=peer)
    return request(_METHODS[number % len(_METHODS)], port, peer=peer)
