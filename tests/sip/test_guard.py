"""What the guard keeps from the SIP library, and what it must let through."""

from __future__ import annotations

import pytest

from sip.guard import PACE_LIMIT, PACE_S, Pace, fault

HEAD = (
    b"INVITE sip:1001@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.2:5060;branch=z9hG4bKx\r\n"
    b'From: "a" <sip:2001@10.0.0.2>;tag=1\r\nTo: <sip:1001@10.0.0.1>\r\nCall-ID: 1@x\r\n'
    b"CSeq: 1 INVITE\r\nContact: <sip:2001@10.0.0.2>\r\n"
)
BODY = (
    b"v=0\r\nc=IN IP4 10.0.0.2\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n"
    b"a=rtcp:4001 IN IP4 10.0.0.2\r\n"
)


ANSWER = HEAD.replace(b"INVITE sip:1001@10.0.0.1 SIP/2.0", b"SIP/2.0 200 OK").replace(
    b"Contact: <sip:2001@10.0.0.2>\r\n", b""
)


def _message(*, head: bytes = b"", body: bytes = BODY) -> bytes:
    return HEAD + head + b"\r\n" + body


def _answer(head: bytes, status: bytes = b"200") -> bytes:
    return ANSWER.replace(b" 200 ", b" %s " % status) + head + b"\r\n" + BODY


FIT = {
    "an ordinary call": _message(),
    "no body": _message(body=b""),
    "IPv6": _message(
        head=b"Record-Route: <sip:[2001:db8::1]:5060;lr>\r\n",
        body=b"c=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 8\r\na=rtcp:4001 IN IP6 ::1\r\n",
    ),
    "brackets in a name": _message(head=b'P-Asserted-Identity: "[] x" <sip:1@10.0.0.2>\r\n'),
    "multicast": _message(body=b"c=IN IP4 224.2.1.1/127/3\r\nm=audio 4000 RTP/AVP 8\r\n"),
    "a name as address": _message(body=b"c=IN IP4 media.example.org\r\n"),
    "a report without address": _message(body=b"c=IN IP4 1.2.3.4\r\na=rtcp:4001\r\n"),
    "each medium at an address of its own": _message(
        body=b"v=0\r\nt=0 0\r\n" + b"m=audio 4000 RTP/AVP 8\r\nc=IN IP4 1.2.3.4\r\n" * 2
    ),
    "a refused medium at the session's address": _message(body=BODY + b"m=audio 0 RTP/AVP 8\r\n"),
    "a text with an m": _message(body=b"m=c\r\n"),
    "a long Call-ID": _message(head=b"X-Long: " + b"a-b_c" * 60 + b"!\r\n"),
    "sound, picture and two more": _message(body=b"m=audio 1 RTP/AVP 8\r\n" * 4),
    "some Service-Routes": _message(head=b"Service-Route: <sip:a>,<sip:b>\r\n" * 4),
    "empty brackets in a folded quote": _message(head=b'Subject: "a\r\n [] b"\r\n'),
    "an answer": _answer(b"Record-Route: <sip:p1;lr>, <SIPS:p2;lr>\r\nm: sip:2001@x;ob\r\n"),
    "an answer with an instance": _answer(
        b'Contact: "tel: a, b" <sip:2001@x;a=b:c>;+sip.instance="<urn:uuid:1>";expires=9\r\n'
    ),
    "to a telephone elsewhere": _answer(b"Contact: <tel:1>\r\n", b"302"),
    "another binding": _answer(b"Contact: <mailto:a@b>\r\n").replace(b"INVITE", b"REGISTER"),
    "a keep-alive": b"\r\n\r\n",
    "no message at all": b"",
}
UNFIT = {
    "an empty host": _message(head=b"Contact: <sip:[]>\r\n"),
    "an empty host with a user": _message(head=b"Route: <sip:a@[ ];lr>\r\n"),
    "an empty host in a Via": _message(head=b"Via: SIP/2.0/UDP []:5060\r\n"),
    "an empty host behind a quote that never ends": _message(head=b'X: "\r\nTo: <sip:[]>\r\n'),
    "a host of 254 letters": _message(head=b"Route: <sip:a@" + b"h" * 254 + b";lr>\r\n"),
    "a user of 201 letters": _message(head=b"Route: <sip:" + b"u" * 201 + b"@x;lr>\r\n"),
    "nine Service-Routes": _message(head=b"Service-Route: <sip:a>\r\n" * 9),
    "nine Service-Routes, folded": _message(
        head=b"Service-Route: <sip:a>" + b",\r\n\t<sip:a>" * 8 + b"\r\n"
    ),
    "nine Service-Routes in one": _message(head=b"service-route : " + b"<sip:a>," * 8 + b"<b>\r\n"),
    "an answer from a number": _answer(b"Contact: <tel:1>\r\n"),
    "an answer from a number without brackets": _answer(b"m : tel:1, <sip:2001@x>\r\n"),
    "an answer from a number, folded": _answer(b"Contact:\r\n <Tel:1>\r\n"),
    "an answer by way of a mailbox": _answer(b"Record-Route: <sip:p;lr>, <mailto:a@b>\r\n"),
    "five media": _message(body=b"m=audio 1 RTP/AVP 8\r\n" * 5),
    "five media, other line ends": _message(body=b"m=audio 1 RTP/AVP 8\r" * 5),
    "sound from nowhere": _message(body=b"c=IN IP4 \r\n"),
    "sound from 254 letters": _message(body=b"c=IN IP4 " + b"a" * 254 + b"\r\n"),
    "sound from half a bracket": _message(body=b"c=IN IP6 [\r\n"),
    "a refused medium without an address": _message(
        body=b"v=0\r\nm=audio 4000 RTP/AVP 8\r\nc=IN IP4 1.2.3.4\r\nm=audio 0 RTP/AVP 8\r\n"
    ),
    "a report to nobody": _message(body=b"a=rtcp:4001 IN IP4 \r\n"),
    "a report to 254 letters": _message(body=b"a=rtcp:4001 IN IP4 " + b"a" * 254 + b"\r\n"),
    "line feeds only": _message(body=b"c=\r\n").replace(b"\r\n", b"\n"),
}


@pytest.mark.parametrize("case", FIT)
def test_what_an_exchange_may_send_passes(case: str) -> None:
    assert fault(FIT[case]) == ""


@pytest.mark.parametrize("case", UNFIT)
def test_what_would_end_the_library_is_kept_from_it(case: str) -> None:
    assert fault(UNFIT[case]) != ""


def test_calls_at_a_humane_pace_pass_and_a_flood_has_to_wait() -> None:
    pace = Pace()
    assert all(pace.admits(_message(), 100.0) for _ in range(PACE_LIMIT))
    assert not pace.admits(_message(), 100.5)
    assert pace.admits(b"BYE sip:1001@10.0.0.1 SIP/2.0\r\n\r\n", 100.5)
    assert pace.admits(_message(), 100.0 + PACE_S)


def test_a_call_with_many_media_counts_for_many() -> None:
    pace = Pace()
    four = _message(body=b"m=audio 1 RTP/AVP 8\r\n" * 4)
    assert all(pace.admits(four, 0.0) for _ in range(PACE_LIMIT // 4))
    assert not pace.admits(_message(body=b""), 0.0)
