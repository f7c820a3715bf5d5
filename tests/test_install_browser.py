import sys

import pytest
from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import install_browser


def commands(monkeypatch: pytest.MonkeyPatch, *there: str) -> list[str]:
    """Let only these commands exist and return the list, which a test may add to."""
    found = list(there)
    monkeypatch.setattr(
        install_browser.shutil, "which", lambda name: f"/usr/bin/{name}" if name in found else None
    )
    return found


def test_installed_browsers_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    commands(monkeypatch, "google-chrome", "firefox", "apt-get")
    monkeypatch.setattr(install_browser, "install_with_apt", pytest.fail)
    assert install_browser.main() == 0


def test_without_rights_each_package_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands(monkeypatch, "apt-get")
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 1000)
    assert install_browser.main() == 1
    assert capsys.readouterr().out == (
        "No chromium found. Install it (Debian: apt install chromium).\n"
        "No firefox-esr found. Install it (Debian: apt install firefox-esr).\n"
    )


def test_root_gets_the_packages_of_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    there = commands(monkeypatch, "apt-get", "chromium")
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install_browser, "install_with_apt", there.extend)
    assert install_browser.main() == 0
    assert there == ["apt-get", "chromium", "firefox-esr"]
