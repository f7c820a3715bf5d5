import sys

import pytest
from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "scripts"))
import install_browser


def test_an_installed_browser_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install_browser, "find_browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(install_browser, "install_with_apt", pytest.fail)
    assert install_browser.main() == 0


def test_without_rights_the_package_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install_browser, "find_browser", lambda: None)
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 1000)
    assert install_browser.main() == 1
    assert capsys.readouterr().out == (
        "No Chromium found. Install the package 'chromium' (Debian: apt install chromium).\n"
    )


def test_root_gets_the_package_of_the_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    found = iter([None, "/usr/bin/chromium"])
    installed = []
    monkeypatch.setattr(install_browser, "find_browser", lambda: next(found))
    monkeypatch.setattr(install_browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(install_browser.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(install_browser, "install_with_apt", lambda: installed.append("chromium"))
    assert install_browser.main() == 0
    assert installed == ["chromium"]
