"""Errors as programs read them (problem+json, RFC 9457) and as people do."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from prober.errors import BrokenCase, ProberError, StoreError, UsageError
from prober.models.base import Noun

MEDIA = "application/problem+json"


class Problem(Noun):
    """What went wrong: title by status, detail for a person, code stable for machines."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str


class Refused(Exception):
    """A request that is not carried out. retry_after: seconds."""

    def __init__(self, status: int, code: str, detail: str, retry_after: float = 0.0) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.retry_after = status, code, detail, retry_after


def not_found(what: str) -> Refused:
    """404."""
    return Refused(404, "not_found", f"There is no such {what}.")


def refusal_of(error: Exception) -> Refused:
    """Any failure as what is answered; prober's own words are safe to show, others' are not."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, RequestValidationError):
        first = error.errors()[0] if error.errors() else {"loc": (), "msg": "malformed"}
        where = ".".join(str(part) for part in first["loc"][1:])
        return Refused(422, "malformed", f"{where}: {first['msg']}" if where else str(first["msg"]))
    if isinstance(error, HTTPException):
        return Refused(error.status_code, "http", str(error.detail))
    if isinstance(error, UsageError):
        return Refused(422, error.code, error.message)
    if isinstance(error, BrokenCase):
        return Refused(409, error.code, error.message)
    if isinstance(error, StoreError):
        return Refused(503, error.code, "The store of cases cannot be read or written; see the server's log.")
    if isinstance(error, ProberError):
        return Refused(503, error.code, error.message)
    return Refused(500, "fault", "This is a fault of prober; the server's log has the details.")


def problem_answer(refused: Refused, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal for programs."""
    body = Problem(
        title=HTTPStatus(refused.status).phrase, status=refused.status, detail=refused.detail, code=refused.code
    )
    return JSONResponse(body.model_dump(), refused.status, headers_of(refused, headers), media_type=MEDIA)


def headers_of(refused: Refused, headers: dict[str, str] | None = None) -> dict[str, str]:
    """The headers that belong to a refusal."""
    found = dict(headers or {})
    if refused.retry_after:
        found["Retry-After"] = str(math.ceil(refused.retry_after))
    if refused.status == 401:
        found["WWW-Authenticate"] = "Bearer"
    return found


def for_programs(request: Request) -> bool:
    """Whether the asker is a program rather than a page."""
    return request.url.path.startswith(("/api/", "/healthz", "/metrics"))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For the API's description: the refusals that a route may give."""
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def answer(error: Exception, headers: dict[str, str] | None = None) -> Response:
    """Any failure for programs."""
    return problem_answer(refusal_of(error), headers)
