"""Staging folders: a site is built in one and then swapped in."""

from __future__ import annotations

import math
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path

from portal.system.files import delete_folder, swap_folders


def staging_folder(site: Path) -> Path:
    """Return this process's staging folder beside `site`, after deleting those of killed builds."""
    remove_left_over(site)
    return site.with_name(f".{site.name}-staging-{os.getpid()}")


def remove_left_over(site: Path) -> None:
    """Delete the staging folders beside `site` of builds that no longer run."""
    for left in site.parent.glob(f".{site.name}-staging-*"):
        if not _is_running(left):
            with suppress(OSError):  # another build may be deleting it
                delete_folder(left)


def _is_running(folder: Path) -> bool:
    """Return whether the folder's build still runs; a reused process id does not count."""
    match = re.search(r"-staging-(\d+)", folder.name)
    if not match or int(match[1]) == os.getpid():
        return False
    try:
        os.kill(int(match[1]), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with suppress(OSError):
        return _start_of(int(match[1])) <= folder.stat().st_mtime
    return True


def _start_of(process: int) -> float:
    """Return the start of a process in seconds since 1970, infinity if it has ended.

    0 on a system without proc(5).
    """
    try:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return math.inf if Path("/proc/self").exists() else 0
    since_boot = int(after_name[19]) / os.sysconf("SC_CLK_TCK")
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME) + since_boot


def site_of(staging: Path) -> Path:
    """Return the site folder of a staging folder."""
    match = re.fullmatch(r"\.(.+)-staging-\d+", staging.name)
    return staging.with_name(match[1]) if match else staging


def publish(staging: Path) -> None:
    """Swap the finished staging folder in; any other folder is left alone."""
    if site_of(staging) != staging:
        swap_folders(staging, site_of(staging))


def discard(staging: Path) -> None:
    """Delete an unfinished staging folder; any other folder is left alone."""
    if site_of(staging) != staging:
        shutil.rmtree(staging, ignore_errors=True)
