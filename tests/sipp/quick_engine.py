"""The real engine with SIP's timers ten times as quick: what is lost is given up in 3.2 s, not 32.

RFC 3261 17.1.1.1: everything follows from T1, here 50 ms. For tests of lost messages only.
"""

from __future__ import annotations

import ctypes
import os

from pjsua2 import _pjsua2

from sip.engine import endpoint
from sip.engine.__main__ import main

T1_MS, T2_MS, T4_MS, GIVE_UP_MS = 50, 400, 500, 3_200

if __name__ == "__main__":
    ctypes.CDLL(_pjsua2.__file__).pjsip_tsx_set_timers(T1_MS, 0, T4_MS, 0)
    endpoint.T2_MS, endpoint.GIVE_UP_MS = T2_MS, GIVE_UP_MS
    os._exit(main())
