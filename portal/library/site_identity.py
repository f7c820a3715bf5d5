"""The site's identity: name, address, operator."""

from __future__ import annotations

from dataclasses import dataclass

_NOT_OFFICIAL = "Không phải trang chính thức của cơ quan nhà nước."


@dataclass(frozen=True)
class Site:
    """The site as the configuration describes it; `url` is absolute and ends in "/"."""

    name: str
    description: str
    url: str
    operator: str = ""
    headline: str = ""  # reference to the figure on the statistics page's card
    mark: str = ""  # SVG elements of the logo in the header
    is_official: bool = False  # an authority has commissioned the site
    is_draft: bool = False  # no operator is set

    @property
    def standing(self) -> str:
        """Return who runs the site and that it is not official, for the foot of page and paper."""
        name = self.operator
        runs = f"Do {name} vận hành." if name else "Bản dựng thử, chưa có đơn vị vận hành."
        return runs if self.is_official else f"{runs} {_NOT_OFFICIAL}"
