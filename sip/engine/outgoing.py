"""What a call out carries besides its target: extra headers, another sender (step ②)."""

from __future__ import annotations

from pjsua2 import pjsua2 as pj

from sip.engine.refusal import RefusedError
from sip.messages import Account, MakeCall
from sip.text import is_header, is_sip_uri, name_addr, sip_uri


def outgoing(wish: MakeCall, account: Account) -> pj.CallOpParam:
    """Return the library's parameters for the call. Raises RefusedError for unfit text."""
    if not is_sip_uri(wish.uri):
        raise RefusedError("no SIP URI")
    operation = pj.CallOpParam(True)
    for name, value in wish.headers:
        if not is_header(name, value):
            raise RefusedError("a header holds what must not be sent")
        header = pj.SipHeader()
        header.hName, header.hValue = name, value
        operation.txOption.headers.append(header)
    if wish.from_user or wish.from_name:
        uri = sip_uri(wish.from_user or account.user, account.domain)
        operation.txOption.localUri = name_addr(wish.from_name, uri)
    return operation
