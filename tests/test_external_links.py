"""Official addresses: which are asked, how often, and what an editor is told.

A real TLS server on this machine stands for the official site.
"""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.project import BODY, FRONT, write

from desk.external_links import (
    Answer,
    Patience,
    check_external_links,
    external_links,
    is_official,
    is_online,
    request_site,
)
from portal.library.library import load_library

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"
PATIENCE = Patience(timeout=5, pause=2, retry_after=30, tries=3)


class OfficialSite:
    """Answers each path with its list of statuses, one a request; the last one stays."""

    def __init__(self, folder: Path) -> None:
        certificate = self._make_certificate(folder)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                answers = site.answers.get(self.path, [(404, "")])
                status, location = answers.pop(0) if len(answers) > 1 else answers[0]
                self.send_response(status)
                if location:
                    self.send_header("Location", location)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.answers: dict[str, list[tuple[int, str]]] = {}
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"https://localhost:{self._server.server_port}"
        self.trust = ssl.create_default_context(cafile=certificate)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @staticmethod
    def _make_certificate(folder: Path) -> Path:
        file = folder / "site.pem"
        command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        subprocess.run(
            [*command, *names, "-keyout", file, "-out", f"{file}.crt"],
            check=True,
            capture_output=True,
        )
        file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
        return file

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[OfficialSite]:
    official = OfficialSite(tmp_path)
    yield official
    official.stop()


def check(project: Path, site: OfficialSite, text: str) -> tuple[list[str], list[float]]:
    """Return the problems of a guide with this text, and the pauses made."""
    write(project / GUIDE, f"{FRONT}{BODY}\n{text}\n")
    pauses: list[float] = []
    ask = partial(request_site, timeout=5, tls=site.trust)
    library = load_library(project)
    report = check_external_links(library, ask, PATIENCE, ("localhost",), pauses.append)
    return [str(problem) for problem in report.problems], pauses


def test_address_that_answers_is_asked_once(project: Path, site: OfficialSite) -> None:
    site.answers["/a?b=1"] = [(200, "")]
    text = f"[Một]({site.url}/a?b=1), [hai]({site.url}/a?b=1#c), [gọi](tel:156)"
    assert check(project, site, text) == ([], [])
    assert site.asked == ["/a?b=1"]


def test_two_addresses_are_asked_with_a_pause(project: Path, site: OfficialSite) -> None:
    site.answers |= {"/a": [(200, "")], "/b": [(204, "")]}
    assert check(project, site, f"<{site.url}/a> <{site.url}/b>") == ([], [2])


def test_failure_that_passes_is_not_said(project: Path, site: OfficialSite) -> None:
    site.answers["/a"] = [(503, ""), (200, "")]
    assert check(project, site, f"<{site.url}/a>") == ([], [30])


def test_failure_that_stays_is_said_at_every_place(project: Path, site: OfficialSite) -> None:
    site.answers["/a"] = [(500, "")]
    problems, pauses = check(project, site, f"<{site.url}/a>\n\n<{site.url}/a>")
    fix = "mở thử bằng trình duyệt; hỏng thật thì thay hoặc bỏ đường dẫn"
    message = f"{site.url}/a không mở được: máy chủ trả lời 500\n    Cách sửa: {fix}"
    assert problems == [f"{GUIDE}:24: {message}", f"{GUIDE}:26: {message}"]
    assert (pauses, site.asked) == ([30, 30], ["/a"] * 3)


def test_missing_page_is_not_tried_again(project: Path, site: OfficialSite) -> None:
    problems, pauses = check(project, site, f"<{site.url}/khong-co>")
    assert "máy chủ trả lời 404" in problems[0]
    assert pauses == []


def test_page_that_moved_for_good_is_advice_with_the_new_address(
    project: Path, site: OfficialSite
) -> None:
    site.answers |= {"/a": [(301, "/b")], "/b": [(302, "/c")], "/c": [(200, "")]}
    assert check(project, site, f"<{site.url}/a>")[0] == [
        f"{GUIDE}:24: {site.url}/a đã chuyển hẳn sang địa chỉ khác\n    Cách sửa: {site.url}/b"
    ]
    assert check(project, site, f"<{site.url}/b>")[0] == []


def test_redirect_off_the_list_is_an_error_and_not_followed(
    project: Path, site: OfficialSite
) -> None:
    site.answers["/a"] = [(302, "https://example.com/lua-dao")]
    problems, _ = check(project, site, f"<{site.url}/a>")
    assert (
        "không mở được: dẫn sang trang ngoài danh sách: https://example.com/lua-dao" in problems[0]
    )


def test_circle_of_redirects_ends(project: Path, site: OfficialSite) -> None:
    site.answers["/a"] = [(302, "/a")]
    problems, _ = check(project, site, f"<{site.url}/a>")
    assert "không mở được: chuyển hướng quá 5 lần" in problems[0]


def test_certificate_nobody_vouches_for_is_an_error(site: OfficialSite) -> None:
    answer = request_site(f"{site.url}/", timeout=5)
    assert answer == Answer(0, "không trả lời (SSLCertVerificationError)")


def test_nobody_there(site: OfficialSite) -> None:
    site.stop()
    answer = request_site(f"{site.url}/", timeout=5)
    assert answer == Answer(0, "không trả lời (ConnectionRefusedError)")


def test_newspapers_and_http_are_left_alone(project: Path) -> None:
    text = "<https://baoninhbinh.org.vn/x> <http://dichvucong.gov.vn>"
    write(project / GUIDE, f"{FRONT}{BODY}\n{text}\n")
    report = check_external_links(load_library(project), pytest.fail, PATIENCE)
    assert (report.problems, report.asked, report.skipped) == ([], 0, 2)


def test_sites_of_the_contacts_are_among_the_addresses(project: Path) -> None:
    site = '{id: a, name: Cổng, address: x.gov.vn, url: "https://x.gov.vn/", for: Nộp.}'
    write(project / "data/contacts.yml", f"phones: []\nsites:\n  - {site}\n")
    library = load_library(project)
    places = external_links(library)
    assert library.contacts.sites
    assert all(places[site.url] for site in library.contacts.sites)


@pytest.mark.parametrize(
    ("address", "official"),
    [
        ("https://dichvucong.gov.vn/", True),
        ("https://gov.vn.example.com/", False),
        ("https://xgov.vn/", False),
        ("https://user@gov.vn:443/", True),
        ("https://gov.vn@example.com/", False),
        ("http://vneid.gov.vn/", False),
    ],
)
def test_allow_list(address: str, official: bool) -> None:
    assert is_official(address) is official


def test_a_machine_without_a_network_is_told_from_a_site_that_is_gone() -> None:
    assert is_online(("khong-co.invalid", "localhost"))
    assert not is_online(("khong-co.invalid",))
