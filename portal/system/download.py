"""Downloads over https, with limits of time and size."""

from __future__ import annotations

import ssl
import time
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage, HTTPResponse, IncompleteRead
from typing import IO
from urllib.parse import quote, urlsplit, urlunsplit

TIMEOUT = 20  # seconds without an answer
DEADLINE = 60  # seconds for a whole file, even while bytes still arrive
ATTEMPTS = 3
_BLOCK = 65_536
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_UNQUOTED = "/%:;=@&+$,!~*'()"  # characters left unquoted; "%" because parts may be quoted already


class DownloadError(Exception):
    """Why a download failed, in Vietnamese."""


def is_url(text: str) -> bool:
    """Return whether the text is a web address rather than a path."""
    return text.lower().startswith(("http://", "https://"))


def download(url: str, max_bytes: int) -> bytes:
    """Return the bytes at an https address (http only on this machine), after retries.

    Raises:
        DownloadError: the address is not https, or the answer is an error, too slow, too large or
        truncated.
    """
    address = _to_address(url)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _read(address, max_bytes)
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == ATTEMPTS:
                raise DownloadError(f"máy chủ trả lời lỗi {error.code}") from None
        except (OSError, HTTPException) as error:
            if attempt == ATTEMPTS:
                raise DownloadError(f"đã thử {ATTEMPTS} lần, {_reason(error)}") from None
        time.sleep(2.0**attempt)
    raise DownloadError("không tải được")


def _read(address: str, max_bytes: int) -> bytes:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
        _GuardedRedirect,
    ):
        opener.add_handler(handler())
    with opener.open(address, timeout=TIMEOUT) as answer:
        return _read_body(answer, max_bytes, time.monotonic() + DEADLINE)


def _read_body(answer: HTTPResponse, max_bytes: int, deadline: float) -> bytes:
    data = bytearray()
    while block := answer.read1(_BLOCK):
        data += block
        if len(data) > max_bytes:
            raise DownloadError(f"tệp lớn hơn {max_bytes // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise DownloadError(f"tải quá {DEADLINE} giây chưa xong")
    if answer.length:  # http.client reports no error for a truncated body
        raise IncompleteRead(bytes(data), answer.length)
    return bytes(data)


def _reason(error: OSError | HTTPException) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return f"máy chủ không trả lời trong {TIMEOUT} giây"
    if isinstance(cause, ssl.SSLError):
        return "chứng thư của máy chủ không hợp lệ"
    if isinstance(cause, IncompleteRead):
        return "tệp tải về bị đứt giữa chừng"
    return "không kết nối được với máy chủ"


def _to_address(url: str) -> str:
    """Return the address in ASCII, after checking that it may be requested."""
    try:
        parts = urlsplit(url)
        host, _ = parts.netloc.encode("idna").decode("ascii"), parts.port  # reading validates
    except ValueError:
        raise DownloadError("địa chỉ web viết sai") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise DownloadError("chỉ tải từ địa chỉ https://")
    path, query = quote(parts.path, _UNQUOTED), quote(parts.query, _UNQUOTED + "?")
    return urlunsplit((parts.scheme, host, path, query, ""))


class _GuardedRedirect(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to an address that could be requested directly."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _to_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
