"""What the index finds, asked through the real engine over a small site of its own."""

from __future__ import annotations

import hashlib
import json

import pytest
from support.node import ask, found, index_of, run_node, urls_of

from portal.library.page_kinds import GUIDE, PAGE, STORY, PageKind
from portal.library.search_language import Synonym
from portal.search.index import LEADS, IndexedSection, SearchHelp, SearchPage

LANGUAGE = {"amounts": {"tr": "triệu", "k": "nghìn", "t": "tuổi"}}
FILLERS = ("làm sao để", "ở đâu", "thì", "là", "và", "có", "mà")
SYNONYMS = (
    ("điện thoại", ["đt", "dt"], 1),
    ("mật khẩu", ["mk"], 1),
    ("thẻ căn cước", ["cccd", "can cuot"], 0.8),
    ("trẻ", ["bé"], 0.8),
    ("chuyển khoản", ["ck"], 0.3),
    ("Wi-Fi", ["uai phai"], 0.8),
)
HELP = {
    "topics": [
        {"title": "Tránh lừa đảo", "url": "guides/an-toan/", "summary": "Nhận ra, báo tin."},
        {"title": "Định danh", "url": "guides/dinh-danh/", "summary": "VNeID."},
    ],
    "phones": [{"name": "Cấp cứu", "number": "115", "tel": "115"}],
    "asides": ["Hay vướng"],
    "outside": ["nấu", "bóng đá"],
}
EXTRAS = SearchHelp(LANGUAGE, FILLERS, HELP, [Synonym(*row) for row in SYNONYMS])


def page(
    url: str, title: str, text: str, kind: PageKind = GUIDE, tags: tuple[str, ...] = ()
) -> SearchPage:
    """Return a page; a line "## Heading" in the text begins a section."""
    lead, *rest = text.split("## ")
    sections = [IndexedSection("", "", lead)]
    for number, part in enumerate(rest):
        heading, _, body = part.partition("\n")
        sections.append(IndexedSection(f"muc-{number}", heading, body))
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
        STORY,
    ),
    page("quyet-dinh/", "Văn bản", "Quyết định 06/QĐ-TTg về dữ liệu dân cư.", PAGE),
    page(
        "a-tin/",
        "Cảnh báo lừa đảo qua mạng",
        "Không đọc mã OTP. Không chuyển khoản cho người lạ.",
        STORY,
    ),
    page("thuy/", "Nước và thủy lợi", "Uỷ ban xã khoá van. Hoà giải ở xóm."),
]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Return the index of PAGES."""
    return index_of(PAGES, EXTRAS)


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
    "ủy ban khóa van": "thuy/",
    "má": "me/",
    "mã": "ma/",
    "lua dao": "lua-dao/",
    "hoc so": "hoc/",
    "to cong nghe so xa khanh hoa yen khanh": "khanh-hoa/",
}


def test_first_result_for_each_way_of_typing(files: dict[str, bytes]) -> None:
    answers = ask(files, *FIRST, floor=False)
    assert {q: found(a)[:1] for q, a in zip(FIRST, answers, strict=True)} == {
        q: [url] for q, url in FIRST.items()
    }


def test_exact_accents_never_hide_folded_ones(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "má", floor=False)
    assert found(answer)[0] == "me/"
    assert set(found(answer)) == {"me/", "ma/", "mang/", "lua-dao/", "a-tin/"}


def test_unfinished_word_while_typing(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "quet ma vuo", typing=True, floor=False)
    assert found(answer)[0] == "ma/"


PUZZLED = """
import { Engine } from "./engine.js";
const engine = new Engine(JSON.parse(taken.leads));
give(taken.queries.map((text) => engine.answer(text, { typing: true }).puzzled));
"""


def test_only_what_cannot_be_a_word_asks_for_what_mends_words(files: dict[str, bytes]) -> None:
    """A syllable may be in the texts, and one letter is the start of any word."""
    queries = {"quet m": False, "nghiêng ma": False, "19000368": False, "quet mv": True}
    taken = {"leads": files[LEADS].decode(), "queries": list(queries)}
    assert run_node(PUZZLED, taken) == list(queries.values())


def test_a_right_syllable_is_not_turned_into_another(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "van ban", floor=False)
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
    answers = ask(files, *UNDERSTOOD, floor=False)
    understood = {q: a["meant"] for q, a in zip(UNDERSTOOD, answers, strict=True)}
    assert understood == UNDERSTOOD


SHORT_FORMS = {
    "mat dt": "mat dien thoai",
    "dt mat": "dien thoai mat",
    "mat dt lam sao de": "mat dien thoai lam sao de",
    "uai phai cham": "wi fi cham",
}


def test_a_short_form_finds_what_its_meaning_finds() -> None:
    pages = [
        page("so/", "Số điện thoại", "Mật khẩu mở điện thoại. Mặt trước điện thoại."),
        page("mat/", "Mất điện thoại", "Báo nhà mạng."),
        page("mang/", "Mạng chậm", "Tắt Wi-Fi rồi bật lại. Wi-Fi chậm thì lại gần."),
    ]
    files = index_of(pages, EXTRAS)
    short = ask(files, *SHORT_FORMS, floor=False)
    whole = ask(files, *SHORT_FORMS.values(), floor=False)
    assert [answer["groups"] for answer in short] == [answer["groups"] for answer in whole]
    assert [found(answer)[0] for answer in short] == ["mat/", "mat/", "mat/", "mang/"]
    assert short[0]["meant"] == "mất điện thoại"


def test_section_is_linked_and_the_sentence_marked(files: dict[str, bytes]) -> None:
    [answer] = ask(files, "den cong an xa", floor=False)
    group = next(group for group in answer["groups"] if group["url"] == "khoa/")
    [place] = group["places"]
    assert (place["url"], place["heading"]) == ("khoa/#muc-0", "Vẫn không được")
    marked = [piece["text"] for piece in place["excerpt"] if piece["marked"]]
    assert marked == ["Đến", "Công", "an", "xã"]


APPS = [
    SearchPage(
        f"{app}/{task}/",
        f"{title} {app}",
        (IndexedSection("", "", text), IndexedSection("hay-vuong", "Hay vướng", aside)),
        GUIDE,
        (app, title),
        f"{title} {app}: làm theo ba bước.",
    )
    for app in ("VNeID", "VssID", "Zalo")
    for task, title, text, aside in (
        ("mat-khau", "Quên mật khẩu", "Bấm Quên mật khẩu rồi nhập mã OTP.", "Không nhận OTP."),
        ("cai", "Cài", "Tải từ kho ứng dụng.", "Quên mật khẩu thì xem bài khác."),
        ("khoa", "Mở khóa", "Gọi tổng đài. Soạn TC MK mã số gửi 8079.", "Máy yếu."),
    )
    if (app, task) != ("Zalo", "mat-khau")
] + [page("tre/", "Làm thẻ căn cước cho trẻ", "Trẻ dưới 6 tuổi. Từ 14 triệu đồng.")]


@pytest.fixture(scope="module")
def apps() -> dict[str, bytes]:
    """Return the index of guides that are alike but for the app they are about."""
    return index_of(APPS, EXTRAS)


APP_FIRST = {
    "quen mat khau vneid": "VNeID/mat-khau/",
    "quên mật khẩu vssid": "VssID/mat-khau/",
    "quen mk vneid": "VNeID/mat-khau/",
    "mk vssid": "VssID/mat-khau/",
    "cai zalo": "Zalo/cai/",
    "cai za lo": "Zalo/cai/",
    "cai vneld": "VNeID/cai/",
    "lam cccd cho be 6t": "tre/",
}


def test_the_app_binds_and_meaning_beats_spelling(apps: dict[str, bytes]) -> None:
    answers = ask(apps, *APP_FIRST)
    assert {q: found(a)[:1] for q, a in zip(APP_FIRST, answers, strict=True)} == {
        q: [url] for q, url in APP_FIRST.items()
    }
    [zalo] = ask(apps, "quên mật khẩu zalo", floor=False)
    assert {url.split("/")[0] for url in found(zalo)[:2]} == {"Zalo"}


def test_the_leads_alone_answer(apps: dict[str, bytes]) -> None:
    answers = ask(apps, *APP_FIRST, leads_only=True)
    assert [found(a)[0] for a in answers] == list(APP_FIRST.values())
    assert {answer["complete"] for answer in answers} == {False}
    [deep] = ask(apps, "soan tin gui 8079", leads_only=True)
    assert found(deep) == []
    [deep] = ask(apps, "soan tin gui 8079", floor=False)
    assert {url.split("/")[1] for url in found(deep)[:3]} == {"khoa"}


SURENESS = {
    "quên mật khẩu vneid": ("sure", []),
    "quen mat khau vneid": ("sure", []),
    "cách nấu phở bò": ("none", ["cách", "nấu", "phở", "bò"]),
    "ket qua bong da": ("none", ["ket", "qua", "bong", "da"]),
    "zzzzqq": ("none", ["zzzzqq"]),
    "cai zalo may giat": ("near", ["giat"]),
}


def test_it_says_when_no_guide_answers_and_names_what_is_missing(apps: dict[str, bytes]) -> None:
    answers = ask(apps, *SURENESS)
    assert {
        q: (a["sureness"], a["missing"]) for q, a in zip(SURENESS, answers, strict=True)
    } == SURENESS
    for answer in answers:
        is_none = answer["sureness"] == "none"
        assert (not answer["groups"], answer["phones"] == HELP["phones"]) == (is_none, is_none)
    titles = [topic["title"] for topic in answers[2]["topics"]]
    assert sorted(titles) == ["Tránh lừa đảo", "Định danh"]


def test_a_guide_about_it_makes_a_word_of_outside_idle() -> None:
    football = page("bong-da/", "Xem bóng đá trên điện thoại", "Mở ứng dụng.")
    files = index_of([*APPS, football], EXTRAS)
    [answer] = ask(files, "xem bong da")
    assert (found(answer)[0], answer["sureness"]) == ("bong-da/", "sure")


MAYBE = {
    "quen mat khua vneid": ("quên mật khẩu VNeID", ""),
    "vneid bi khoa": ("", ""),
    "quên mk vneid": ("quên mật khẩu vneid", ""),
    "ma cai vneid 10tr": ("ma cài VNeID 10 triệu", ""),
}


def test_only_what_is_sure_is_said_to_be_meant(apps: dict[str, bytes]) -> None:
    answers = ask(apps, *MAYBE, floor=False)
    assert {q: (a["meant"], a["maybe"]) for q, a in zip(MAYBE, answers, strict=True)} == MAYBE


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


def test_files_are_named_by_the_texts_and_told_with_their_size() -> None:
    files = index_of(PAGES, EXTRAS)
    leads = json.loads(files[LEADS])
    text = files[f"search/{leads['text']}"]
    assert set(files) == {LEADS, f"search/{leads['text']}"}
    assert leads["text"] == f"{hashlib.sha256(text).hexdigest()[:10]}/text.json"
    assert 500 < leads["size"] < len(text)
    columns = {name: leads[name].split("\n") for name in ("titles", "weights", "leads")}
    first = {name: column[0] for name, column in columns.items()}
    assert first == {"titles": PAGES[0].title, "weights": "1.1", "leads": ""}
    assert {len(column) for column in columns.values()} == {len(PAGES)}
    assert json.loads(text)["topics"] == HELP["topics"]
    assert set(index_of(PAGES[1:], EXTRAS)) & set(files) == {LEADS}


def test_a_folder_is_named_where_it_changes() -> None:
    urls = ["", "a/", "x/y/1/", "x/y/2/", "x/1/", "b/", "c", "x/y/1"]
    files = index_of([page(url, url or "home", "") for url in urls], SearchHelp())
    leads = json.loads(files[LEADS])
    assert leads["urls"].split("\n") == ["", "a/", "x/y/1/", "2/", "x/1/", "/b/", "c", "x/y/1"]
    assert urls_of(leads) == urls
    answers = ask(files, "home", "b", "x y 2", floor=False)
    assert [found(answer)[0] for answer in answers] == ["", "b/", "x/y/2/"]


def test_of_words_of_the_language_only_those_that_serve_leads_come_first() -> None:
    pages = [page("ma/", "Đổi mã ở máy", "Làm thế nào?")]
    fillers = ("ở", "nào", "ở đâu", "đổi mã")
    synonyms = [Synonym("mã", ["code"], 0.8), Synonym("mã", ["mđ"], 0.8, is_typed=False)]
    files = index_of(pages, SearchHelp(fillers=fillers, synonyms=synonyms))
    leads = json.loads(files[LEADS])
    texts = json.loads(files[f"search/{leads['text']}"])
    assert [leads["fillers"], texts["fillers"]] == ["ở", "nào\nở đâu\nđổi mã"]
    assert [leads["synonyms"], texts["synonyms"]] == [{"0.8": "mã\tcode"}, {"0.8": "mã\tmđ"}]


def test_a_slip_is_mended_only_beside_a_neighbour_that_it_has() -> None:
    pages = [
        page("the/", "Gia hạn thẻ bảo hiểm", "Bảo hiểm y tế."),
        page("quet/", "Quét mã", "Thanh toán."),
    ]
    files = index_of(pages, SearchHelp())
    answers = ask(files, "bảo iểm", "bao hiem", "toại iểm", floor=False)
    assert [found(answer)[:1] for answer in answers] == [["the/"], ["the/"], []]
    assert answers[0]["meant"] == "bảo hiểm"


def test_pages_of_every_shape_are_indexed() -> None:
    table = "\n".join(f"hàng {n}; giá trị {n * 7}" for n in range(5_000))
    pages = [
        *PAGES,
        page("bang/", "Bảng dài", table + "\nô cuối cùng: đom đóm"),
        page("trung-1/", "Trùng tên", "Bài một nói về cây khế."),
        page("trung-2/", "Trùng tên", "Bài hai nói về cây bưởi."),
        page("rong/", "Trang trống", ""),
    ]
    assert len(table) > 100_000
    files = index_of(pages, SearchHelp())
    answers = ask(files, "dom dom", "cay buoi", "trang trong", floor=False)
    assert [found(answer)[0] for answer in answers] == ["bang/", "trung-2/", "rong/"]


def test_no_pages_give_no_results() -> None:
    [answer] = ask(index_of([], SearchHelp()), "định danh")
    assert (answer["groups"], answer["sureness"]) == ([], "none")


FETCHED = """
import { Searcher } from "./searcher.js";
let mode = "";
const asked = [];
globalThis.fetch = async (url) => {
  const name = new URL(url).pathname.slice(1);
  asked.push(name.replace(/[0-9a-f]{10}/, "…"));
  const hit = mode && name.includes(taken.part);
  if (hit && mode === "offline") throw new TypeError("Failed to fetch");
  if (hit && mode === "missing") return new Response("", { status: 404 });
  return new Response(hit ? taken.files[name].slice(0, 9) : taken.files[name]);
};
const said = [];
for (mode of ["offline", "missing", "truncated"]) {
  const searcher = new Searcher("http://site.example/", false);
  const try_ = async () => {
    await searcher.answer(taken.query, {});
    await searcher.extend();
    return (await searcher.answer(taken.query, {})).complete;
  };
  const first = await try_().catch(() => "error");
  mode = "";
  said.push([first, await try_()]);
}
give([said, asked.slice(0, 3)]);
"""


@pytest.mark.parametrize("part", ["index.json", "text.json"])
def test_what_failed_is_fetched_again_by_the_next_query(part: str) -> None:
    files = {name: data.decode() for name, data in index_of(PAGES, SearchHelp()).items()}
    taken = {"files": files, "part": part, "query": "dinh danh dien tu"}
    said, asked = run_node(FETCHED, taken)
    assert said == [["error", True]] * 3
    assert asked[:2] == [
        "search/index.json",
        ["search/…/text.json", "search/index.json"][part == "index.json"],
    ]
