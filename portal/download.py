"""A file from the web: in good time, of bounded size, over an encrypted line."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

TIMEOUT = 20  # seconds for each answer
ATTEMPTS = 3
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class DownloadError(Exception):
    """Why a file could not be had, in Vietnamese."""


def is_url(text: str) -> bool:
    """Return whether the text is a web address rather than a path."""
    return urlsplit(text).scheme in ("http", "https")


def download(
    url: str, max_bytes: int, attempts: int = ATTEMPTS, wait: Callable[[float], None] = time.sleep
) -> bytes:
    """Return the bytes at an https address (http only on this machine), after retries.

    Raises:
        DownloadError: the address is not https, answers with an error, is too slow or too large.
    """
    _check_scheme(url)
    for attempt in range(1, attempts + 1):
        try:
            return _read(url, max_bytes)
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == attempts:
                raise DownloadError(f"máy chủ trả lời lỗi {error.code}") from None
        except (OSError, HTTPException) as error:
            if attempt == attempts:
                raise DownloadError(f"không tải được sau {attempts} lần: {error}") from None
        wait(2.0**attempt)
    raise DownloadError("không tải được")


def _read(url: str, max_bytes: int) -> bytes:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
        _GuardedRedirect,
    ):
        opener.add_handler(handler())
    with opener.open(url, timeout=TIMEOUT) as answer:
        data: bytes = answer.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise DownloadError(f"tệp lớn hơn {max_bytes // 1_000_000} MB")
    return data


def _check_scheme(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise DownloadError("chỉ tải từ địa chỉ https://")


class _GuardedRedirect(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to an address that could have been asked for directly."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check_scheme(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
