"""Opens the target of an address by its scheme, such as ssh://server/srv/portal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from desk.publishing.folder import FolderTarget
from desk.publishing.pages_branch import PagesBranch
from desk.publishing.ssh import SshTarget
from desk.publishing.target import PublishError, Target


@contextmanager
def _needing(extra: str, packages: tuple[str, ...], purpose: str) -> Iterator[None]:
    """Say how to install the packages of an extra when one of them is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in packages:
            raise
        message = f"máy này chưa cài {packages[0]}, {purpose}"
        fix = f".venv/bin/pip install --require-hashes -r requirements-{extra}.txt"
        raise PublishError(message, fix) from None


def _open_store(address: str) -> Target:
    with _needing("s3", ("boto3", "botocore"), "gói để nói chuyện với kho đối tượng"):
        from desk.publishing.object_store import ObjectStore
    return ObjectStore.at(address)


def _open_zim(address: str) -> Target:
    with _needing("zim", ("libzim",), "gói để ghi tệp ZIM"):
        from desk.publishing.zim import ZimTarget
    return ZimTarget.at(address)


# A row a kind of target. What needs an optional package imports it when it is opened.
TARGETS: Mapping[str, Callable[[str], Target]] = {
    "ssh": SshTarget.at,
    "folder": FolderTarget.at,
    "pages": PagesBranch.at,
    "s3": _open_store,
    "zim": _open_zim,
}


def open_target(address: str) -> Target:
    """Return the target of an address; nothing is connected yet.

    Raises:
        PublishError: the address is of no known kind or not whole.
    """
    scheme = _scheme_of(address)
    if scheme not in TARGETS:
        known = ", ".join(f"{each}://" for each in TARGETS)
        message = f"TO phải bắt đầu bằng một trong: {known}, hay /, đang là '{address}'"
        fix = "viết như TO=ssh://ten@may-chu/srv/portal, hay TO=/media/usb cho USB"
        raise PublishError(message, fix)
    return TARGETS[scheme](address)


def _scheme_of(address: str) -> str:
    """Return the scheme of an address; a path, as people write it, is a ZIM file or a folder."""
    if not address.startswith(("/", "./", "../", "~")):
        return address.partition("://")[0]
    return "zim" if address.endswith(".zim") else "folder"
