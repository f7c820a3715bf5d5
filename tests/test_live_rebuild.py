"""A rebuild that fails under `serve`: no traceback, the last pages stay, the reason is on top."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from mkdocs.exceptions import Abort, ConfigurationError

from engine.live_rebuild import LiveRebuild

LOG = logging.getLogger("mkdocs")
PAGE = b"<html><body class=a><p>B\xc3\xa0i</p></body></html>"


def application(kind: str) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """Return an application that answers with the page as one kind of file."""

    def answer(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(PAGE)))])
        return [PAGE]

    return answer


def read(rebuild: LiveRebuild) -> tuple[str, list[tuple[str, str]]]:
    headers = list[tuple[str, str]]()
    parts = rebuild.answer({}, lambda _, given: headers.extend(given))  # type: ignore[arg-type]
    return b"".join(parts).decode(), headers


def failing(error: BaseException) -> Callable[[], None]:
    def build() -> None:
        LOG.error("mkdocs.yml: sai <chỗ> này")
        raise error

    return build


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (Abort("Aborted with a BuildError!"), "mkdocs.yml: sai &lt;chỗ&gt; này"),
        (ConfigurationError("mkdocs.yml: dòng 3"), "mkdocs.yml: dòng 3"),
        (
            KeyError("F1.01"),
            "Lỗi của phần mềm, không phải của bài: KeyError: &#x27;F1.01&#x27;\n"
            "    Cách sửa: lấy lại tệp vừa sửa, rồi báo cho người quản kho",
        ),
    ],
)
def test_failure_is_shown_on_the_last_page(
    error: BaseException, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    rebuild = LiveRebuild(failing(error), application("text/html; charset=utf-8"), "mkdocs")
    rebuild.build()
    page, headers = read(rebuild)
    assert page.startswith('<html><body class=a><section lang="vi" role="alert"')
    assert f'<pre style="white-space:pre-wrap">{fault}</pre>' in page
    assert page.endswith("<p>Bài</p></body></html>")
    assert [name for name, _ in headers] == ["Content-Type"]
    assert "Traceback" not in caplog.text


def test_other_files_are_left_alone() -> None:
    rebuild = LiveRebuild(failing(Abort("a")), application("application/json"), "mkdocs")
    rebuild.build()
    assert read(rebuild)[0] == PAGE.decode()


def test_next_good_build_takes_it_away() -> None:
    outcomes = [failing(Abort("a")), lambda: None]
    rebuild = LiveRebuild(lambda: outcomes.pop(0)(), application("text/html"), "mkdocs")
    rebuild.build()
    assert "Chưa dựng lại được trang." in read(rebuild)[0]
    rebuild.build()
    assert read(rebuild)[0] == PAGE.decode()
    assert not [each for each in LOG.handlers if type(each).__name__ == "_Errors"]
