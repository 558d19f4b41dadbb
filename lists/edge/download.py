"""One published file over HTTPS: verified TLS, bounded in size and time, tried again, not fetched twice unchanged.

A folder keeps the last good bytes of each address beside what its publisher said of them (ETag, Last-Modified), so
that an unchanged list costs one short question (RFC 9110, section 13).
"""

from __future__ import annotations

import hashlib
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

import orjson
import urllib3
from pydantic import TypeAdapter, ValidationError
from urllib3.exceptions import HTTPError, LocationParseError

from lists.entry import ListRefused

if TYPE_CHECKING:
    from pathlib import Path

OK, UNCHANGED = 200, 304
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_MOST_REDIRECTS = 5
_PIECE_BYTES = 1 << 16
_HEAD_BYTES = 200
_HEADERS: Final = {"User-Agent": "payment-filter", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. Seconds count for all tries together; `pause` grows twofold with each try."""

    bytes: int = 400_000_000
    seconds: float = 300.0
    silence_seconds: float = 30.0
    tries: int = 4
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The bytes of one address. `changed` is False where the publisher said they are those of last time."""

    address: str
    raw: bytes
    changed: bool
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is kept of a file: where it came from, what the publisher said of it, the hash of its bytes."""

    address: str
    sha256: str
    etag: str = ""
    last_modified: str = ""


class _TryAgain(Exception):  # noqa: N818 - the name says what to do
    """A failure that may pass."""


class Downloader:
    """Fetches addresses into a folder; HTTPS_PROXY and SSL_CERT_FILE are honoured as everywhere."""

    def __init__(self, folder: Path, limits: Limits | None = None, authorities: Path | None = None) -> None:
        """`authorities`: a file of certificates (PEM) to trust instead of the system's."""
        self._folder = folder
        self._limits = limits or Limits()
        context = ssl.create_default_context(cafile=None if authorities is None else str(authorities))
        options: dict[str, Any] = {
            "ssl_context": context,
            "retries": False,
            "timeout": urllib3.Timeout(connect=10.0, read=self._limits.silence_seconds),
        }
        proxy = getproxies().get("https")
        self._pool = urllib3.ProxyManager(proxy, **options) if proxy else urllib3.PoolManager(**options)

    def fetch(self, address: str) -> Downloaded:
        """The bytes of this address. Raises ListRefused, naming the address, the cause and the way out."""
        deadline = time.monotonic() + self._limits.seconds
        causes: list[str] = []
        for number in range(self._limits.tries):
            if number:
                time.sleep(max(0.0, min(self._limits.pause * 2 ** (number - 1), deadline - time.monotonic())))
            try:
                return self._once(address, deadline)
            except (HTTPError, OSError) as error:
                causes.append(_cause(error))
            except _TryAgain as failure:
                causes.append(str(failure))
            if time.monotonic() >= deadline:
                break
        raise ListRefused(
            f"{shown(address)} did not give the list in {len(causes)} tries ({causes[-1]}): try again later, or give"
            " the file to payment-filter lists import"
        )

    def keep(self, one: Downloaded) -> None:
        """Remember bytes that were accepted: those of a refused list must be fetched again, changed or not."""
        if not one.changed:
            return
        body, note = self._files(one.address)
        known = _Known(one.address, hashlib.sha256(one.raw).hexdigest(), one.etag, one.last_modified)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for file, content in ((body, one.raw), (note, orjson.dumps(known))):
                beside = file.with_name(f"{file.name}.new")
                beside.write_bytes(content)
                beside.replace(file)
        except OSError as error:
            raise ListRefused(f"{self._folder} cannot be written ({error.strerror}): give --store a folder") from error

    def _once(self, address: str, deadline: float) -> Downloaded:
        known, raw = self._known(address)
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
        response = self._follow(address, {name: value for name, value in asked.items() if value}, deadline)
        try:
            if response.status == UNCHANGED and known is not None:
                return Downloaded(address, raw, changed=False)
            if response.status != OK:
                _refuse(address, response)
            return Downloaded(
                address,
                self._body(address, response, deadline),
                changed=True,
                etag=response.headers.get("ETag", ""),
                last_modified=response.headers.get("Last-Modified", ""),
            )
        finally:
            response.close()

    def _follow(self, address: str, headers: dict[str, str], deadline: float) -> urllib3.BaseHTTPResponse:
        """Ask, and follow redirections; every step is HTTPS."""
        here = address
        for _ in range(_MOST_REDIRECTS + 1):
            if urlsplit(here).scheme != "https":
                raise ListRefused(f"{shown(here)} is no https address: a list is only taken over verified TLS")
            if time.monotonic() >= deadline:
                raise _TryAgain(f"more than {self._limits.seconds:.0f} s")
            try:
                response = self._pool.request(
                    "GET", here, headers=_HEADERS | headers, redirect=False, preload_content=False
                )
            except LocationParseError as error:
                raise ListRefused(f"{shown(here)} is no address: {error}") from error
            if response.status not in _REDIRECTS or "Location" not in response.headers:
                return response
            here = urljoin(here, response.headers["Location"])
            response.close()
        raise ListRefused(f"{shown(address)} redirects more than {_MOST_REDIRECTS} times: correct the address")

    def _body(self, address: str, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        """All of it, unpacked piece by piece, so that neither a long nor a packed body can fill the memory."""
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE_BYTES, decode_content=True):
            size += len(piece)
            if size > self._limits.bytes:
                raise ListRefused(
                    f"{shown(address)} sends more than {self._limits.bytes:,} bytes: that is no list; look at it"
                )
            if time.monotonic() >= deadline:
                raise _TryAgain(f"only {size:,} bytes in {self._limits.seconds:.0f} s")
            pieces.append(piece)
        return b"".join(pieces)

    def _known(self, address: str) -> tuple[_Known | None, bytes]:
        """What is kept of this address; nothing where the kept bytes are not those of the note."""
        body, note = self._files(address)
        try:
            raw, known = body.read_bytes(), TypeAdapter(_Known).validate_json(note.read_bytes())
        except (OSError, ValidationError):
            return None, b""
        whole = known.address == address and known.sha256 == hashlib.sha256(raw).hexdigest()
        return (known, raw) if whole else (None, b"")

    def _files(self, address: str) -> tuple[Path, Path]:
        name = hashlib.sha256(address.encode()).hexdigest()[:16]
        return self._folder / f"{name}.body", self._folder / f"{name}.json"


def shown(address: str) -> str:
    """The address without its query, which may hold a token."""
    return address.partition("?")[0]


def _refuse(address: str, response: urllib3.BaseHTTPResponse) -> None:
    said = f"it answers {response.status} {response.reason or ''}".strip()
    if response.status in _WORTH_ANOTHER_TRY:
        raise _TryAgain(said)
    raise ListRefused(f"{shown(address)} does not give the list ({said}): correct the address in lists/sources")


def _cause(error: HTTPError | OSError) -> str:
    """The innermost reason, without the address: its query may hold a token."""
    inner: BaseException = error
    while (below := getattr(inner, "reason", None)) is not None and isinstance(below, BaseException):
        inner = below
    text = str(inner.args[-1] if inner.args else inner)
    return f"{type(inner).__name__}: {text[:_HEAD_BYTES]}"
