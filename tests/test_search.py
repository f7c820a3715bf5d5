"""What the index finds, asked through the real engine; every case in both forms of the index."""

from __future__ import annotations

import json
import zlib

import pytest
from conftest import REPOSITORY
from node import ask, encode, found, index_of, run_node

from portal.search import index as search
from portal.search import postings
from portal.search import shards as search_shards
from portal.search.index import SearchHelp, SearchPage, Section
from portal.search.shards import bucket_of, length_class

LANGUAGE = {
    "fillers": ["làm sao để", "ở đâu", "thì", "là", "và", "có", "mà"],
    "synonyms": [
        ["thẻ căn cước", ["cccd", "can cuot"], 0.8],
        ["chuyển khoản", ["ck"], 0.3],
        ["Wi-Fi", ["uai phai"], 0.8],
        ["điện thoại", ["dt"], 0.8],
    ],
}
HELP = {
    "topics": [
        {"title": "Tránh lừa đảo", "url": "guides/an-toan/", "summary": "Nhận ra, báo tin."},
        {"title": "Định danh", "url": "guides/dinh-danh/", "summary": "VNeID."},
    ],
    "phones": [{"name": "Cấp cứu", "number": "115", "tel": "115"}],
}


def page(
    url: str, title: str, text: str, kind: str = "guide", tags: tuple[str, ...] = ()
) -> SearchPage:
    """Return a page; a line "## Heading" in the text begins a section."""
    lead, *rest = text.split("## ")
    sections = [Section("", "", lead)]
    for number, part in enumerate(rest):
        heading, _, body = part.partition("\n")
        sections.append(Section(f"muc-{number}", heading, body))
    return SearchPage(url, title, tuple(sections), kind, tags)


PAGES = [
    page(
        "dinh-danh/",
        "Kích hoạt tài khoản định danh điện tử",
        "Làm trên VNeID.\n## Các bước\nMở ứng dụng, nhập số căn cước.",
    ),
    page(
        "khoa/",
        "Khóa VNeID khi mất máy",
        "Gọi 1900 0368 ngay.\n## Vẫn không được\nĐến Công an xã gần nhất.",
    ),
    page("can-cuoc/", "Đổi thẻ căn cước", "Thẻ căn cước hết hạn thì đổi ở Công an."),
    page(
        "lua-dao/",
        "Cảnh báo lừa đảo qua mạng",
        "Không đọc mã OTP. Không chuyển khoản cho người lạ.",
    ),
    page("me/", "Chăm sóc má già", "Má ở nhà một mình. Con cháu gọi mỗi ngày."),
    page("ma/", "Quét mã QR", "Mã vuông để trả tiền. Mã nào cũng phải soi kỹ tên người nhận."),
    page("mang/", "Kết nối Wi-Fi", "Có Wi-Fi mà không vào được mạng thì khởi động lại."),
    page("hoc/", "Bình dân học vụ số", "Học trên mạng, miễn phí.", tags=("học số",)),
    page(
        "khanh-hoa/",
        "Tổ công nghệ số xã Khánh Hòa",
        "Xã Khánh Hòa, huyện Yên Khánh, tỉnh Ninh Bình.",
        "story",
    ),
    page("quyet-dinh/", "Văn bản", "Quyết định 06/QĐ-TTg về dữ liệu dân cư.", "page"),
    page(
        "a-tin/",
        "Cảnh báo lừa đảo qua mạng",
        "Không đọc mã OTP. Không chuyển khoản cho người lạ.",
        "story",
    ),
    page("thuy/", "Nước và thủy lợi", "Uỷ ban xã khoá van. Hoà giải ở xóm."),
]


@pytest.fixture(params=["small", "sharded"])
def files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return the index of PAGES in one of its forms."""
    if request.param == "sharded":
        monkeypatch.setattr(search, "MAX_SMALL_BYTES", 0)
        monkeypatch.setattr(search_shards, "CORE_KEYS", 60)  # so that there is a dictionary
    return index_of(PAGES, SearchHelp(LANGUAGE, HELP))


FIRST = {
    "dinh danh dien tu": "dinh-danh/",
    "định danh điện tử": "dinh-danh/",
    "đi\u0323nh danh điê\u0323n tử": "dinh-danh/",
    "ÐINH DANH": "dinh-danh/",
    "dinhj danh dieenj tuwr": "dinh-danh/",
    "ddinhj danh ddieenj tuwr": "dinh-danh/",
    "d9inh5 danh d9ie6n5 tu73": "dinh-danh/",
    "kick hoat dinh danh": "dinh-danh/",
    "kich haot dinh dnah": "dinh-danh/",
    "canhbao": "lua-dao/",
    "binhdanhocvuso": "hoc/",
    "19000368": "khoa/",
    "1900.0368": "khoa/",
    "06/qd-ttg": "quyet-dinh/",
    "06 QĐ TTg": "quyet-dinh/",
    "cccd": "can-cuoc/",
    "can cuot": "can-cuoc/",
    "uai phai": "mang/",
    "wifi": "mang/",
    "vn eid mat may": "khoa/",
    "làm sao để đổi thẻ căn cước ở đâu": "can-cuoc/",
    "soi kĩ tên": "ma/",
    "uy ban xa": "thuy/",
    "hòa giải": "thuy/",
    "khóa van": "thuy/",
    "má": "me/",
    "mã": "ma/",
    "lua dao": "lua-dao/",
    "hoc so": "hoc/",
    "to cong nghe so xa khanh hoa yen khanh": "khanh-hoa/",
}


def test_first_result_for_each_way_of_typing(files: dict[str, bytes]) -> None:
    answers = ask(files, *FIRST)
    assert {q: found(a)[:1] for q, a in zip(FIRST, answers, strict=True)} == {
        q: [url] for q, url in FIRST.items()
    }


def test_exact_accents_never_hide_folded_ones(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "má")
    assert found(answer)[0] == "me/"
    assert set(found(answer)) == {"me/", "ma/", "mang/", "lua-dao/", "a-tin/"}


def test_unfinished_word_while_typing(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "quet ma vuo", typing=True)
    assert found(answer)[0] == "ma/"


def test_a_right_syllable_is_not_turned_into_another(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "van ban")
    assert answer["meant"] == "văn bản"
    assert found(answer)[0] == "quyet-dinh/"


UNDERSTOOD = {
    "dinh danh dien tu": "định danh điện tử",
    "định danh điện tử": "",
    "uai phai": "Wi-Fi",
    "lừa đão": "",
    "canhbao lua dao": "cảnh báo lừa đảo",
    "canhbao lừa đão": "cảnh báo lừa đão",
    "mà qr": "",
    "rửa tiền": "",
    "mã mạnh": "",
    "mã 1909": "",
    "maomo": "",
    "gửi lừa đảo": "",
    "gui lua dao": "gui lừa đảo",
    "cảnh báo lừa đảo thì ở đâu": "",
}


def test_what_was_understood_is_said_when_it_differs(files: dict[str, bytes]) -> None:
    answers = ask(files, *UNDERSTOOD)
    understood = {q: a["meant"] for q, a in zip(UNDERSTOOD, answers, strict=True)}
    assert understood == UNDERSTOOD


SHORT_FORMS = {
    "mat dt": "mat dien thoai",
    "dt mat": "dien thoai mat",
    "mat dt lam sao de": "mat dien thoai lam sao de",
    "uai phai cham": "wi fi cham",
}


@pytest.mark.parametrize("limit", [10**9, 0])
def test_a_short_form_finds_what_its_meaning_finds(
    monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", limit)
    pages = [
        page("so/", "Số điện thoại", "Mật khẩu mở điện thoại. Mặt trước điện thoại."),
        page("mat/", "Mất điện thoại", "Báo nhà mạng."),
        page("mang/", "Mạng chậm", "Tắt Wi-Fi rồi bật lại. Wi-Fi chậm thì lại gần."),
    ]
    files = index_of(pages, SearchHelp(LANGUAGE, HELP))
    short, whole = ask(files, *SHORT_FORMS), ask(files, *SHORT_FORMS.values())
    assert [answer["groups"] for answer in short] == [answer["groups"] for answer in whole]
    assert [found(answer)[0] for answer in short] == ["mat/", "so/", "mat/", "mang/"]
    assert short[0]["meant"] == "mất điện thoại"


def test_section_is_linked_and_the_sentence_marked(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "den cong an xa")
    group = next(group for group in answer["groups"] if group["url"] == "khoa/")
    [place] = group["places"]
    assert (place["url"], place["heading"]) == ("khoa/#muc-0", "Vẫn không được")
    marked = [piece["text"] for piece in place["excerpt"] if piece["marked"]]
    assert marked == ["Đến", "Công", "an", "xã"]


def test_nothing_found_shows_topics_and_phones(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "qwrtzx lừ đả")[:1]
    [nothing] = ask(files, "zzzzqq")
    assert nothing["groups"] == []
    assert [topic["title"] for topic in nothing["topics"]] == ["Tránh lừa đảo", "Định danh"]
    assert nothing["phones"] == HELP["phones"]
    assert answer["phones"] == [] or answer["groups"] == []


NAUGHTY = [
    "",
    " \t\n",
    "?!.,;:…",
    "a" * 10_000,
    "định danh " * 1_000,
    "👵🏽👨‍👩‍👧‍👦 🇻🇳",
    "\x00\x07\x1b[31m",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "__proto__",
    "constructor prototype hasOwnProperty toString",
    "\u202eđịnh\u202c danh\u200f",
    "\ud83d",
    "\udc00\ud800",
    "%00%2e%2e/",
    "${7*7} {{7*7}}",
    "Ω≈ç√∫˜µ≤≥÷",
    "ﾟ･✿ヾ╲(｡◕‿◕｡)╱✿･ﾟ",
    "0/0 1e309 NaN undefined null",
    "َُِّ ٱلْعَرَبِيَّة",
    "ı̇İſẞ",
    "1" * 500,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z " * 20,
]


def test_naughty_strings_get_an_answer(files: dict[str, bytes]) -> None:
    for answer in ask(files, *NAUGHTY) + ask(files, *NAUGHTY, typing=True):
        assert isinstance(answer["groups"], list)


def test_both_forms_answer_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = SearchHelp(LANGUAGE, HELP)
    small = ask(index_of(PAGES, extras), *FIRST)
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", 0)
    monkeypatch.setattr(search_shards, "CORE_KEYS", 60)
    sharded = index_of(PAGES, extras)
    assert any("/d/" in name for name in sharded)
    assert ask(sharded, *FIRST) == small


def test_names_change_with_the_content() -> None:
    files = index_of(PAGES, SearchHelp())
    changed = index_of([*PAGES[1:]], SearchHelp())
    assert files == index_of(PAGES, SearchHelp())
    assert set(files) & set(changed) == {"search/index.json"}


def test_the_texts_themselves_are_the_index_up_to_their_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def texts() -> bytes | None:
        files = index_of(PAGES, SearchHelp(LANGUAGE, HELP))
        return next((data for name, data in files.items() if name.endswith("/all.json")), None)

    monkeypatch.setattr(search, "MAX_SMALL_BYTES", 10**9)
    whole = texts()
    assert whole
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", len(zlib.compress(whole, 9)))
    assert texts() == whole
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", len(zlib.compress(whole, 9)) - 1)
    assert texts() is None


def test_pages_of_every_shape_are_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    table = "\n".join(f"hàng {n}; giá trị {n * 7}" for n in range(5_000))
    pages = [
        *PAGES,
        page("bang/", "Bảng dài", table + "\nô cuối cùng: đom đóm"),
        page("trung-1/", "Trùng tên", "Bài một nói về cây khế."),
        page("trung-2/", "Trùng tên", "Bài hai nói về cây bưởi."),
        page("rong/", "Trang trống", ""),
    ]
    assert len(table) > 100_000
    for limit in (10**9, 0):
        monkeypatch.setattr(search, "MAX_SMALL_BYTES", limit)
        files = index_of(pages, SearchHelp())
        table_page, twin, empty = ask(files, "dom dom", "cay buoi", "trang trong")
        assert (found(table_page)[0], found(twin)[0], found(empty)[0]) == (
            "bang/",
            "trung-2/",
            "rong/",
        )


def test_no_pages_give_no_results() -> None:
    [answer] = ask(index_of([], SearchHelp()), "định danh")
    assert answer["groups"] == []


BROKEN = """
import { connect } from "./worker.js";
let mode = "";
globalThis.fetch = async (url) => {
  const name = decodeURI(new URL(url).pathname).slice(1);
  const data = Buffer.from(taken.files[name], "base64");
  const hit = mode && name.includes(taken.part);
  if (hit && mode === "offline") throw new TypeError("Failed to fetch");
  if (hit && mode === "missing") return new Response("", { status: 404 });
  return new Response(hit ? data.subarray(0, 1) : data);
};
const said = [];
for (mode of ["offline", "missing", "truncated"]) {
  const ask = connect("http://site.example/search/");
  const first = await ask(taken.query).then(() => "answer", () => "error");
  mode = "";
  said.push([first, (await ask(taken.query)).groups[0].url]);
}
give(said);
"""


@pytest.mark.parametrize("part", ["core.bin", "/u/", "/b/", "/p/"])
def test_a_shard_that_fails_is_an_error_and_is_fetched_again(
    part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MAX_SMALL_BYTES", 0)
    files = index_of(PAGES, SearchHelp())
    taken = {"files": encode(files), "part": part, "query": "dinh danh dien tu"}
    assert run_node(BROKEN, taken) == [["error", "dinh-danh/"]] * 3


def test_numbers_shared_with_the_engine() -> None:
    source = (REPOSITORY / "theme/assets/search/stores.js").read_text(encoding="utf-8")
    assert f"STRONG = {postings.STRONG};" in source
    assert f"CHUNK_BYTES = {search_shards.CHUNK_BYTES};" in source
    assert json.dumps([1, 2, 3.5, 6]) in source
    assert [length_class(n) for n in (0, 1, 100, 10**12)] == [0, 8, 53, 255]
    assert bucket_of(7, 9, 64) in range(64)
