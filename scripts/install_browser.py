"""Makes sure that Chromium and Firefox exist for the browser tests, or says what to install.

Order: an installed browser; else Debian's package when run as root; else a message and status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "firefox-esr": ("firefox-esr", "firefox"),
}


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


def main() -> int:
    """Return 0 when both browsers are there at the end."""
    missing = missing_packages()
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install_with_apt(missing)
        missing = missing_packages()
    for name in missing:
        print(f"No {name} found. Install it (Debian: apt install {name}).")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
