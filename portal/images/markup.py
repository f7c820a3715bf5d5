"""Replaces rendered `<img>` elements by responsive `<picture>` elements with caption and link.

It works on a page's rendered HTML, so that a page without pictures costs one substring search.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from portal.images.variants import Picture, Variant

# The text column of the theme in CSS pixels (35rem of 18 px less its padding; base.css).
_SIZES = "(min-width: 630px) 594px, calc(100vw - 36px)"
_UPRIGHT_SIZES = "(min-width: 360px) 324px, calc(100vw - 36px)"  # as images.css limits them
_UPRIGHT = 1.3  # aspect ratio (height to width) from which a picture is narrower than the column
_MIME_TYPES = {"avif": "image/avif", "webp": "image/webp"}
_IMAGE = re.compile(r"(?P<open><p>\s*)?<img\b(?P<attributes>[^>]*)>(?P<close>\s*</(?:p|li)>)?")
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")


class UnknownPictureError(LookupError):
    """A page shows an unknown picture; the message is its address as in the page."""


@dataclass(frozen=True)
class PictureMarkup:
    """Looks up the pictures of a page by `src` and resolves addresses relative to the page."""

    find: Callable[[str], Picture | None]
    relative: Callable[[str], str]

    def render(self, content: str) -> str:
        """Return the page's HTML with every `<img>` replaced; all but the first load lazily.

        Raises:
            UnknownPictureError: there is no picture for a `src`.
        """
        if "<img" not in content:
            return content
        numbers = count(1)
        return _IMAGE.sub(lambda match: self._replace(match, next(numbers) == 1), content)

    def _replace(self, match: re.Match[str], is_first: bool) -> str:
        attributes = dict(_ATTRIBUTE.findall(match["attributes"]))
        source = html.unescape(attributes.get("src", ""))
        picture = self.find(source)
        if picture is None:
            raise UnknownPictureError(source)
        opening, closing = match["open"] or "", match["close"] or ""
        shown = self._picture(picture, attributes, is_first)
        if not attributes.get("alt") or not closing:
            return f"{opening}{shown}{closing}"
        figure = self._figure(picture, shown, attributes.get("title", ""))
        if "</p>" in closing:  # a figure is not allowed in a paragraph
            return figure if opening else f"</p>\n{figure}"
        return f"{figure}{closing}"

    def _figure(self, picture: Picture, shown: str, caption: str) -> str:
        words = f"\n<figcaption>{caption}</figcaption>" if caption else ""
        largest = self.relative(picture.largest.uri)
        kind = " drawing" if picture.is_drawing else " upright" if _is_upright(picture) else ""
        numbers = picture.steps
        steps = f' data-steps="{min(numbers)}-{max(numbers)}"' if numbers else ""
        link = f'<a href="{largest}">{shown}</a>'
        return f'<figure class="picture{kind}"{steps}>{link}{words}</figure>'

    def _picture(self, picture: Picture, attributes: Mapping[str, str], is_first: bool) -> str:
        image = self._image(picture, attributes, is_first)
        sources = "".join(self._sources(picture))
        return f"<picture>{sources}{image}</picture>" if sources else image

    def _sources(self, picture: Picture) -> Iterator[str]:
        for name in picture.formats[:-1]:
            files = picture.of_format(name)
            mime = _MIME_TYPES[name]
            yield f'<source type="{mime}" {self._candidates(files, _is_upright(picture))}>'

    def _candidates(self, files: tuple[Variant, ...], is_upright: bool) -> str:
        addresses = ", ".join(f"{self.relative(each.uri)} {each.width}w" for each in files)
        return f'srcset="{addresses}" sizes="{_UPRIGHT_SIZES if is_upright else _SIZES}"'

    def _image(self, picture: Picture, attributes: Mapping[str, str], is_first: bool) -> str:
        largest = picture.largest
        files = picture.of_format(largest.format)
        candidates = f" {self._candidates(files, _is_upright(picture))}" if len(files) > 1 else ""
        loading = 'fetchpriority="high"' if is_first else 'loading="lazy"'
        name = f' class="{attributes["class"]}"' if "class" in attributes else ""
        return (
            f'<img{name} src="{self.relative(picture.middle.uri)}"{candidates}'
            f' width="{largest.width}" height="{largest.height}"'
            f' alt="{attributes.get("alt", "")}" {loading} decoding="async">'
        )


def _is_upright(picture: Picture) -> bool:
    return picture.largest.height >= _UPRIGHT * picture.largest.width
