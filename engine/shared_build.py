"""The state that the hooks of one build share: each part, its type, and the hook that sets it.

Reading a part too early raises an error that names the hook that sets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from engine.live_problems import LiveProblems
from portal.images.variants import Picture
from portal.library.library import Library
from portal.library.published_addresses import ShareLink
from portal.library.settings import Values
from portal.library.site_identity import Site
from portal.site.feeds import FeedItem
from portal.site.sharing import SharedPage

if TYPE_CHECKING:
    from engine.session import BuildSession

Value = TypeVar("Value")
_KEY = "build"  # our only key in `config.extra`


class _Unset:
    """The type of an unset part."""


_UNSET = _Unset()


class HookOrderError(RuntimeError):
    """A hook reads a part that is not set yet."""


class SetBy(Generic[Value]):
    """A part of the build, set by one hook before others read it."""

    def __init__(self, hook: str, default: Value | _Unset = _UNSET) -> None:
        self.hook, self._default = hook, default

    def __set_name__(self, owner: type, name: str) -> None:
        """Store the name of the part."""
        self.name = name

    @overload
    def __get__(self, build: None, owner: type) -> SetBy[Value]: ...

    @overload
    def __get__(self, build: Build, owner: type) -> Value: ...

    def __get__(self, build: Build | None, owner: type) -> Value | SetBy[Value]:
        """Return the part.

        Raises:
            HookOrderError: it is not set yet.
        """
        if build is None:
            return self
        value: Value | _Unset = vars(build).get(self.name, self._default)
        if isinstance(value, _Unset):
            message = f"'{self.name}' is set by hooks/{self.hook}.py, which has not run yet"
            raise HookOrderError(message)
        return value

    def __set__(self, build: Build, value: Value) -> None:
        """Set the part for this build."""
        vars(build)[self.name] = value


class Build:
    """The parts of one build."""

    session: SetBy[BuildSession | None] = SetBy("build_engine", None)  # None: plain MkDocs
    settings = SetBy[Values]("library_loading")  # the operator's settings, valid
    library = SetBy[Library]("library_loading")  # under `serve` without the drafts
    live_problems = SetBy[LiveProblems | None]("problem_display", None)  # None: not under `serve`
    site = SetBy[Site]("library_loading")
    pictures = SetBy[Mapping[str, Picture]]("image_variants")  # by path within docs/
    news = SetBy[list[FeedItem]]("short_links")  # newest first
    share_links = SetBy[Mapping[str, ShareLink]]("short_links")  # by path within docs/
    booklets = SetBy[frozenset[str]]("printed_sheets")  # their paths within the site
    shared_pages = SetBy[Mapping[str, SharedPage]]("share_cards")  # by path within docs/
    cards = SetBy[Mapping[str, str]]("share_cards")  # path of the page → path of its card
    versioned_folder = SetBy[str]("asset_versioning")
    heading_font = SetBy[str]("font_subsetting")  # path within the site
    read_symbol = SetBy[Callable[[str], str]]("icon_inlining")
    search_pages = SetBy[list[Page]]("search_index")
    page_files = SetBy[list[str]]("offline_manifest")  # paths within the site


def build_of(config: MkDocsConfig) -> Build:
    """Return the shared state of this build; a new configuration has a new one."""
    build: Any = config.extra.setdefault(_KEY, Build())
    assert isinstance(build, Build)
    return build
