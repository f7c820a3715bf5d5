"""The printed form for a team's own story: eight questions, each a section of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from portal.drawn.paper.guide_text import Data, to_printable
from portal.drawn.paper.handouts import Imprint
from portal.drawn.qr import qr_text
from portal.system.cache import cache_key

# Heading of the page → question on the form. The team decides what becomes public.
QUESTIONS = {
    "Tổ chúng tôi": "Tổ ở thôn, xóm, phố nào, xã, phường nào? Có mấy người, mỗi người làm việc gì?",
    "Vì sao tổ bắt đầu": "Trước đó bà con hay vướng chuyện gì? Vì sao tổ chọn giúp việc ấy?",
    "Việc tổ đã làm": "Tổ làm những gì, ở đâu, từ ngày nào?",
    "Một lần đáng nhớ": "Kể một lần giúp bà con mà tổ nhớ nhất. Người ấy có cho kể không?",
    "Chỗ khó": "Khó nhất là gì? Tổ đã gỡ thế nào, hay còn đang vướng?",
    "Đếm được gì": "Mấy buổi, mấy người tự làm được, đến ngày nào? Không thì ghi: chưa đếm.",
    "Tổ khác làm theo được gì": "Tổ khác muốn làm theo thì bắt đầu từ việc nào?",
    "Tìm tổ ở đâu": "Bà con hỏi ai để gặp tổ? Ghi chức, nơi làm việc; không ghi số riêng.",
}
COLOUR = "#0b4f47"  # the brand's: a story has no topic


@dataclass(frozen=True)
class StoryForm:
    """The form to print; `address` is that of the list of stories."""

    template: ClassVar = "story-form"

    address: str
    imprint: Imprint

    @cached_property
    def digest(self) -> str:
        """Return a hash of the content."""
        return cache_key(self, list(QUESTIONS.items()))

    def data(self) -> Data:
        """Return the template's data."""
        return {
            "title": "Phiếu tổ tự kể chuyện",
            "colour": COLOUR,
            "address": self.address,
            "qr": qr_text(self.address),
            "questions": [[name, to_printable(ask)] for name, ask in QUESTIONS.items()],
            **self.imprint.data(),
        }
