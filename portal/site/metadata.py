"""A page's metadata: Open Graph, canonical address and schema.org.

Zalo's crawler is undocumented. By public code, it reads static `<meta>` only, needs an absolute
`og:image` with its size, and caches a picture until its name changes.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

LOCALE = "vi_VN"
LANGUAGE = "vi"


@dataclass(frozen=True)
class PreviewImage:
    """A preview picture: absolute address, size in pixels, alternative text."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Crumb:
    """A breadcrumb: title and absolute address."""

    title: str
    url: str


@dataclass(frozen=True)
class PageMetadata:
    """The metadata of a page. `url` is absolute; `trail` holds the breadcrumbs, home to page.

    `is_article` is true for guides and stories. Dates are None when no editor has set them: the
    build date is not the date of a text.
    """

    site_name: str
    title: str
    description: str
    url: str
    trail: tuple[Crumb, ...] = ()
    is_article: bool = False
    published: datetime.date | None = None
    modified: datetime.date | None = None
    section: str = ""
    tags: tuple[str, ...] = ()
    image: PreviewImage | None = None
    publisher: str = ""

    @property
    def properties(self) -> list[tuple[str, str]]:
        """Return the (property, content) pairs of `<meta>`, without empty ones."""
        return [(name, content) for name, content in self._properties() if content]

    @property
    def property_tags(self) -> Markup:
        """Return these pairs as `<meta>` elements, one a line."""
        return Markup(
            "\n".join(
                f'<meta property="{name}" content="{escape(content)}">'
                for name, content in self.properties
            )
        )

    def _properties(self) -> Iterator[tuple[str, str]]:
        yield "og:type", "article" if self.is_article else "website"
        yield "og:title", self.title
        yield "og:description", self.description
        yield "og:url", self.url
        yield "og:site_name", self.site_name
        yield "og:locale", LOCALE
        if self.image:
            yield "og:image", self.image.url
            yield "og:image:type", "image/png"
            yield "og:image:width", str(self.image.width)
            yield "og:image:height", str(self.image.height)
            yield "og:image:alt", self.image.alt
        if self.is_article:
            yield "article:published_time", _iso(self.published)
            yield "article:modified_time", _iso(self.modified)
            yield "article:section", self.section
            yield from (("article:tag", tag) for tag in self.tags)

    @property
    def json_ld(self) -> str:
        """Return the schema.org description, safe inside `<script type="application/ld+json">`."""
        things = [self._article()] if self.is_article else []
        if len(self.trail) > 1:
            things.append(self._breadcrumbs())
        if len(self.trail) <= 1:
            things.append(self._web_site())
        return to_script_json({"@context": "https://schema.org", "@graph": things})

    def _article(self) -> dict[str, object]:
        fields = {
            "@type": "Article",
            "headline": self.title,
            "description": self.description,
            "inLanguage": LANGUAGE,
            "url": self.url,
            "articleSection": self.section,
            "datePublished": _iso(self.published),
            "dateModified": _iso(self.modified),
            "image": self.image.url if self.image else "",
            "publisher": {"@type": "Organization", "name": self.publisher}
            if self.publisher
            else "",
            "isAccessibleForFree": True,
        }
        return {name: value for name, value in fields.items() if value}

    def _breadcrumbs(self) -> dict[str, object]:
        steps = [
            {"@type": "ListItem", "position": position, "name": crumb.title, "item": crumb.url}
            for position, crumb in enumerate(self.trail, 1)
        ]
        return {"@type": "BreadcrumbList", "itemListElement": steps}

    def _web_site(self) -> dict[str, object]:
        return {
            "@type": "WebSite",
            "name": self.site_name,
            "description": self.description,
            "url": self.url,
            "inLanguage": LANGUAGE,
        }


def to_script_json(value: object) -> str:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
