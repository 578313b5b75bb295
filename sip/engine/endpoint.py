"""Brings the SIP library up and down by the rules in DESIGN.md ("pjsua2 rules")."""

from __future__ import annotations

import ctypes
import gc
import logging

from pjsua2 import _pjsua2
from pjsua2 import pjsua2 as pj

from sip.engine.account import AccountNotes, SipEndpoint
from sip.engine.network import is_address, parse_host
from sip.engine.transports import ConfigurationError
from sip.messages import Account, Configure, Transport
from sip.text import is_sip_uri, name_addr, sip_uri

MAX_CALLS = 4  # the wheel's compiled limit; a fifth caller gets 486 without a callback
SESSION_S, LEAST_SESSION_S = 180, 90
CODECS = (("PCMA/8000", 132), ("PCMU/8000", 131), ("G722/16000", 130))
T2_MS, GIVE_UP_MS = 2_000, 12_000
"""RFC 3261 17.1.2.2: a request is repeated at most every T2, and given up (there after 32 s)."""

_log = logging.getLogger(__name__)


def start_library(about: AccountNotes) -> pj.Endpoint:
    """Return the running endpoint, without transports. Raises ConfigurationError.

    What it says of connections goes to ``about``. The calling thread owns the library from here on.
    """
    endpoint = SipEndpoint(about)
    try:
        endpoint.libCreate()
        endpoint.libInit(_endpoint_config())
        _hurry()
        endpoint.libStart()
    except pj.Error as problem:
        raise ConfigurationError(problem.reason) from problem
    for codec in endpoint.codecEnum2():
        endpoint.codecSetPriority(codec.codecId, 0)
    for name, priority in CODECS:
        endpoint.codecSetPriority(name, priority)
    return endpoint


def stop_library(endpoint: pj.Endpoint) -> None:
    """Destroy the library. Every call must have been dropped by now, and the account must not."""
    gc.collect()
    # Without this flag it sleeps a second for answers; calls and registration are gone already.
    endpoint.libDestroy(pj.PJSUA_DESTROY_NO_RX_MSG)


def _hurry() -> None:
    """Let requests be repeated and given up sooner than the standard's timers for slow networks.

    Else a REGISTER that went out when the cable was pulled would keep the next one waiting. The
    wheel's Python cannot set them, the library beneath it can.
    """
    try:
        set_timers = ctypes.CDLL(_pjsua2.__file__).pjsip_tsx_set_timers
    except (OSError, AttributeError) as problem:
        _log.warning("the standard's timers stay: %s", problem)
        return
    set_timers(0, T2_MS, 0, GIVE_UP_MS)  # 0: as it is


def _endpoint_config() -> pj.EpConfig:
    config = pj.EpConfig()
    ua = config.uaConfig
    ua.threadCnt, ua.mainThreadOnly, ua.maxCalls = 0, True, MAX_CALLS
    ua.userAgent = "Zuoxi"
    ua.natTypeInSdp, ua.mwiUnsolicitedEnabled, ua.enableUpnp = 0, False, False
    log = config.logConfig
    log.level = log.consoleLevel = 2
    log.msgLogging = 0
    media = config.medConfig
    # Packets of sound are taken by a thread of the library that knows nothing of Python.
    media.threadCnt, media.hasIoqueue = 1, True
    media.clockRate, media.channelCount, media.audioFramePtime = 16_000, 1, 20
    media.noVad = True  # silence is sent too: a gap in the packets means that the line is dead
    media.ecTailLen = 0
    media.quality = 4  # the bridge's short filter between 8 and 16 kHz: a telephone needs no better
    media.sndAutoCloseTime = -1
    return config


def account_config(
    wish: Configure, *, bind_address: str, exchange: str, place: str, connection: str
) -> pj.AccountConfig:
    """Return the settings of our one account. Raises ConfigurationError for unfit names.

    ``exchange`` is the address of the registrar's host, "" while it is not known; ``place`` makes
    the address that is registered another one than before. ``connection`` is our end of the TLS
    connection to the exchange, "" when there is none.
    """
    account = wish.account
    uri = sip_uri(account.user, account.domain)
    registrar = registrar_uri(wish)
    if not is_sip_uri(uri) or not (registrar == "" or is_sip_uri(registrar)):
        raise ConfigurationError("the account's user, domain or registrar is no SIP name")
    config = pj.AccountConfig()
    config.idUri = name_addr(account.display_name, uri)
    _set_registration(config.regConfig, registrar, account.expires_s)
    if account.password:
        user = account.auth_user or account.user
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, account.password))
    config.regConfig.contactUriParams = f";place={place}"
    if route := _route(wish, exchange):
        config.sipConfig.proxies.append(route)
    config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
    config.callConfig.timerMinSESec = LEAST_SESSION_S
    config.callConfig.timerSessExpiresSec = SESSION_S
    config.presConfig.publishEnabled = config.mwiConfig.enabled = False
    _set_nat(config.natConfig)
    if registrar and _transport(wish) is Transport.TLS:
        _name_connection(config, account.user, connection)
    config.ipChangeConfig.reinviteFlags = 0  # the switchboard moves the calls
    _set_media(config.mediaConfig, bind_address, secure=_transport(wish) is Transport.TLS)
    return config


def registrar_uri(wish: Configure) -> str:
    """Return where to register, with the transport in it; "" when nowhere."""
    registrar = wish.account.registrar
    if registrar and not registrar.startswith(("sip:", "sips:")):
        registrar = f"sip:{registrar}"
    if registrar and _transport(wish) is not Transport.UDP and ";transport=" not in registrar:
        registrar += f";transport={_transport(wish)}"
    return registrar


def _transport(wish: Configure) -> Transport:
    return wish.transports[0]


def _route(wish: Configure, exchange: str) -> str:
    """Return the way that every request takes, "" for the one that its own address names.

    It keeps requests on the account's transport, and the library from looking names up.
    """
    account: Account = wish.account
    if not account.registrar:
        return ""
    registrar, transport = parse_host(account.registrar), _transport(wish)
    all_numeric = is_address(registrar.name) and is_address(parse_host(account.domain).name)
    if transport is Transport.UDP and all_numeric:
        return ""
    # A certificate vouches for the name, so TLS has to be given that.
    host = registrar.name if transport is Transport.TLS or not exchange else exchange
    port = "" if registrar.port is None else f":{registrar.port}"
    return f"<sip:{host}{port};transport={transport};lr;hide>"


def _set_registration(registration: pj.AccountRegConfig, registrar: str, expires_s: int) -> None:
    registration.registrarUri = registrar
    registration.timeoutSec = expires_s
    # When to register is said by sip.engine.registration.
    registration.registerOnAdd, registration.disableRegOnModify = False, True
    registration.retryIntervalSec = 0
    registration.dropCallsOnFail = False


def _set_nat(nat: pj.AccountNatConfig) -> None:
    nat.iceEnabled = nat.turnEnabled = False
    nat.sipStunUse = nat.mediaStunUse = pj.PJSUA_STUN_USE_DISABLED
    nat.sipOutboundUse = nat.contactRewriteUse = nat.viaRewriteUse = nat.sdpNatRewriteUse = 0
    nat.udpKaIntervalSec = 0  # the registration asks the exchange every second anyway


def _name_connection(config: pj.AccountConfig, user: str, connection: str) -> None:
    """Let calls come in over ``connection``, without the library finding out which that is.

    It would look the exchange's name up at every request, in the thread that carries the calls.
    """
    config.natConfig.contactUseSrcPort = 0
    # Nor does it look for this machine's address: it is what the exchange saw at the last REGISTER.
    config.natConfig.viaRewriteUse = 1
    if connection:
        config.sipConfig.contactForced = f"<{sip_uri(user, connection)};transport=tls>"


def _set_media(media: pj.AccountMediaConfig, bind_address: str, *, secure: bool) -> None:
    # By default RTP would listen on every interface and offer any of their addresses.
    media.transportConfig.boundAddress = bind_address
    media.transportConfig.port = 0
    media.srtpUse = pj.PJMEDIA_SRTP_MANDATORY if secure else pj.PJMEDIA_SRTP_DISABLED
    media.srtpSecureSignaling = 1 if secure else 0
    media.srtpOpt.keyings.append(pj.PJMEDIA_SRTP_KEYING_SDES)
