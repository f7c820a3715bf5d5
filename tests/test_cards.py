from __future__ import annotations

import dataclasses
import io
import unicodedata

import pytest
from PIL import Image
from support.golden_images import assert_looks_like, difference

from portal.drawn.cards import MAX_BYTES, SIZE, CardContent, Headline, card_key, draw_card

MARK = (
    '<rect width="64" height="64" rx="14" fill="#0b4f47"/>'
    '<path fill="#fff" d="M9 47c1-18 5-31 13-31s13 13 14 31z"/>'
)
GUIDE = CardContent(
    title="Kích hoạt tài khoản VNeID",
    site="Kỹ năng số Ninh Bình",
    label="Định danh VNeID",
    colour="#1f5fa8",
    icon="material/card-account-details-outline",
    summary="Mở tài khoản lần đầu trên điện thoại: mã OTP, mật khẩu, passcode 6 số.",
    mark=MARK,
)
SCAM = dataclasses.replace(
    GUIDE, label="Tránh lừa đảo", colour="#9c2a00", icon="material/shield-alert-outline"
)
GOLDEN = {
    "longest-title": dataclasses.replace(
        SCAM,
        title="Lỡ chuyển tiền cho kẻ lừa đảo: gọi ngân hàng, giữ bằng chứng, báo Công an xã và "
        "những việc phải làm ngay trong giờ đầu",
        summary="Năm việc làm ngay khi lỡ chuyển khoản cho kẻ lừa đảo: dừng chuyển, gọi ngân "
        "hàng, lưu bằng chứng, báo Công an, báo người thân để cùng tính việc tiếp.",
    ),
    "one-word-title": dataclasses.replace(GUIDE, title="VNeID", summary="Làm một lần."),
    "stacked-marks": dataclasses.replace(
        GUIDE, title="Ễ Ợ Ử ẪỘẶ gõ dấu chồng: NGUYỄN ĐỢI CHỮ ỰẸỴ", summary="Ễ Ợ Ử ẳ ẵ ặ ễ ệ ộ ợ"
    ),
    "numbers": dataclasses.replace(
        SCAM, title="Gọi 1900 0368, 156 hoặc 113", summary="Từ 1/7/2025: 808.810 tài khoản, 83,95%."
    ),
    "capitals": dataclasses.replace(GUIDE, title="ĐĂNG KÝ CHỮ KÝ SỐ TRÊN ĐIỆN THOẠI"),
    "story": dataclasses.replace(
        GUIDE,
        title="Khánh Hòa: học trước, rồi đến từng nhà",
        label="Câu chuyện ở xóm",
        colour="#0b4f47",
        icon="material/account-group-outline",
        place="phường Đông Hoa Lư",
    ),
    "statistics": dataclasses.replace(
        GUIDE,
        title="Số liệu",
        label="Có ngày, nơi và nguồn",
        colour="#1f6b4a",
        icon="material/chart-bar",
        figure=Headline(
            "808.810",
            "Tài khoản định danh điện tử đã cấp (đến ngày 15/8/2024; tỉnh Ninh Bình (cũ))",
        ),
    ),
}
ODD = {
    "300 characters": dataclasses.replace(GUIDE, title="Kích hoạt tài khoản " * 15),
    "300 characters without a blank": dataclasses.replace(GUIDE, title="W" * 300),
    "only Latin capitals": dataclasses.replace(GUIDE, title="VNEID WIFI QR OTP NFC"),
    "emoji": dataclasses.replace(GUIDE, title="😀 Kích hoạt 🎉", summary="👍"),
    "only emoji": dataclasses.replace(GUIDE, title="😀🎉"),
    "nothing": CardContent(title="", site="Kỹ năng số"),
}


def picture(content: CardContent) -> Image.Image:
    return Image.open(io.BytesIO(draw_card(content)))


@pytest.mark.parametrize("name", GOLDEN)
def test_card_looks_as_it_was_approved(name: str) -> None:
    assert_looks_like(picture(GOLDEN[name]), f"cards/{name}")


def test_golden_cards_would_catch_a_lost_mark() -> None:
    right, wrong = (
        picture(dataclasses.replace(GUIDE, title=title, summary=""))
        for title in ("Nguyễn Huệ", "Nguyên Huệ")
    )
    assert difference(right, wrong)[0] > 40


@pytest.mark.parametrize("content", [*GOLDEN.values(), *ODD.values()], ids=[*GOLDEN, *ODD])
def test_card_has_its_size_and_stays_within_its_margins(content: CardContent) -> None:
    data = draw_card(dataclasses.replace(content, icon=""))
    card = Image.open(io.BytesIO(data)).convert("RGB")
    assert card.size == SIZE == (1200, 630)
    assert len(data) <= MAX_BYTES
    ground = card.getpixel((0, 0))
    for box in ((0, 0, 68, 538), (1140, 0, 1200, 538), (0, 0, 1200, 40), (0, 515, 1200, 538)):
        assert card.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), ground)]


def test_title_without_a_drawable_letter_gives_way_to_the_name_of_the_site() -> None:
    named = dataclasses.replace(ODD["only emoji"], title=GUIDE.site)
    assert draw_card(ODD["only emoji"]) == draw_card(named)


def test_decomposed_text_gives_the_same_card() -> None:
    decomposed = dataclasses.replace(GUIDE, title=unicodedata.normalize("NFD", GUIDE.title))
    assert draw_card(decomposed) == draw_card(GUIDE)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(CardContent)])
def test_key_depends_on_everything_that_is_drawn(field: str) -> None:
    other = Headline("1", "x") if field == "figure" else "khác"
    assert card_key(dataclasses.replace(GUIDE, **{field: other})) != card_key(GUIDE)


def test_telephone_number_is_not_parted() -> None:
    parted, whole = (
        dataclasses.replace(GUIDE, title=f"Gọi số 1900{blank}0368 ngay")
        for blank in (" ", "\u00a0")
    )
    assert draw_card(parted) == draw_card(whole)
