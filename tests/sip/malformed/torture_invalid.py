"""RFC 4475: the responses (3.1.1 and 3.1.2), and the requests that are invalid."""
# ruff: noqa: E501 - messages as they are

from __future__ import annotations

from tests.sip.malformed.torture_parts import AUDIO, SDP, invite, message, ordinary


def _response(
    status: str,
    name: str,
    *,
    via: str = "SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923",
    more: str = "",
) -> bytes:
    return message(f"""SIP/2.0 {status}
Via: {via}
From: <sip:user@example.com>;tag=83983
To: <sip:user@example.edu>;tag=jkldfj
Call-ID: {name}.asdof3uj203asdnf3429uasdhfas3ehjasdfas9i
CSeq: 35 INVITE
Contact: <sip:user@host198.example.com>
{more}""")


RESPONSES = {
    "unreason": _response(
        "200 = 2**3 * 5**2 \u043d\u043e \u0441\u0442\u043e \u0434\u0435\u0432\u044f\u043d\u043e\u0441\u0442\u043e",
        "unreason",
    ),
    "noreason": _response("100 ", "noreason"),
    "bcast": _response(
        "200 OK",
        "bcast",
        via="SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\nVia: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1saber23",
    ),
    "bigcode": _response("4294967301 better not break the receiver", "bigcode"),
    "scalarlg": _response(
        "503 Service Unavailable",
        "scalarlg",
        more='Retry-After: 949302838503028349304023988\nWarning: 1812 overture "In Progress"\nExpires: 100000000000000000000000000000',
    ).replace(b"CSeq: 35 INVITE", b"CSeq: 9292394834772304023312 OPTIONS"),
}

# --- 3.1.2 and the other sections: invalid messages --------------------------------------------

INVALID = {
    "badinv01": invite("badinv01", more='Contact: "Joe" <sip:joe@example.org>;;;;').replace(
        b"To: sip:j.user@example.com", b"To: sip:j.user@example.com;tag=;=;,"
    ),
    "clerr": message(
        ordinary(
            "INVITE sip:user@example.com SIP/2.0",
            name="clerr",
            more="Content-Type: application/sdp",
        ),
        AUDIO,
        cut=9800,
    ),
    "ncl": message(
        ordinary(
            "INVITE sip:user@example.com SIP/2.0",
            name="ncl",
            more="Content-Type: application/sdp\nContent-Length: -999",
        ),
        AUDIO,
        length=False,
    ),
    "scalar02": message("""REGISTER sip:example.com SIP/2.0
Via: SIP/2.0/TCP host129.example.com;branch=z9hG4bK342sdfoi3
To: <sip:user@example.com>
From: <sip:user@example.com>;tag=239232jh3
CSeq: 36893488147419103232 REGISTER
Call-ID: scalar02.23o0pd9vanlq3wnrlnewofjas9ui32
Max-Forwards: 300
Expires: 10000000000000000000000000000000000000000000
Contact: <sip:user@host129.example.com>
  ;expires=280297596632815"""),
    "quotbal": invite("quotbal", to='"Mr. J. User <sip:j.user@example.com>'),
    "ltgtruri": invite("ltgtruri", first="INVITE <sip:user@example.com> SIP/2.0"),
    "lwsruri": invite("lwsruri", first="INVITE sip:user@example.com; lr SIP/2.0"),
    "lwsstart": invite("lwsstart", first="INVITE  sip:user@example.com  SIP/2.0"),
    "trws": message(ordinary("OPTIONS sip:remote-target@example.com SIP/2.0  ", name="trws")),
    "escruri": invite(
        "escruri", first="INVITE sip:user@example.com?Route=%3Csip:example.com%3E SIP/2.0"
    ),
    "regbadct": message(
        ordinary("REGISTER sip:example.com SIP/2.0", name="regbadct").replace(
            "<sip:caller@host5.example.net>", "sip:user@example.com?Route=%3Csip:sip.example.com%3E"
        )
    ),
    "badaspec": message(
        ordinary(
            "OPTIONS sip:user@example.org SIP/2.0",
            to='"Watson, Thomas" < sip:t.watson@example.org >',
            name="badaspec",
        )
    ),
    "baddn": message(
        ordinary(
            "OPTIONS sip:t.watson@example.org SIP/2.0",
            sender="Bell, Alexander <sip:a.g.bell@example.com>;tag=43",
            name="baddn",
        )
    ),
    "badvers": message(
        ordinary("OPTIONS sip:t.watson@example.org SIP/7.0", name="badvers").replace(
            "SIP/2.0/UDP", "SIP/7.0/UDP"
        )
    ),
    "mismatch01": message(
        ordinary("OPTIONS sip:user@example.com SIP/2.0", name="mismatch01").replace(
            "8 OPTIONS", "8 INVITE"
        )
    ),
    "mismatch02": message(
        ordinary("NEWMETHOD sip:user@example.com SIP/2.0", name="mismatch02").replace(
            "8 NEWMETHOD", "8 INVITE"
        )
    ),
    "insuf": message(
        "INVITE sip:user@example.com SIP/2.0\nCSeq: 193942 INVITE\nVia: SIP/2.0/UDP @@;branch=z9hG4bKkdj.insuf\nContent-Type: application/sdp",
        AUDIO,
    ),
    "invut": message(
        ordinary(
            "INVITE sip:user@example.com SIP/2.0",
            name="invut",
            more="Content-Type: application/unknownformat",
        ),
        '<audio>\n <pcmu port="443"/>\n</audio>\n',
    ),
    "multi01": message(
        """INVITE sip:user@company.com SIP/2.0
Contact: <sip:caller@host25.example.net>
Via: SIP/2.0/UDP @@;branch=z9hG4bKkdjuw
Max-Forwards: 70
CSeq: 5 INVITE
Call-ID: multi01.98asdh@192.0.2.1
CSeq: 59 INVITE
Call-ID: multi01.98asdh@192.0.2.2
From: sip:caller@example.com;tag=3413415
To: sip:user@example.com
To: sip:other@example.net
From: sip:caller@example.net;tag=2923420123
Content-Type: application/sdp
Contact: <sip:caller@host36.example.net>
Max-Forwards: 5""",
        SDP,
    ),
    "mcl01": message(
        ordinary(
            "OPTIONS sip:user@example.com SIP/2.0",
            name="mcl01",
            more="Content-Length: 13\nContent-Type: text/plain\nContent-Length: 5",
        ),
        "There's no way to know how many octets are supposed to be here.\n",
        length=False,
    ),
}
