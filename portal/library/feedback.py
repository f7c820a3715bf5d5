"""Readers' feedback on a page: links that open a prepared message, without a server."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from portal.source.schema import Fault

_MESSAGES = {
    "Có ích": "Bài “{title}” có ích.",
    "Chưa giúp được": "Bài “{title}” chưa giúp được tôi. Tôi vướng ở chỗ: ",
    "Báo chỗ cũ, chỗ sai": "Bài “{title}” có chỗ cũ hoặc sai. Chỗ đó là: ",
}
# {to} is the configured address; {subject} and {body} are percent-encoded.
_CHANNELS = {
    "email": (r"[^@\s/?&]+@[^@\s/?&]+\.\w+", "mailto:{to}?subject={subject}&body={body}"),
    "tel": (r"\+?\d{3,15}", "tel:{to}"),
    "sms": (r"\+?\d{3,15}", "sms:{to}?body={body}"),
    "zalo": (r"\d{5,20}|g/\w+", "https://zalo.me/{to}"),  # a person or page, or a group
    "issue": (r"https://[^\s\"<>]+", "{to}{mark}title={subject}&body={body}"),
}
CHANNELS = tuple(_CHANNELS)
_GITLAB = "{to}{mark}issue[title]={subject}&issue[description]={body}"
_EXAMPLES = {
    "email": "to@ten-mien.vn",
    "tel": "0912 345 678",
    "sms": "0912 345 678",
    "zalo": "https://zalo.me/g/abcdef",
    "issue": "https://github.com/nhom/kho/issues/new",
}


@dataclass(frozen=True)
class FeedbackLink:
    """One answer that a reader can give, and the address that opens its message."""

    label: str
    url: str


@dataclass(frozen=True)
class FeedbackChannel:
    """Where feedback is sent: `kind` is one of `_CHANNELS`, `to` the address or number."""

    kind: str
    to: str

    @property
    def takes_text(self) -> bool:
        """Return whether a link can contain the message; Zalo and calls cannot."""
        return self.kind not in ("zalo", "tel")

    def links(self, title: str, address: str) -> list[FeedbackLink]:
        """Return a link for each answer; `address` is the page's short link."""
        is_gitlab = self.kind == "issue" and "/-/issues/" in self.to
        template = _GITLAB if is_gitlab else _CHANNELS[self.kind][1]
        subject = quote(f"Góp ý: {title}", safe="")
        return [
            FeedbackLink(
                label,
                template.format(
                    to=self.to,
                    mark="&" if "?" in self.to else "?",
                    subject=subject,
                    body=quote(f"{message.format(title=title)}\n{address}\n", safe=""),
                ),
            )
            for label, message in _MESSAGES.items()
        ]


def feedback_channel(settings: Mapping[str, object]) -> FeedbackChannel | None:
    """Return the channel in valid settings `extra.feedback` of mkdocs.yml, None when empty."""
    kind, to = _kind_and_address(settings)
    return FeedbackChannel(kind, _plain_address(kind, to)) if kind and to else None


def feedback_faults(settings: Mapping[str, object]) -> Iterator[Fault]:
    """Yield the fault of a channel without its address, or with another channel's."""
    kind, to = _kind_and_address(settings)
    if to and not kind:
        yield Fault(
            "'to' có ghi mà 'channel' để trống", f"chọn một: {', '.join(CHANNELS)}", "channel"
        )
    elif kind and not suits_channel(kind, to):
        fix = f'ghi địa chỉ thật, dạng:  to: "{_EXAMPLES[kind]}"'
        yield Fault(f"'to' không hợp với kênh {kind}: '{to}'", fix, "to")


def _kind_and_address(settings: Mapping[str, object]) -> tuple[str, str]:
    kind, to = (str(settings.get(name) or "").strip() for name in ("channel", "to"))
    return kind, to


def suits_channel(kind: str, to: str) -> bool:
    """Return whether an address is valid for a kind of channel."""
    return bool(re.fullmatch(_CHANNELS[kind][0], _plain_address(kind, to)))


def _plain_address(kind: str, to: str) -> str:
    """Return a number without blanks and dots, a Zalo link without its host."""
    if kind == "zalo":
        to = re.sub(r"^(?:https://)?zalo\.me/", "", to)
    return re.sub(r"(?<=\d)[ .](?=\d)", "", to) if kind in ("tel", "sms", "zalo") else to
