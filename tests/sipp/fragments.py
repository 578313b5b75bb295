"""What SIPp scenarios have in common: ``{{name}}`` in a scenario stands for one of these.

SIPp itself cannot include. Words in square brackets are SIPp's own and are filled in per message.
"""

from __future__ import annotations

import re

_SDP_HEAD = """v=0
o=sipp 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0"""
_BODY = "Content-Type: application/sdp\nContent-Length: [len]\n\n" + _SDP_HEAD
_PCMA = "\nm=audio [media_port] RTP/AVP 8\na=rtpmap:8 PCMA/8000"
_CONTACT = "Contact: <sip:sipp@127.0.0.1:[local_port];transport=[transport]>"
_VIA = "Via: SIP/2.0/[transport] 127.0.0.1:[local_port];branch=[branch%s]"
_FROM_SIPP = (
    """
From: "Caller" <sip:2001@127.0.0.1:[local_port]>;tag=s[call_number]
To: <sip:1001@127.0.0.1:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
Max-Forwards: 70
"""
    + _CONTACT
)
# A request of SIPp's within a call that the engine began; {{remember}} keeps what it needs.
_BACK = (
    """
From: <sip:2001@127.0.0.1:[local_port]>;tag=s[call_number]
To:[$theirs]
Call-ID: [call_id]
Max-Forwards: 70
"""
    + _CONTACT
)

FRAGMENTS = {
    "stranger": _VIA % "" + _FROM_SIPP.replace("[peer_tag_param]", ""),
    "caller": _VIA % "" + _FROM_SIPP,
    # CANCEL and the ACK of a refusal carry the branch of an INVITE that many steps before.
    **{f"caller-{steps}": _VIA % f"-{steps}" + _FROM_SIPP for steps in range(1, 11)},
    "other": "[last_Via:]\n[last_From:]\n[last_To:];tag=other\n[last_Call-ID:]\n[last_CSeq:]\n"
    + _CONTACT,
    # What a later answer or request of SIPp's has to repeat of the phone's INVITE.
    "remember": "<action>"
    + "".join(
        f'<ereg regexp=".*" search_in="hdr" header="{header}:" check_it="true" assign_to="{name}"/>'
        for header, name in (("Via", "via"), ("From", "theirs"), ("To", "ours"), ("CSeq", "cseq"))
    )
    + '</action></recv><Reference variables="via,theirs,ours,cseq"/>',
    "answer-invite": "Via:[$via]\nFrom:[$theirs]\nTo:[$ours];tag=s[call_number]\n"
    "Call-ID: [call_id]\nCSeq:[$cseq]\n" + _CONTACT,
    "answer-hold": "Via:[$via]\nFrom:[$theirs]\nTo:[$ours]\n"
    "Call-ID: [call_id]\nCSeq:[$cseq]\n" + _CONTACT,
    "back": _VIA % "" + _BACK,
    "trying": '<recv response="100" optional="true"/>',
    "engine": "sip:1001@127.0.0.1:[remote_port]",
    "echo": "[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\n" + _CONTACT,
    "answer": "[last_Via:]\n[last_From:]\n[last_To:];tag=s[call_number]\n[last_Call-ID:]\n"
    "[last_CSeq:]\n" + _CONTACT,
    "empty": "Content-Length: 0\n\n",
    "pcma": _BODY + _PCMA + "\na=sendrecv\n",
    "pcmu": _BODY + "\nm=audio [media_port] RTP/AVP 0\na=rtpmap:0 PCMU/8000\na=sendrecv\n",
    "unknown-codec": _BODY + "\nm=audio [media_port] RTP/AVP 97\na=rtpmap:97 speex/32000\n",
    "recvonly": _BODY + _PCMA + "\na=recvonly\n",
    "sendonly": _BODY + _PCMA + "\na=sendonly\n",
    "inactive": _BODY + _PCMA + "\na=inactive\n",
    "black-hole": _BODY.replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0") + _PCMA + "\n",
}


def filled(scenario: str, **more: str) -> str:
    """Return ``scenario`` with every ``{{name}}`` in its place. Raises KeyError for another."""
    fragments = FRAGMENTS | more
    return re.sub(r"\{\{([\w-]+)\}\}", lambda match: fragments[match[1]], scenario)
