import pytest

from portal.document.parser import parse
from portal.library.glossary import Term
from portal.library.statistics import Statistics
from portal.library.terms import MAX_TERMS, TermIndex
from portal.site.page_body import HtmlWriter

OTP = Term("otp", "mã OTP", "Mã dùng một lần.", abbreviations=("OTP",))
NFC = Term("nfc", "NFC (chạm thẻ)", "Cách đọc chip.")
CARD = Term("the", "thẻ căn cước", "Giấy tờ.", abbreviations=("CC",))
ZALO = Term("zalo", "Zalo", "Ứng dụng.", everyday=True)


def render(text: str, *terms: Term) -> str:
    index = TermIndex(terms or (OTP, NFC, CARD, ZALO))
    return HtmlWriter(Statistics(), index).write(parse(text))


def body(html: str) -> str:
    return html.partition("<section")[0].strip()


def test_first_occurrence_leads_to_the_explanation_at_the_foot() -> None:
    html = render("Đọc mã OTP, rồi gõ mã OTP.")
    assert body(html) == ('<p>Đọc <a class="term" href="#tu-otp">mã OTP</a>, rồi gõ mã OTP.</p>')
    assert '<div id="tu-otp"><dt>mã OTP</dt><dd>Mã dùng một lần.</dd></div>' in html


def test_several_terms_in_one_sentence_keep_the_words_between_them() -> None:
    html = render("Có thẻ căn cước, NFC và OTP **này**, rồi thẻ căn cước.")
    assert body(html) == (
        '<p>Có <a class="term" href="#tu-the">thẻ căn cước</a>, '
        '<a class="term" href="#tu-nfc">NFC</a> và '
        '<a class="term" href="#tu-otp">OTP</a> <strong>này</strong>, rồi thẻ căn cước.</p>'
    )


def test_a_term_after_inline_markup_is_found() -> None:
    assert body(render("Bấm **Gửi**. Nhận mã OTP *ngay*.")) == (
        "<p>Bấm <strong>Gửi</strong>. Nhận "
        '<a class="term" href="#tu-otp">mã OTP</a> <em>ngay</em>.</p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "# mã OTP",
        "[mã OTP](/x/)",
        "Bấm **mã OTP**.",
        "Gõ `mã OTP`.",
        "Số CC của bạn.",
        "Mở Zalo.",
        "Chữ OTPX.",
    ],
    ids=["heading", "link", "button", "code", "short", "everyday", "part of a word"],
)
def test_what_is_no_running_text_or_needs_no_explanation_is_left_alone(text: str) -> None:
    assert "term" not in render(text)


def test_wording_is_found_at_the_start_of_a_sentence_short_forms_only_in_capitals() -> None:
    assert 'href="#tu-the">Thẻ căn cước</a>' in render("Thẻ căn cước của bạn.")
    assert "term" not in render("Chữ otp thường.")


def test_a_page_explains_a_few_words_only() -> None:
    many = [Term(f"t{n}", f"từ{n}x", "…") for n in range(MAX_TERMS + 3)]
    html = render(" ".join(term.prefer for term in many), *many)
    assert html.count('class="term"') == MAX_TERMS


def test_a_short_form_in_small_letters_hides_none_after_it() -> None:
    assert body(render("Chữ Otp rồi OTP.")) == (
        '<p>Chữ Otp rồi <a class="term" href="#tu-otp">OTP</a>.</p>'
    )


def test_letters_that_grow_in_lower_case_move_no_link() -> None:
    assert body(render("İİ ß: gõ MÃ OTP nhé.")) == (
        '<p>İİ ß: gõ <a class="term" href="#tu-otp">MÃ OTP</a> nhé.</p>'
    )


def test_markup_in_a_term_is_text() -> None:
    html = render("Gõ mã A.", Term("a", "mã A", "Nhỏ hơn <b> & hơn."))
    assert "<dd>Nhỏ hơn &lt;b&gt; &amp; hơn.</dd>" in html
