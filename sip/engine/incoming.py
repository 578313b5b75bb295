"""How a new call is told to the desk (step ②)."""

from __future__ import annotations

from sip.identity import CallerIdentity
from sip.messages import IncomingCall, LineId


def incoming_call(line: LineId, who: CallerIdentity) -> IncomingCall:
    return IncomingCall(
        line=line,
        call_id=who.call_id,
        name=who.name,
        number=who.number,
        anonymous=who.anonymous,
        dialled=who.dialled,
        queue=who.queue,
        menu_path=who.menu_path,
        waited_s=who.waited_s,
        from_uri=who.from_uri,
        transferred_by=who.transferred_by,
        returned=who.returned,
    )
