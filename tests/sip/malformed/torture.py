"""The messages of RFC 4475, "SIP Torture Test Messages": its facts as test data, by section.

Each stands under the RFC's own name for it. Few things differ from the RFC: the Via on top names
the test's own socket where the RFC's host is not the point, so that answers come back (``@@``),
and what a registrar is told is told to a telephone, which has no use for it. (An INVITE that starts a call has no tag
in its To here, where the RFC's parsers do not mind one.)
"""
# ruff: noqa: E501 - messages as they are

from __future__ import annotations

from tests.sip.malformed.torture_invalid import INVALID, RESPONSES
from tests.sip.malformed.torture_parts import AUDIO, SDP, invite, message, ordinary

__all__ = ["ALL", "INVALID", "RESPONSES", "VALID_INVITES", "VALID_REQUESTS"]

# --- 3.1.1 valid messages ----------------------------------------------------------------------

VALID_INVITES = {
    "wsinv": message(
        """
INVITE sip:vivekanand@example.com;unknownparam SIP/2.0
TO :
 sip:vivekanand@example.com
from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 150
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    @@;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33
""",
        SDP,
        length=False,
    ),
    "esc01": message(
        """
INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP @@;branch=z9hG4bKkdjuw
C: application/sdp
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
""",
        AUDIO,
    ),
    "longreq": message(
        """
INVITE sip:user@example.com SIP/2.0
To: "I have a user name of {long} proportion"<sip:user@example.com:6000;unknownparam1=very{verylong}longvalue;longparam{name}name=shortvalue;very{verylong}LongParameterNameWithNoValue>
F: sip:{amazing}longcallername@example.net;tag=12{fifty}982424;unknownheaderparam{name}name=unknowheaderparam{verylong}value;unknownValueless{name}paramname
Call-ID: longreq.onereally{verylong}longcallid
CSeq: 3882340 INVITE
Unknown-{long}-Name: unknown-{verylong}-value; unknown-{verylong}-parameter-name = unknown-{verylong}-parameter-value
Via: SIP/2.0/UDP @@;branch=z9hG4bKlongreq
Via: SIP/2.0/TCP sip33.example.com;branch=z9hG4bK{fifty}
v: SIP/2.0/TCP sip32.example.com;branch=z9hG4bK{fifty}
V: SIP/2.0/TCP sip31.example.com;branch=z9hG4bK{fifty}
Max-Forwards: 70
Contact: <sip:{amazing}longcallername@host5.example.net>
Content-Type: application/sdp
""".replace("{long}", "extremely" * 8)
        .replace("{verylong}", "very" * 20)
        .replace("{name}", "long" * 20)
        .replace("{fifty}", "80" * 25)
        .replace("{amazing}", "amazinglylong" * 4),
        AUDIO,
    ),
    "inv2543": message(
        """
INVITE sip:UserB@example.com SIP/2.0
Via: SIP/2.0/UDP @@
From: <sip:UserA@example.com>
To: <sip:UserB@example.com>
Call-ID: inv2543.1717@ift.client.example.com
CSeq: 56 INVITE
Content-Type: application/sdp
""",
        """v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.5
s=-
c=IN IP4 192.0.2.5
t=0 0
m=audio 49217 RTP/AVP 0
""",
        length=False,
    ),
    "sdp01": invite("sdp01", more="Accept: text/nobodyKnowsThis"),
    "unksm2": invite("unksm2", to="isbn:2983792873", sender="<http://www.example.com>;tag=3234233"),
    "zeromf": invite("zeromf").replace(b"Max-Forwards: 70", b"Max-Forwards: 0"),
    "baddate": invite("baddate", more="Date: Fri, 01 Jan 2010 16:00:00 EST"),
    "badbranch": invite("badbranch").replace(b"branch=z9hG4bKbadbranch", b"branch=z9hG4bK"),
}

VALID_REQUESTS = {
    "intmeth": message(
        "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"
        ":&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n"
        "Via: SIP/2.0/UDP @@;branch=z9hG4bK-.!%66*_+`'~\n"
        'To: "BEL:\\\x07 NUL:\\\x00 DEL:\\\x7f" <sip:1_unusual.URI~(to-be!sure)&isn\'t+it$/crazy?,/;;*'
        "@example.com>\n"
        "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="
        '"\u0440\u0430\u0431\u043e\u0442\u0430\u044e\u0449\u0438\u0439";tag=_token~1\'+`*%!-.\n'
        "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{\n"
        "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\nMax-Forwards: 255\n"
        "extensionHeader-!.%*+_`'~:\ufeff\u5927\u505c\u96fb"
    ),
    "escnull": message(
        ordinary(
            "REGISTER sip:example.com SIP/2.0",
            to="sip:null-%00-null@example.com",
            sender="sip:null-%00-null@example.com;tag=839923423",
            name="escnull",
            more="L:0",
        ).replace(
            "Contact: <sip:caller@host5.example.net>",
            "Contact: <sip:%00@host5.example.com>\nContact: <sip:%00%00@host5.example.com>",
        ),
        length=False,
    ),
    "esc02": message(
        ordinary(
            "RE%47IST%45R sip:registrar.example.com SIP/2.0",
            to='"%Z%45" <sip:resource@example.com>',
            sender='"%Z%45" <sip:resource@example.com>;tag=f232jadfj23',
            name="esc02",
        )
    ),
    "lwsdisp": message(
        ordinary(
            "OPTIONS sip:user@example.com SIP/2.0",
            sender="caller<sip:caller@example.com>;tag=323",
            name="lwsdisp",
        )
    ),
    "dblreq": message(ordinary("REGISTER sip:example.com SIP/2.0", name="dblreq"))
    + message(
        ordinary(
            "INVITE sip:joe@example.com SIP/2.0",
            name="dblreq2",
            more="Content-Type: application/sdp",
        ),
        AUDIO,
    ),
    "semiuri": message(
        ordinary(
            "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0",
            to="sip:j_user@example.com",
            name="semiuri",
        )
    ),
    "transports": message(
        ordinary("OPTIONS sip:user@example.com SIP/2.0", name="transports")
        + """Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee"""
    ),
    "mpart01": (
        message(
            ordinary(
                "MESSAGE sip:kumiko@example.org SIP/2.0",
                name="mpart01",
                more="MIME-Version: 1.0\nContent-Type: multipart/mixed;boundary=7a9cbec02ceef655",
            ),
            "--7a9cbec02ceef655\nContent-Type: text/plain\nContent-Transfer-Encoding: binary\n\nHello\n"
            "--7a9cbec02ceef655\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: binary\n\n",
            cut=64,
        )
        + bytes(range(0x80, 0xA8))
        + b"\r\n--7a9cbec02ceef655--"
    ),
    "novelsc": message(ordinary("OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", name="novelsc")),
    "unkscm": message(
        ordinary("OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0", name="unkscm")
    ),
    "bext01": message(
        ordinary(
            "OPTIONS sip:user@example.com SIP/2.0",
            name="bext01",
            more="Require: nothingSupportsThis, nothingSupportsThisEither\nProxy-Require: noProxiesSupportThis, norDoAnyProxiesSupportThis",
        )
    ),
    "regaut01": message(
        ordinary(
            "REGISTER sip:example.com SIP/2.0",
            name="regaut01",
            more='Authorization: NoOneKnowsThisScheme opaque-data="here"',
        )
    ),
    "cparam01": message(
        ordinary("REGISTER sip:example.com SIP/2.0", name="cparam01").replace(
            "<sip:caller@host5.example.net>", "sip:+19725552222@gw1.example.net;unknownparam"
        )
    ),
    "cparam02": message(
        ordinary("REGISTER sip:example.com SIP/2.0", name="cparam02").replace(
            "<sip:caller@host5.example.net>", "<sip:+19725552222@gw1.example.net;unknownparam>"
        )
    ),
    "regescrt": message(
        ordinary("REGISTER sip:example.com SIP/2.0", name="regescrt").replace(
            "<sip:caller@host5.example.net>",
            "<sip:user@example.com?Route=%3Csip:sip.example.com%3E>",
        )
    ),
}


ALL = VALID_INVITES | VALID_REQUESTS | RESPONSES | INVALID
