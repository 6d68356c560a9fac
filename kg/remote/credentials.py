"""Who asks: basic, digest and bearer authentication, with secrets from the environment alone."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping

import httpx

from kg.errors import RemoteError

__all__ = ["PASSWORD", "SCHEMES", "TOKEN", "USER", "credentials"]

SCHEMES = ("basic", "digest", "bearer")
USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def credentials(
    scheme: str | None, user: str | None, *, default: str = "basic", environment: Mapping[str, str] | None = None
) -> httpx.Auth | None:
    """Return what signs requests; None where neither a scheme nor a user was named.

    A variable of the environment that is set is not enough, so that a password never goes to a server for which it was
    not meant.

    Args:
        scheme: basic, digest or bearer; ``default`` where only a user is named.
        user: Else ``KG_STORE_USER``.
        default: The scheme of the product.
        environment: Holds ``KG_STORE_PASSWORD`` or ``KG_STORE_TOKEN``; by default that of the process.

    Raises:
        RemoteError: The scheme is unknown, or a name or secret is missing.
    """
    if scheme is None and user is None:
        return None
    values = os.environ if environment is None else environment
    chosen = scheme or default
    if chosen == "bearer":
        return _Bearer(_value(values, TOKEN, "a token"))
    if chosen not in SCHEMES:
        raise RemoteError(f"there is no authentication named {chosen!r}; known: {', '.join(SCHEMES)}")
    name = user or _value(values, USER, "a user's name")
    password = _value(values, PASSWORD, "a password")
    return httpx.DigestAuth(name, password) if chosen == "digest" else httpx.BasicAuth(name, password)


def _value(values: Mapping[str, str], name: str, what: str) -> str:
    value = values.get(name, "")
    if not value or "\n" in value or "\r" in value:
        problem = f"the environment holds no {name}" if not value else f"{name} holds a line break"
        raise RemoteError(f"{problem}; {what} is needed", remedy=f"Set {name}, say from a file only you can read")
    return value
