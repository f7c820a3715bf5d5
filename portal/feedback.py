"""What readers can tell the team about a page: links that open a ready message, no server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

_MESSAGES = {
    "Có ích": "Bài “{title}” có ích.",
    "Chưa giúp được": "Bài “{title}” chưa giúp được tôi. Tôi vướng ở chỗ: ",
    "Báo chỗ cũ, chỗ sai": "Bài “{title}” có chỗ cũ hoặc sai. Chỗ đó là: ",
}
# {to} is what the operator configured; {subject} and {body} are percent-encoded.
_CHANNELS = {
    "email": (r"[^@\s/?&]+@[^@\s/?&]+\.\w+", "mailto:{to}?subject={subject}&body={body}"),
    "sms": (r"\+?\d{3,15}", "sms:{to}?body={body}"),
    "zalo": (r"\d{5,20}", "https://zalo.me/{to}"),
    "issue": (r"https://[^\s\"<>?]+", "{to}?title={subject}&body={body}"),
}


class FeedbackError(ValueError):
    """The configured channel cannot be used; the message says what to write in mkdocs.yml."""


@dataclass(frozen=True)
class FeedbackLink:
    """One answer a reader can give, and the address that opens its message."""

    label: str
    url: str


@dataclass(frozen=True)
class FeedbackChannel:
    """Where the team reads: `kind` is email, sms, zalo or issue, `to` the address or number."""

    kind: str
    to: str

    @property
    def takes_text(self) -> bool:
        """Return whether a link can carry the message; a Zalo link only opens the conversation."""
        return self.kind != "zalo"

    def links(self, title: str, address: str) -> list[FeedbackLink]:
        """Return a link for each answer about a page; `address` is its short link."""
        template = _CHANNELS[self.kind][1]
        subject = quote(f"Góp ý: {title}", safe="")
        return [
            FeedbackLink(
                label,
                template.format(
                    to=self.to,
                    subject=subject,
                    body=quote(f"{message.format(title=title)}\n{address}\n", safe=""),
                ),
            )
            for label, message in _MESSAGES.items()
        ]


def feedback_channel(settings: Mapping[str, object]) -> FeedbackChannel | None:
    """Return the channel of `extra.feedback` in mkdocs.yml, None when it is left empty.

    Raises:
        FeedbackError: the kind is unknown, or the address does not fit it.
    """
    kind, to = (str(settings.get(name) or "").strip() for name in ("channel", "to"))
    if not kind and not to:
        return None
    if kind not in _CHANNELS:
        raise FeedbackError(f"feedback.channel phải là một trong: {', '.join(_CHANNELS)}")
    if not re.fullmatch(_CHANNELS[kind][0], to):
        raise FeedbackError(f"feedback.to không hợp với kênh {kind}: '{to}'")
    return FeedbackChannel(kind, to)
