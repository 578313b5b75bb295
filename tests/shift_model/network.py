"""What lies between one seat and the server: it loses, repeats, delays, and somebody dies of it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum

import requests

from tests.shift_model.centre import Centre
from tests.sync.httpserver import Request, Response


class Weather(Enum):
    REQUEST_LOST = "the request is lost"
    REPLY_LOST = "the reply is lost"
    TWICE = "the request arrives twice"
    LATE = "the request arrives when the seat has given up, later"
    SERVER_DIES = "the server is killed at a commit of this request"
    SEAT_DIES_ASKING = "the seat is killed before the request is out"
    SEAT_DIES_ANSWERED = "the seat is killed after the server acted"


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of the first request to ``route`` (any, when empty); ``commits`` are those that
    the dying server still makes."""

    weather: Weather
    route: str = ""
    commits: int = 0


class SeatDiedError(Exception):
    """kill -9 of the seat; raised through everything that runs in it."""


class Network:
    """A function from request to response, for one seat; ``forecast``: faults that are to come."""

    def __init__(self, centre: Centre, late: list[Request]) -> None:
        self._centre = centre
        self._late = late
        self.forecast: deque[Fault] = deque()
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Response:
        self.asked.append(request.path)
        if not self.forecast or not request.path.endswith(self.forecast[0].route):
            return self._centre.answer(request)
        fault = self.forecast.popleft()
        match fault.weather:
            case Weather.REQUEST_LOST:
                pass
            case Weather.REPLY_LOST:
                self._centre.answer(request)
            case Weather.TWICE:
                self._centre.answer(request)
                return self._centre.answer(request)
            case Weather.LATE:
                self._late.append(request)
            case Weather.SERVER_DIES:
                self._centre.answer_dying(request, fault.commits)
            case Weather.SEAT_DIES_ASKING:
                raise SeatDiedError
            case Weather.SEAT_DIES_ANSWERED:
                self._centre.answer(request)
                raise SeatDiedError
        raise requests.ConnectionError(fault.weather.value)
