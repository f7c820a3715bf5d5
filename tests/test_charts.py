import re
from decimal import Decimal

from portal.site.charts import Bar, draw_bar, draw_bars


def lengths(html: str) -> list[str]:
    return re.findall(r'class="value" width="([^"]+)"', html)


def test_bars_share_one_axis_from_nothing_to_the_largest() -> None:
    bars = [Bar("a", Decimal(200), "200"), Bar("b", Decimal(50), "50"), Bar("c", Decimal(0), "0")]
    assert lengths(draw_bars(bars)) == ["100%", "25%", "0%"]


def test_a_bar_alone_is_measured_by_the_given_maximum() -> None:
    assert lengths(draw_bar(Decimal("83.95"), Decimal(100))) == ["83.95%"]


def test_nothing_to_compare_draws_no_length() -> None:
    assert lengths(draw_bars([Bar("a", Decimal(0), "0")])) == ["0%"]
    assert draw_bars([]) == '<div class="chart" aria-hidden="true"></div>'


def test_names_and_figures_are_escaped_text_of_the_page() -> None:
    html = draw_bars([Bar("<b>", Decimal(1), "1 & 2")])
    assert "<p><span>&lt;b&gt;</span> <span>1 &amp; 2</span></p>" in html
