"""What stands above the steps of a guide, and what follows them."""

from portal.document.arrangement import arrange
from portal.document.parser import parse
from portal.document.sections import sections_of
from portal.document.tree import Block, Words, plain
from portal.site.page_body import HtmlWriter, parts_of_guide

LONG = "Câu này dài để chiếm chỗ trên màn hình nhỏ của bà con. " * 12


def words_of(blocks: tuple[Block, ...]) -> list[str]:
    return [plain(block.children) for block in blocks if isinstance(block, Words)]


def guide(opening: str = "", first: str = "", time: str = "Mười phút.", intro: str = "") -> str:
    urgent = f"## Làm ngay\n\n{first}\n\n" if first else ""
    return (
        f"{opening}\n\n{urgent}## Cần có trước\n\n- Thẻ căn cước.\n\n"
        f"## Mất bao lâu, mất tiền không\n\n{time}\n\n## Các bước\n\n{intro}\n\n1. Mở VNeID.\n\n"
        "## Vẫn không được\n\nHỏi Công an xã.\n"
    )


def order_of(source: str) -> list[str]:
    """Return the classes of the boxes of a page, in order, and the places for the template."""
    html = HtmlWriter().write(parse(source))
    found = [part.split('"')[0] for part in html.split('class="')[1:]]
    kinds = ("box", "strip", "place")
    return [each.rpartition("-")[2] for each in found if each.startswith(kinds)]


def test_what_is_urgent_stands_above_all_else() -> None:
    order = ["urgent", "about", "strip", "needs", "time", "steps", "tools", "help"]
    assert order_of(guide("Kẻ gian giả danh.", first="1. Tắt máy.")) == order
    parts = parts_of_guide(HtmlWriter().write(parse(guide("Lời mở.", first="1. Tắt máy."))))
    assert parts.first.startswith('<section aria-labelledby="lam-ngay"')
    assert parts.steps.startswith("<p>Lời mở.</p>")
    assert parts.rest.startswith('<section aria-labelledby="van-khong-duoc"')


def test_what_is_needed_and_how_long_it_takes_stand_in_one_strip() -> None:
    html = HtmlWriter().write(parse(guide()))
    strip = html.partition('<div class="strip">')[2].partition("</div>")[0]
    assert 'id="can-co-truoc"' in strip
    assert "Thẻ căn cước." in strip
    assert 'id="mat-bao-lau-mat-tien-khong"' in strip
    assert "Mười phút." in strip
    assert "noi-them" not in html


def test_details_without_room_follow_the_steps() -> None:
    table = "| Việc | Lệ phí |\n|---|---|\n" + "| đổi thẻ căn cước | 50.000 đồng |\n" * 9
    order = arrange(tuple(sections_of(parse(guide(time=f"Mười phút. Lệ phí:\n\n{table}")).blocks)))
    assert words_of(order.strip[1].blocks) == ["Mười phút."]
    assert words_of(order.more) == ["Lệ phí:"]
    assert len(order.more) == 2
    html = HtmlWriter().write(parse(guide(time=f"Mười phút. Lệ phí:\n\n{table}")))
    assert (
        html.index('href="#noi-them"') < html.index('id="cac-buoc"') < html.index('id="noi-them"')
    )


def test_the_first_sentence_of_a_long_duration_stays() -> None:
    order = arrange(tuple(sections_of(parse(guide(time=f"Mười phút. {LONG}")).blocks)))
    assert words_of(order.strip[1].blocks) == ["Mười phút."]
    assert words_of(order.more) == [LONG.strip()]


def test_a_long_opening_gives_way_and_loses_nothing() -> None:
    source = guide(opening=f"Lời mở ngắn.\n\n{LONG}")
    order = arrange(tuple(sections_of(parse(source).blocks)))
    assert words_of(order.opening) == ["Lời mở ngắn."]
    assert words_of(order.more) == [LONG.strip()]


def test_pages_without_steps_keep_their_order() -> None:
    source = "## Một\n\nA.\n\n## Coi chừng\n\nB.\n"
    assert order_of(source) == ["beware"]
    body = HtmlWriter().write(parse(source))
    assert parts_of_guide(body) == ("", body, "")


def test_only_a_cell_with_a_long_word_may_break_words() -> None:
    table = "| Tên | Địa chỉ |\n|---|---|\n| nghiêng | dichvucong.gov.vn |\n"
    html = HtmlWriter().write(parse(table))
    assert "<td>nghiêng</td>" in html
    assert '<td class="long">dichvucong.gov.vn</td>' in html
