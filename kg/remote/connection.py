"""HTTP with patience: tries again what may pass, keeps its own time, and says what a server answered."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from kg import __version__
from kg.errors import RemoteError

__all__ = ["Answer", "Connection", "refusal"]

_MAY_PASS = frozenset((429, 502, 503, 504))
# 0.5, 1, 2, 4 and 8 s: a server that restarts is back by then
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
_LONGEST_PAUSE = 60.0
_CONNECT = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered, read whole."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without parameters, in lower case."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text for a message: without markup, on one line, at most 300 characters."""
        plain = re.sub(r"<[^>]*>", " ", self.body.decode("utf-8", "replace"))
        line = " ".join(plain.split())
        return line if len(line) <= 300 else line[:299] + "…"


class Connection:
    """Sends requests to one server after another, reusing connections.

    Args:
        auth: Signs requests.
        timeout: Seconds in which a query must be answered, and in which a server must answer a write once it has it.
        wait: Sleeps for a number of seconds between tries.
    """

    def __init__(
        self, *, auth: httpx.Auth | None = None, timeout: float = 60.0, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self.timeout = timeout
        self.signed = auth is not None
        self._wait = wait
        self._met = False
        limits = httpx.Timeout(timeout, connect=min(timeout, _CONNECT))
        # redirects are not followed: they would carry the login and the data elsewhere
        self._client = httpx.Client(
            auth=auth, timeout=limits, follow_redirects=False, headers={"User-Agent": f"kg-news/{__version__}"}
        )

    def send(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request, again where the failure may pass: 429, 502, 503, 504, or a lost connection.

        All that kg sends may be sent twice: queries, and graphs without blank nodes.

        Args:
            method: Of HTTP.
            url: Whole.
            form: Sent as a form.
            content: Sent as it is.
            headers: Besides the usual ones.

        Raises:
            RemoteError: The server cannot be reached, breaks off, or takes too long.
        """
        try:
            request = self._client.build_request(method, url, data=form, content=content, headers=headers)
        except httpx.InvalidURL as error:
            raise RemoteError(f"this is no URL: {error}", where=_plain(url)) from error
        tried = 0
        while True:
            try:
                answer = self._answer(request, timed=content is None)
            except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
                raise _too_slow(url, self.timeout) from error
            except httpx.RequestError as error:
                # who was never there is most often misspelt: the long patience is for a server that was
                if tried >= (len(_PAUSES) if self._met else 1):
                    raise _unreachable(url, error) from error
                self._wait(_PAUSES[tried])
            else:
                self._met = True
                if answer.status not in _MAY_PASS or tried == len(_PAUSES):
                    return answer
                self._wait(_asked_pause(answer) or _PAUSES[tried])
            tried += 1

    def _answer(self, request: httpx.Request, *, timed: bool) -> Answer:
        """Send a request once; ``timed`` limits the whole of it, else only each wait for the server is limited."""
        end = time.monotonic() + self.timeout
        response = self._client.send(request, stream=True)
        body = bytearray()
        try:
            for chunk in response.iter_bytes():
                body += chunk
                # a server that drips never trips httpx's own limit, which is per read
                if timed and time.monotonic() > end:
                    raise httpx.ReadTimeout("the answer takes too long", request=request)
        finally:
            response.close()
        return Answer(url=str(request.url), status=response.status_code, headers=response.headers, body=bytes(body))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def refusal(answer: Answer, doing: str, *, signed: bool, otherwise: str | None = None) -> RemoteError:
    """Return the error for a status that says no.

    Args:
        answer: The server's.
        doing: What was asked for, as "to write the graph …".
        signed: Whether the request was signed.
        otherwise: What to do where the status does not tell.
    """
    said = f": {answer.text}" if answer.text else ""
    problem = f"the server refuses {doing} with status {answer.status}{said}"
    return RemoteError(problem, where=_plain(answer.url), remedy=_remedy(answer, signed=signed) or otherwise)


def _remedy(answer: Answer, *, signed: bool) -> str | None:
    status = answer.status
    if status in {401, 403} and not signed:
        scheme = answer.headers.get("www-authenticate", "").partition(" ")[0].lower() or "basic, digest or bearer"
        return f"Name a login: --auth {scheme} --user NAME, and its secret in the environment as KG_STORE_PASSWORD"
    if status in {401, 403}:
        return "See that the user, the secret and the scheme (--auth) are right, and that the user may do this"
    if 300 <= status < 400:
        return f"It sends to {answer.headers.get('location', 'nowhere')}; name that URL if it is the right one"
    if status in {404, 405}:
        return "See that the URL and --profile are right; another store's graphs are named with --store-url"
    if status == 413:
        return "It takes no request of this size; raise its limit"
    return None


def _too_slow(url: str, seconds: float) -> RemoteError:
    problem = f"the server has not answered whole within {seconds:g} s"
    return RemoteError(problem, where=_plain(url), remedy="Allow more time with --timeout")


def _unreachable(url: str, error: httpx.RequestError) -> RemoteError:
    return RemoteError(
        f"the server cannot be reached, or breaks off: {str(error) or type(error).__name__}",
        where=_plain(url),
        remedy="See that it runs and that the URL is right",
    )


def _asked_pause(answer: Answer) -> float | None:
    """Return the seconds that a server asks to wait by ``Retry-After``, at most a minute."""
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isdigit():
        return min(float(asked), _LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_PAUSE)


def _plain(url: str) -> str:
    """Return a URL without its query, which may hold a whole IRI."""
    return url.partition("?")[0]
