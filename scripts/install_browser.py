"""Makes sure that a Chromium exists for the browser tests, or says which package to install.

Order: an installed Chromium; else Debian's package when run as root; else a message and status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_browser() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install_with_apt() -> None:
    """Install Debian's chromium package; raises CalledProcessError when apt fails."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        check=True,
        env=quiet,
        stdout=subprocess.DEVNULL,
    )


def main() -> int:
    """Return 0 when a browser is there at the end."""
    if not find_browser() and os.geteuid() == 0 and shutil.which("apt-get"):
        install_with_apt()
    if find_browser():
        return 0
    print("No Chromium found. Install the package 'chromium' (Debian: apt install chromium).")
    return 1


if __name__ == "__main__":
    sys.exit(main())
