"""The interface of everything that a release is published to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from desk.publishing.release import Release


class PublishError(Exception):
    """Why nothing was published: a sentence in Vietnamese and its remedy.

    What readers saw before is what they still see, and the next try goes on from where this ended.
    """

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message, fix)
        self.message, self.fix = message, fix

    def __str__(self) -> str:
        """Return both as an operator is told them."""
        return f"{self.message}\n    Cách sửa: {self.fix}"


@dataclass(frozen=True)
class Publication:
    """What readers see now, and what it cost: files and bytes sent, of the release's `size`."""

    release: str  # the name of its folder, such as "2026-11-30-0123456789ab"
    files_sent: int = 0
    bytes_sent: int = 0


class Target(Protocol):
    """Where readers get the site from. Readers never see a page without its assets."""

    def publish(self, release: Release) -> Publication:
        """Show a release to readers; a release already there costs nothing.

        Raises:
            PublishError: it could not be done; readers see what they saw.
        """
        ...

    def roll_back(self) -> Publication:
        """Show readers the release before the current one; each call goes one further back.

        Raises:
            PublishError: there is no release before, or it could not be done.
        """
        ...
