"""Recognise a triple store by the name that it gives itself in its answers."""

from __future__ import annotations

from kg.errors import RemoteError
from kg.remote.connection import Connection
from kg.remote.profiles import PROFILES, Profile, address

__all__ = ["recognised", "required"]


def recognised(url: str, *, timeout: float) -> Profile | None:
    """Return the product behind a URL, None where it is not one that kg knows; nothing is signed.

    Raises:
        RemoteError: The server cannot be reached, or it is no URL.
    """
    connection = Connection(timeout=timeout)
    try:
        # HEAD: a GET of a data set of Fuseki would send all of it
        server = connection.send("HEAD", address(url, None).query).headers.get("server", "")
    finally:
        connection.close()
    return next((p for p in PROFILES.values() if server.lower().startswith(p.server.lower())), None)


def required(url: str, *, timeout: float) -> Profile:
    """Return the product behind a URL to which graphs are to be sent.

    Raises:
        RemoteError: It is not one that kg knows.
    """
    found = recognised(url, timeout=timeout)
    if found is None:
        raise RemoteError(
            "the server does not say that it is a store which kg knows",
            where=url,
            remedy=f"Name it with --profile ({', '.join(PROFILES)}), or the URL of its graphs with --store-url",
        )
    return found
