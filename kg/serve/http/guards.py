"""What holds for every request: whom it may be addressed to, which pages may read answers, what browsers may do."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.http.problems import MEDIA_TYPE, Problem, shown
from kg.serve.options import Options, is_loopback

__all__ = ["Guards", "problem_response"]

_HEADERS = {
    # Scripts and styles are files of ours; nothing is fetched from elsewhere, nothing runs that stands in a page.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "3600",
}


def problem_response(problem: Problem, *, head: bool = False) -> Response:
    """Return a problem as a response."""
    body = b"" if head else problem.body()
    # The guards add these as well, but a fault of ours is answered outside of them.
    headers = {**_HEADERS, **problem.headers}
    return Response(body, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


class Guards:
    """Checks a request before any route sees it, and adds headers to every response.

    Args:
        app: What comes after.
        options: Gives the names and origins allowed.
    """

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._names = _allowed_names(options)
        self._origins = options.origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Headers(scope=scope)
        origin = self._allowed_origin(request)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                _add(headers, origin)
            await send(message)

        try:
            self._check(request, origin)
        except Problem as problem:
            await problem_response(problem)(scope, receive, send_guarded)
            return
        asks_first = scope["method"] == "OPTIONS" and origin is not None and "access-control-request-method" in request
        answer = Response(status_code=204, headers=_PREFLIGHT) if asks_first else self._app
        await answer(scope, receive, send_guarded)

    def _check(self, request: Headers, origin: str | None) -> None:
        """Refuse what a page elsewhere on the web may have made a browser send.

        Raises:
            Problem: The request is addressed to another name (DNS rebinding), or comes from a page of another site.
        """
        hosts = request.getlist("host")
        if len(hosts) != 1:
            raise Problem(400, f"expected one Host header, found {len(hosts)}")
        if self._names is not None and _name(hosts[0]) not in self._names:
            remedy = "Use the address that kg serve prints; kg serve --allow-host NAME admits another name"
            raise Problem(403, f"this server does not go by the name {shown(hosts[0])}", remedy=remedy)
        foreign = request.get("sec-fetch-site") in {"cross-site", "same-site"}
        if foreign and request.get("sec-fetch-mode") != "navigate" and origin is None:
            raise Problem(
                403, "a page of another site asked for this", remedy="kg serve --cors ORIGIN admits its pages"
            )

    def _allowed_origin(self, request: Headers) -> str | None:
        origin = request.get("origin")
        if origin is None:
            return None
        return "*" if "*" in self._origins else origin if origin in self._origins else None


def _allowed_names(options: Options) -> Collection[str] | None:
    """Return the names that a request may be addressed to, None for any."""
    if not is_loopback(options.host) and not options.hosts:
        return None
    own = {"localhost", "127.0.0.1", "::1", _name(options.host)}
    return own | {_name(name) for name in options.hosts}


def _name(host: str) -> str:
    """Return a host without its port and brackets, in lower case."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


def _add(headers: MutableHeaders, origin: str | None) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if origin is not None:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers.add_vary_header("Origin")
