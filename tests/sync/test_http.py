from __future__ import annotations

import gzip
import io
import itertools
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from sync.errors import BadReply, Unreachable
from sync.http import HttpClient, HttpLimits
from tests.sync.httpserver import URL, FunctionAdapter, Handler, Request, Response
from tests.sync.socketserver import serving

SHORT = HttpLimits(connect_s=2, read_s=0.2, total_s=0.5, body_bytes=100_000)
OK = b"HTTP/1.1 200 OK\r\n"


def client(
    handler: Handler, limits: HttpLimits = SHORT, made: list[requests.Session] | None = None
) -> HttpClient:
    def new_session() -> requests.Session:
        session = requests.Session()
        session.mount("https://", FunctionAdapter(handler))
        if made is not None:
            made.append(session)
        return session

    return HttpClient(URL, limits=limits, new_session=new_session)


def test_a_body_without_end_is_cut_at_the_limit() -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(OK + b"\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with serving(endless) as url, pytest.raises(BadReply, match="longer than"):
        HttpClient(url, limits=SHORT).exchange("GET", "/")


def test_a_small_body_that_unpacks_without_end_is_cut_at_the_same_limit() -> None:
    packed = gzip.compress(b"0" * 50_000_000)
    answer = Response(200, packed, {"Content-Encoding": "gzip"})
    with pytest.raises(BadReply, match="longer than"):
        client(lambda _: answer).exchange("GET", "/")


@pytest.mark.parametrize("framing", [b"\r\n", b"Content-Length: 90000\r\n\r\n"])
def test_a_body_that_drips_is_given_up_after_the_whole_time(framing: bytes) -> None:
    stop = threading.Event()

    def dripping(connection: socket.socket) -> None:
        connection.sendall(OK + framing)
        while not stop.wait(0.02):
            connection.sendall(b"x")

    with serving(dripping) as url:
        with pytest.raises(Unreachable, match="took longer"):
            HttpClient(url, limits=SHORT).exchange("GET", "/")
        stop.set()


def test_a_server_that_says_nothing_is_given_up() -> None:
    stop = threading.Event()

    def mute(connection: socket.socket) -> None:
        stop.wait(20)

    with serving(mute) as url:
        with pytest.raises(Unreachable, match="in time"):
            HttpClient(url, limits=SHORT).exchange("GET", "/")
        stop.set()


def test_a_server_that_falls_silent_within_a_body_is_given_up() -> None:
    stop = threading.Event()

    def silent(connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Length: 10\r\n\r\n{")
        stop.wait(20)

    with serving(silent) as url:
        with pytest.raises(Unreachable, match="in time"):
            HttpClient(url, limits=SHORT).exchange("GET", "/")
        stop.set()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        OK + b"Content-Length: 10\r\n\r\n{}",
        OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{}",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}",
    ],
)
def test_an_answer_that_is_cut_or_no_http_is_no_answer(answer: bytes) -> None:
    with serving(lambda connection: connection.sendall(answer)) as url:
        with pytest.raises(Unreachable) as raised:
            HttpClient(url, limits=SHORT).exchange("GET", "/")
        assert "0x" not in str(raised.value)


def test_nobody_listening_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unreachable, match="refused"):
        HttpClient(f"http://127.0.0.1:{port}", limits=SHORT).exchange("GET", "/")


def failing(error: Exception) -> HttpClient:
    def handler(_: Request) -> Response:
        raise error

    return client(handler)


def test_an_unknown_name_and_an_untrusted_certificate_are_said_in_words() -> None:
    with pytest.raises(Unreachable, match="name is not known"):
        failing(requests.ConnectionError("Failed to resolve 'server.test'")).exchange("GET", "/")
    with pytest.raises(Unreachable, match="not trusted"):
        failing(requests.exceptions.SSLError("self-signed")).exchange("GET", "/")


def test_a_body_that_cannot_be_unpacked_is_a_bad_reply() -> None:
    answer = Response(200, b"not gzip at all", {"Content-Encoding": "gzip"})
    with pytest.raises(BadReply, match="unpacked"):
        client(lambda _: answer).exchange("GET", "/")


def test_a_redirect_is_not_followed_and_gets_no_token() -> None:
    seen: list[str] = []

    def redirecting(request: Request) -> Response:
        seen.append(request.path)
        return Response(307, b"", {"Location": "http://elsewhere.test/steal"})

    with pytest.raises(BadReply, match="redirect"):
        client(redirecting).exchange("POST", "/api", body=b"{}", token="secret")
    assert seen == ["/api"]


def test_netrc_does_not_replace_our_header(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine server.test login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[str | None] = []

    def handler(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        return Response(200, b"{}")

    reached = client(handler)
    reached.exchange("GET", "/", token="ours")
    reached.exchange("GET", "/")
    assert seen == ["Bearer ours", None]


def test_loopback_never_goes_through_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    answer = OK + b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
    with serving(lambda connection: connection.sendall(answer)) as url:
        assert HttpClient(url, limits=SHORT).exchange("GET", "/").body == b"{}"


def test_every_thread_has_a_session_of_its_own_and_close_ends_them_all() -> None:
    made: list[requests.Session] = []
    together = threading.Barrier(3)

    def handler(_: Request) -> Response:
        together.wait(20)
        return Response(200, b"{}")

    reached = client(handler, made=made)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: reached.exchange("GET", "/"), range(3)))
        list(pool.map(lambda _: reached.exchange("GET", "/"), range(3)))
    assert len(made) == 3
    closed: list[requests.Session] = []
    for session in made:
        session.close = lambda session=session: closed.append(session)  # type: ignore[method-assign,misc]
    reached.close()
    assert closed == made


def test_the_limit_on_the_whole_time_is_looked_at_between_pieces() -> None:
    times = itertools.count(step=10.0)
    reached = HttpClient(
        URL,
        limits=HttpLimits(total_s=5.0),
        new_session=lambda: session,
        monotonic_s=lambda: next(times),
    )
    session = requests.Session()
    session.mount("https://", FunctionAdapter(lambda _: Response(200, io.BytesIO(b"{}"))))
    with pytest.raises(Unreachable, match="took longer than 5 s"):
        reached.exchange("GET", "/")
