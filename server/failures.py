"""What a seat is told when a request fails: always our own JSON, never a traceback (step ⑨)."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from server.database import explain
from server.errors import ApiError, RejectedError
from server.services import answer

_log = logging.getLogger(__name__)

RETRY_AFTER_S = "2"
_CODES = {404: "not-found", 405: "method-not-allowed"}


def answer_errors(app: FastAPI) -> None:
    """Give every error that can leave a route its answer."""
    app.add_exception_handler(ApiError, _on_api_error)
    app.add_exception_handler(RejectedError, _on_bad_value)
    app.add_exception_handler(RequestValidationError, _on_bad_parameter)
    app.add_exception_handler(HTTPException, _on_no_route)
    app.add_exception_handler(DBAPIError, _on_database_error)
    app.add_exception_handler(PoolTimeoutError, _on_full_pool)
    app.add_exception_handler(Exception, _on_bug)


def _answer(status: int, code: str, message: str, **more: object) -> Response:
    return answer({"error": {"code": code, "message": message, **more}}, status)


async def _on_api_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    response = _answer(error.status, error.code, error.message, **error.more)
    response.headers.update(error.headers)
    return response


async def _on_bad_value(_request: Request, error: Exception) -> Response:
    return _answer(400, "bad-request", str(error))


async def _on_bad_parameter(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"][1:])
    return _answer(400, "bad-request", f"{name}: {first['msg']}")


async def _on_no_route(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "refused")
    return _answer(error.status_code, code, str(error.detail))


async def _on_database_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, DBAPIError)
    _log.error("%s", explain(error))
    response = _answer(503, "database-unavailable", "The server's database cannot answer now.")
    response.headers["Retry-After"] = RETRY_AFTER_S
    return response


async def _on_full_pool(_request: Request, error: Exception) -> Response:
    _log.error("no database connection became free (%s)", type(error).__name__)
    response = _answer(503, "busy", "The server has too much to do.")
    response.headers["Retry-After"] = RETRY_AFTER_S
    return response


async def _on_bug(_request: Request, error: Exception) -> Response:
    """The border of the process: uvicorn logs the traceback, the seat gets a clear answer."""
    _log.error("a request failed on a bug (%s)", type(error).__name__)
    return _answer(500, "internal", "The server failed on this request.")
