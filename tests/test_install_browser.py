import io
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli
import pytest
from support.project import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import install_browser

VOICE = ("speech-dispatcher", "espeak-ng")
EXTRAS = ("chromium-headless-shell", *VOICE, "WebKitWebDriver", "Xvfb")
NO_VOICE = "No speech-dispatcher, espeak-ng: no real voice is tested.\n"


def commands(monkeypatch: pytest.MonkeyPatch, *there: str) -> list[str]:
    """Let only these commands exist and return the list, which a test may add to."""
    found = list(there)
    monkeypatch.setattr(install_browser, "missing_chromiums", list)
    monkeypatch.setattr(
        install_browser.shutil, "which", lambda name: f"/usr/bin/{name}" if name in found else None
    )
    return found


@pytest.fixture(autouse=True)
def this_is_not_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def test_installed_browsers_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    commands(monkeypatch, "google-chrome", "firefox", *EXTRAS, "apt-get")
    monkeypatch.setattr(install_browser, "install_with_apt", pytest.fail)
    assert install_browser.main() == 0


def test_without_rights_each_package_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands(monkeypatch, "apt-get")
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 1000)
    assert install_browser.main() == 1
    assert capsys.readouterr().out == (
        "No chromium-headless-shell: the tests use Chromium itself, which takes twice the time.\n"
        "No chromium found. Install it (Debian: apt install chromium).\n"
        "No firefox-esr found. Install it (Debian: apt install firefox-esr).\n"
        f"{NO_VOICE}No webkit2gtk-driver, xvfb: WebKit is not tested.\n"
    )


@pytest.mark.parametrize("ci", ["", "true"])
def test_root_gets_the_packages_of_the_distribution(
    monkeypatch: pytest.MonkeyPatch, ci: str
) -> None:
    there = commands(monkeypatch, "apt-get", "chromium")
    installed: list[str] = []

    def install(packages: list[str]) -> None:
        installed.extend(packages)
        there.extend(install_browser.WEBKIT.get(name, name) for name in packages)

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install_browser, "install_with_apt", install)
    assert install_browser.main() == 0
    extras = ["chromium-headless-shell", *VOICE, "webkit2gtk-driver", "xvfb"]
    assert installed == ["firefox-esr", *extras]


def test_a_distribution_without_the_headless_shell_has_browsers_enough(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(packages: list[str]) -> None:
        raise subprocess.CalledProcessError(100, ["apt-get", "install", *packages])

    commands(monkeypatch, "google-chrome", "firefox", "apt-get")
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install_browser, "install_with_apt", refuse)
    assert install_browser.main() == 0
    assert capsys.readouterr().out == (
        "No chromium-headless-shell: the tests use Chromium itself, which takes twice the time.\n"
        f"{NO_VOICE}No webkit2gtk-driver, xvfb: WebKit is not tested.\n"
    )


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_without_webkit_only_ci_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, status: int
) -> None:
    commands(monkeypatch, "chromium", "firefox", "chromium-headless-shell", *VOICE, "Xvfb")
    monkeypatch.setenv("CI", ci)
    assert install_browser.main() == status
    assert capsys.readouterr().out == "No webkit2gtk-driver: WebKit is not tested.\n"


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_without_a_voice_only_ci_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, status: int
) -> None:
    present = (each for each in EXTRAS if each not in VOICE)
    commands(monkeypatch, "chromium", "firefox", *present)
    monkeypatch.setenv("CI", ci)
    assert install_browser.main() == status
    assert capsys.readouterr().out == NO_VOICE


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_without_old_engines_only_ci_fails(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    ci: str,
    status: int,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(
        install_browser.shutil, "which", lambda name: None if name == "npm" else f"/usr/bin/{name}"
    )
    assert install_browser.main() == status
    told = "No Chromium 80, 86, 92: it is not tested. It needs npm.\n"
    assert capsys.readouterr().out == told


def test_an_old_engine_is_unpacked_with_its_libraries(tmp_path: Path) -> None:
    packed = tmp_path / "bin"
    packed.mkdir()
    (packed / "chromium.br").write_bytes(brotli.compress(b"#!/bin/sh\necho Chromium 80\n"))
    for name, library in (("aws", "lib/libnss3.so"), ("swiftshader", "libEGL.so")):
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w") as archive:
            archive.addfile(tarfile.TarInfo(library))
        (packed / f"{name}.tar.br").write_bytes(brotli.compress(stream.getvalue()))
    install_browser.unpack(packed, tmp_path / "unpacked")
    files = sorted(file for file in (tmp_path / "unpacked").rglob("*") if file.is_file())
    names = [file.relative_to(tmp_path / "unpacked").as_posix() for file in files]
    assert names == ["chromium", "lib/libnss3.so", "libEGL.so"]
    assert (tmp_path / "unpacked/chromium").stat().st_mode & 0o111
