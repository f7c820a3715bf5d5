from portal.search.index import IndexedSection
from portal.search.page_text import article_of, indexed_sections, plain_text

HTML = """\
<p>Mở đầu &amp; lời chào.</p>
<script>var x = "<p>không</p>";</script>
<section class="box"><h2 id="cac-buoc"><svg><path d="M0"/></svg>Các <em>bước</em></h2>
<ol>
<li>Mở <strong>VNeID</strong>,
bấm nút.</li>
<li>Xong.</li>
</ol>
<h3 id="kho-hon">Khó hơn</h3>
<table><thead><tr><th>Gặp</th><th>Soạn</th></tr></thead>
<tbody><tr><td>Cuộc gọi</td> <td>LD &lt;số&gt;</td></tr></tbody></table>
</section><h2>Không có id</h2><p>Vẫn trong mục trên.</p>
<section class="terms" aria-labelledby="tu-kho"><h2 id="tu-kho">Từ khó</h2><p>OTP</p></section>
"""


def test_sections_by_headings_with_ids_and_blocks_by_lines() -> None:
    assert indexed_sections(HTML, "Tóm tắt.") == (
        IndexedSection("", "", "Tóm tắt.\nMở đầu & lời chào."),
        IndexedSection("cac-buoc", "Các bước", "Mở VNeID, bấm nút.\nXong."),
        IndexedSection(
            "kho-hon",
            "Khó hơn",
            "Gặp; Soạn\nCuộc gọi; LD <số>\nKhông có id\nVẫn trong mục trên.",
        ),
    )


def test_page_without_headings_or_text_has_one_section() -> None:
    assert indexed_sections("") == (IndexedSection("", "", ""),)
    assert indexed_sections("<p>Một câu.</p>") == (IndexedSection("", "", "Một câu."),)


def test_inline_tags_do_not_part_words() -> None:
    assert plain_text("<p>chữ <b>đ</b>ậm<br>dòng hai</p>") == "chữ đậm\ndòng hai"


def test_lines_of_a_card_are_parted() -> None:
    card = "<li><a><b>Cài VssID</b><span>Tải từ kho.</span><small>xã Yên Mô</small></a></li>"
    assert plain_text(card) == "Cài VssID\nTải từ kho.\nxã Yên Mô"
    assert plain_text("<td><b>xã Yên Mô</b><small>Hai nguồn</small></td>") == "xã Yên Mô\nHai nguồn"


def test_article_of_a_page_is_without_its_title() -> None:
    page = '<main><nav>x</nav><article class="text"><h1>Tên</h1><p>Nội dung</p></article></main>'
    assert article_of(page) == "<p>Nội dung</p>"
    assert article_of("<main>x</main>") == ""


def test_other_names_of_a_term_are_left_to_the_engine() -> None:
    html = '<dt>Wi-Fi</dt><dd>Mạng không dây.</dd><dd class="names">Còn gọi: uai phai</dd>'
    assert indexed_sections(html) == (IndexedSection("", "", "Wi-Fi\nMạng không dây."),)
