"""Atomic writes of files and atomic swaps of folders."""

from __future__ import annotations

import ctypes
import errno
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    _HAS_LOCKS = False
else:
    _HAS_LOCKS = True

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
DISK_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_REFUSED = frozenset((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST))
_DELETED = ".deleted"
_MANY = 1000  # files


def write_atomically(file: Path, data: bytes) -> None:
    """Write a file atomically: a reader, or a kill in the middle, finds the old or the new content.

    Raises:
        OSError: the disk is full or the folder cannot be written to; the old file is untouched.
            `filename` is always the file's.
    """
    try:
        _write_aside(file, data)
    except OSError as error:
        error.filename, error.filename2 = str(file), None  # not the temporary file's
        raise


def _write_aside(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        mode = file.stat().st_mode if file.exists() else 0o666 & ~_umask()
        fresh.chmod(mode & 0o777)
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


@contextmanager
def sole_writer(folder: Path) -> Iterator[bool]:
    """Yield whether no other process is inside this context for the folder.

    The system ends the lock with the process, however that ends. Where a file system or the system
    knows no locks, everybody is let in.
    """
    if not _HAS_LOCKS:
        yield True
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        is_alone = True
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            is_alone = False
        except OSError:
            pass
        yield is_alone
    finally:
        os.close(handle)


def is_write_error(error: OSError, folder: Path) -> bool:
    """Return whether an error is that the disk is full, or that `folder` cannot be written."""
    place = Path(error.filename or "/")
    is_there = place == folder.parent or place.is_relative_to(folder)
    return error.errno in DISK_FULL or (is_there and error.errno in _REFUSED)


def explain_write_error(error: OSError, place: Path, folder: Path) -> tuple[str, str]:
    """Return, in Vietnamese, why a place is not writable, and the remedy.

    `folder` is the folder that needs write permission.
    """
    if error.errno in DISK_FULL:
        return f"không ghi được vào {place}: đĩa đã đầy", "xóa bớt tệp rồi chạy lại"
    if error.errno == errno.EROFS:
        return f"không ghi được vào {place}: đĩa chỉ đọc được", "làm ở một đĩa ghi được"
    reason = f"không có quyền ghi ({error.strerror})"
    return f"không ghi được vào {place}: {reason}", f"chmod -R u+rwX {shlex.quote(str(folder))}"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def signature_of(file: str | Path) -> list[int]:
    """Return size, modification time and inode of a file: unchanged, it need not be read again."""
    status = os.stat(file)  # noqa: PTH116 - a Path costs more than the question
    return [status.st_size, status.st_mtime_ns, status.st_ino]


def leads_outside(file: Path, folder: Path) -> bool:
    """Return whether a file is a symbolic link that leads out of a folder; a link loop is not."""
    return not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(folder))


def printable(path: str) -> str:
    """Return a path with bytes that are not UTF-8 shown as "\\xe0"."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def walk_files(
    folder: Path, is_left_out: Callable[[str, str], bool] = lambda path, name: False
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield (relative path with "/", entry) of each file in the folder; a link counts as a file.

    The order is the file system's. `is_left_out(path, name)` excludes files and whole folders.
    """
    inside = [""]
    for start in inside:
        with os.scandir(f"{folder}/{start}") as entries:
            for entry in entries:
                if is_left_out(start + entry.name, entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inside.append(f"{start}{entry.name}/")
                else:
                    yield start + entry.name, entry


def swap_folders(fresh: Path, current: Path) -> None:
    """Replace the folder `current` by `fresh` and delete the old one.

    On Linux the two names are exchanged atomically; elsewhere `current` is missing between two
    renames. The old folder is deleted by a process that may outlive this one: on a slow disk it
    takes longer than the build.
    """
    if not current.exists():
        current.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(current)
        return
    if not _exchange(fresh, current):
        aside = fresh.with_name(f"{fresh.name}.old")
        current.rename(aside)
        fresh.rename(current)
        aside.rename(fresh)
    delete_folder(fresh)


def delete_folder(folder: Path) -> None:
    """Delete a folder; a large one in a background process, where the system has `sh`."""
    gone = folder.with_name(f"{folder.name}{_DELETED}")
    folder.rename(gone)
    if _holds_many(gone):
        # The shell exits at once, so that `rm` is never waited for.
        command = ["sh", "-c", 'rm -rf -- "$0" >/dev/null 2>&1 &', os.fspath(gone)]
        with suppress(OSError, subprocess.CalledProcessError):
            subprocess.run(command, check=True, start_new_session=True)
            return
    shutil.rmtree(gone, ignore_errors=True)


def _holds_many(folder: Path) -> bool:
    counts = (len(files) for _, _, files in os.walk(folder))
    return any(total > _MANY for total in accumulate(counts))


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two names by renameat2(2); return False where the system or file system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = os.fsencode(first), os.fsencode(second)
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
