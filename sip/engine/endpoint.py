"""Brings the SIP library up and down by the rules in DESIGN.md ("pjsua2 rules")."""

from __future__ import annotations

import gc
import logging

from pjsua2 import pjsua2 as pj

from sip.messages import Account, Configure, Transport
from sip.text import is_sip_uri, name_addr, sip_uri

MAX_CALLS = 4  # the wheel's compiled limit; a fifth caller gets 486 without a callback
SESSION_S, LEAST_SESSION_S = 180, 90
RETRY_S, FIRST_RETRY_S, RETRY_JITTER_S = 3, 3, 1
CODECS = (("PCMA/8000", 132), ("PCMU/8000", 131), ("G722/16000", 130))

_TRANSPORTS = {
    Transport.UDP: pj.PJSIP_TRANSPORT_UDP,
    Transport.TCP: pj.PJSIP_TRANSPORT_TCP,
}

_log = logging.getLogger(__name__)


class ConfigurationError(Exception):
    """What Configure asks for cannot be had (a port in use, an address that is not ours)."""


def start_library(wish: Configure) -> tuple[pj.Endpoint, tuple[tuple[str, int], ...]]:
    """Return the running endpoint and the bound port of each transport.

    Raises ConfigurationError. The calling thread owns the library from here on.
    """
    endpoint = pj.Endpoint()
    try:
        endpoint.libCreate()
        endpoint.libInit(_endpoint_config())
        ports = tuple((t.value, _bind(endpoint, t, wish)) for t in wish.transports)
        endpoint.libStart()
    except pj.Error as problem:
        raise ConfigurationError(problem.reason) from problem
    for codec in endpoint.codecEnum2():
        endpoint.codecSetPriority(codec.codecId, 0)
    for name, priority in CODECS:
        endpoint.codecSetPriority(name, priority)
    return endpoint, ports


def stop_library(endpoint: pj.Endpoint) -> None:
    """Destroy the library. Every call and account object must have been dropped by now."""
    gc.collect()
    # Without this flag it sleeps a second for answers; calls and registration are gone already.
    endpoint.libDestroy(pj.PJSUA_DESTROY_NO_RX_MSG)


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
    media.threadCnt, media.hasIoqueue = 0, False
    media.clockRate, media.channelCount, media.audioFramePtime = 16_000, 1, 10
    media.noVad = True  # silence is sent too: a gap in the packets means that the line is dead
    media.ecTailLen = 0
    media.sndAutoCloseTime = -1
    return config


def _bind(endpoint: pj.Endpoint, transport: Transport, wish: Configure) -> int:
    config = pj.TransportConfig()
    config.boundAddress, config.port = wish.bind_address, wish.port
    number = endpoint.transportCreate(_TRANSPORTS[transport], config)
    return int(endpoint.transportGetInfo(number).localAddress.rpartition(":")[2])


def account_config(account: Account, bind_address: str) -> pj.AccountConfig:
    """Return the settings of our one account. Raises ConfigurationError for unfit names."""
    uri = sip_uri(account.user, account.domain)
    registrar = account.registrar
    if registrar and not registrar.startswith(("sip:", "sips:")):
        registrar = f"sip:{registrar}"
    if not is_sip_uri(uri) or not (registrar == "" or is_sip_uri(registrar)):
        raise ConfigurationError("the account's user, domain or registrar is no SIP name")
    config = pj.AccountConfig()
    config.idUri = name_addr(account.display_name, uri)
    config.regConfig.registrarUri = registrar
    _set_registration(config.regConfig, account.expires_s)
    if account.password:
        user = account.auth_user or account.user
        config.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", user, 0, account.password))
    config.callConfig.timerUse = pj.PJSUA_SIP_TIMER_OPTIONAL
    config.callConfig.timerMinSESec = LEAST_SESSION_S
    config.callConfig.timerSessExpiresSec = SESSION_S
    config.presConfig.publishEnabled = config.mwiConfig.enabled = False
    nat = config.natConfig
    nat.iceEnabled = nat.turnEnabled = False
    nat.sipStunUse = nat.mediaStunUse = pj.PJSUA_STUN_USE_DISABLED
    nat.sipOutboundUse = nat.contactRewriteUse = nat.viaRewriteUse = nat.sdpNatRewriteUse = 0
    # By default RTP would listen on every interface and offer any of their addresses.
    config.mediaConfig.transportConfig.boundAddress = bind_address
    config.mediaConfig.transportConfig.port = 0
    return config


def _set_registration(registration: pj.AccountRegConfig, expires_s: int) -> None:
    registration.timeoutSec = expires_s
    registration.retryIntervalSec = RETRY_S
    registration.firstRetryIntervalSec = FIRST_RETRY_S
    registration.randomRetryIntervalSec = RETRY_JITTER_S
    registration.dropCallsOnFail = False
