"""Failed rebuilds under `serve`: the last valid pages are served with the error on top.

MkDocs would print a traceback and block all requests until a build succeeds.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

_BODY = re.compile(rb"<body\b[^>]*>")
_BANNER = """\
<section lang="vi" role="alert" style="position:sticky;top:0;z-index:9;padding:1rem;\
background:#fff8e1;color:#222;border-bottom:3px solid #b3261e;overflow-wrap:anywhere">
<strong>Chưa dựng lại được trang. Bên dưới là bản trước đó.</strong>
<pre style="white-space:pre-wrap">{fault}</pre>
</section>
"""
_UNEXPECTED = "Lỗi của phần mềm, không phải của bài: {name}: {error}\n    Cách sửa: {fix}"
_FIX = "lấy lại tệp vừa sửa, rồi báo cho người quản kho"


class LiveRebuild:
    """Wraps a builder and a WSGI application; `fault` is the error of the last build.

    It outlives builds, because a failed build leaves no other state.
    """

    def __init__(self, builder: Callable[[], object], app: WSGIApplication, logger: str) -> None:
        """Wrap builder and application; `logger` is the name of the build's logger."""
        self._builder, self._app = builder, app
        self._log = logging.getLogger(logger)
        self.fault = ""

    def build(self) -> None:
        """Build; store and log an error instead of raising it."""
        errors = _Errors()
        self._log.addHandler(errors)
        try:
            self._builder()
            self.fault = ""
        except SystemExit as stop:  # MkDocs has logged why
            self.fault = "\n".join(errors.messages) or str(stop)
        except Exception as error:
            known = str(error) if type(error).__name__ == "ConfigurationError" else ""
            self.fault = known or _UNEXPECTED.format(
                name=type(error).__name__, error=error, fix=_FIX
            )
            self._log.error("%s", self.fault)
            self._log.debug("%s", self.fault, exc_info=True)
        finally:
            self._log.removeHandler(errors)

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Respond as the application does, with the error on top of every page."""
        fault, headers = self.fault, list[tuple[str, str]]()
        if not fault:
            return self._app(environ, start_response)

        def start(
            status: str,
            given: list[tuple[str, str]],
            *rest: Any,  # noqa: ANN401 - WSGI's
        ) -> Callable[[bytes], object]:
            headers.extend(given)
            kept = [header for header in given if header[0].lower() != "content-length"]
            return start_response(status, kept, *rest)

        parts = self._app(environ, start)
        kinds = [value for name, value in headers if name.lower() == "content-type"]
        if not any(kind.startswith("text/html") for kind in kinds):
            return parts
        banner = _BANNER.format(fault=html.escape(fault)).encode()
        return [_BODY.sub(lambda body: body[0] + banner, b"".join(parts), count=1)]


class _Errors(logging.Handler):
    """Collects the error messages of one build."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
