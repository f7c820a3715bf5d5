import re

import markdown
import pytest

from portal.text import heading_slug

EXTENSIONS = ["toc", "portal.sections"]
CONFIGS = {"toc": {"slugify": heading_slug}}


def render(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIGS)


@pytest.mark.parametrize(
    ("heading", "name", "icon"),
    [
        ("Làm ngay", "urgent", "material/flash"),
        ("Cần có trước", "needs", "material/clipboard-check-outline"),
        ("Mất bao lâu, mất tiền không", "time", "material/clock-outline"),
        ("Các bước", "steps", "material/format-list-numbered"),
        ("Làm xong thấy gì", "done", "material/check-circle-outline"),
        ("Hay vướng", "snags", "material/wrench-outline"),
        ("Coi chừng", "beware", "material/alert-outline"),
        ("Vẫn không được", "help", "material/lifebuoy"),
    ],
)
def test_fixed_section_becomes_a_box_with_its_icon(heading: str, name: str, icon: str) -> None:
    html = render(f"## {heading}\n\nChữ.")
    anchor = re.search(r'<h2 id="([^"]+)">', html)
    assert anchor
    assert html == (
        f'<section aria-labelledby="{anchor[1]}" class="box box-{name}">'
        f'<h2 id="{anchor[1]}"><i data-icon="{icon}"></i>{heading}</h2>\n<p>Chữ.</p>\n</section>'
    )


def test_other_headings_end_a_box_and_stay_as_they_are() -> None:
    html = render("Mở đầu.\n\n## Coi chừng\n\nMột.\n\n## Chuyện khác\n\nHai.")
    assert html.startswith("<p>Mở đầu.</p>\n<section")
    assert html.endswith('</section><h2 id="chuyen-khac">Chuyện khác</h2>\n<p>Hai.</p>')


def test_smaller_headings_stay_within_their_box() -> None:
    html = render("## Các bước\n\n### Trên iPhone\n\n1. Mở.")
    assert html.index("<h3") < html.index("</section>")


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "loose"])
def test_sign_is_set_apart_from_its_remedy(gap: str) -> None:
    html = render(f"## Hay vướng\n\n- Máy hết chỗ → xóa bớt **ảnh**.{gap}- Không có mũi tên.")
    assert '<strong class="sign">Máy hết chỗ</strong> → xóa bớt <strong>ảnh</strong>.' in html
    assert html.count("sign") == 1


def test_arrow_elsewhere_is_left_alone() -> None:
    assert "sign" not in render("## Các bước\n\n1. Mở **Cài đặt** → **Mạng**.")
