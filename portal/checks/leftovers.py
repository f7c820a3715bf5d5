"""Artefacts of copying: error texts, page numbers, button labels, hyphenated line ends.

They come from Word, Excel, PDF files, Google Docs, Facebook and Zalo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise

from portal.checks.line_starts import Surroundings, mark_at_start, surroundings_of
from portal.document.contents import SourceLine
from portal.document.tree import Heading, Words
from portal.language.text import UPPER_CASE
from portal.library.library import Library, Page
from portal.source.problems import Problem

_ANYWHERE = (  # (text, message, remedy)
    (
        re.compile(
            r"(?:Error! |Lỗi! )(?:Reference source|Bookmark|Not a valid|No |Không tìm thấy|"
            r"Thẻ đánh dấu|Chưa xác định)[^.]*\.?"
        ),
        "còn chữ báo lỗi của Word",
        "xóa chữ ấy, viết rõ bài muốn nhắc tới chỗ nào",
    ),
    (
        re.compile(
            r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)|(?<![\w#])#{4,}(?![\w#])"
            r"|(?<![\w.,])\d[.,]\d+E[+-]?\d{1,2}(?!\w)|(?<!\S)=[A-Z]{2,12}\([A-Z$]+\d[^)]*\)"
        ),
        "còn mã của Excel thay cho giá trị",
        "ghi giá trị thật của ô, như Excel hiện ra khi cột đủ rộng",
    ),
    (
        re.compile(
            r"data:image/[\w+.-]+;base64,"
            r"|\[(?:cid:[^\]]*|image(?:: [^\]]*)?|hình ảnh|ảnh|photo|video|sticker|nhãn dán|gif|"
            r"file|tệp|(?:tệp|ảnh|hình|video) đính kèm|thoại|tin nhắn thoại)\](?!\()",
            re.IGNORECASE,
        ),
        "chỗ này là hình hay tệp đã rơi mất khi dán",
        "thêm hình:  ![lời tả hình](ten-hinh.jpg) , hoặc xóa chữ ấy",
    ),
    (
        re.compile(
            r"(?<=[\w.,;!?”)])\[(?:\d{1,2}|[a-z]|cần dẫn nguồn)\](?![(\[:])"
            r"|(?<=[.,;!?”)])[¹²³⁴-⁹]+(?!\w)|(?<=[^\W\d_]{3})[¹²³⁴-⁹](?!\w)|^[¹²³⁴-⁹]+\s"
        ),
        "còn số chú thích của trang gốc",
        "xóa số ấy; nguồn ghi ở trường sources",
    ),
    (
        re.compile(
            r"(?<!\w)@(?:everyone|all|mọi người|tất cả|moi nguoi|nhóm)(?!\w)", re.IGNORECASE
        ),
        "còn lời gọi cả nhóm chat",
        "xóa lời gọi ấy",
    ),
    (
        re.compile(r"^\[?\d{1,2}:\d{2}(?::\d{2})?,? \d{1,2}[/-]\d{1,2}[/-]\d{2,4}\]? ?[^:]{0,40}:"),
        "còn giờ và tên người gửi của tin nhắn",
        "xóa phần ấy, giữ lời nhắn nếu cần",
    ),
    (
        re.compile(r"(?:(?<!\.)\.{5,}|(?<!…)…{2,}|(?<!\. )(?:\. ){4,})\s*\d{1,3}\s*$"),
        "còn dòng mục lục của tệp gốc",
        "xóa dòng này",
    ),
    (
        re.compile(r"(?:…|\.\.\.)\s*(?:Xem thêm|See more)\s*$", re.IGNORECASE),
        "chữ sau nút 'Xem thêm' chưa được chép",
        "mở bài gốc, chép cả phần sau rồi xóa chữ 'Xem thêm'",
    ),
    (
        re.compile(
            r"(?<=\w)\[[A-ZĐ]{1,3}\d{1,2}\]|^\[[A-ZĐ]{1,3}\d{1,2}\](?=\w)|^Commented \[|"
            r"^(?:Deleted|Formatted): |\bMERGEFIELD \w|\bHYPERLINK [\"“]|_x000D_|"
            r"(?<=[^\W\d_])\\(?:r\\)?n(?=[A-ZĐ\s]|$)|\\u[0-9a-f]{4}"
        ),
        "còn mã hay dấu nhận xét của Word, Excel",
        "xóa mã ấy, gõ lại chữ bị mất nếu có",
    ),
    (
        re.compile(
            r"^(?:Chắc chắn rồi|Tất nhiên rồi|Dĩ nhiên rồi)[!,.]|\bBạn có muốn (?:tôi|mình) |"
            r"[Hh]y vọng .{0,40}(?:hữu ích|giúp ích)|hãy cho (?:tôi|mình) biết|"
            r"\b(?:tôi|mình) là (?:một )?(?:mô hình ngôn ngữ|trợ lý AI)"
        ),
        "còn lời của công cụ viết tự động",
        "xóa lời ấy, giữ phần hướng dẫn",
    ),
    (
        re.compile(
            r"\bTODO\b|\bTBD\b|\bXXX+\b|Lorem ipsum|\[(?:Viết|Bổ sung|Chèn) [^\]]*\](?![(\[])|"
            r"\((?:sẽ )?(?:bổ sung|cập nhật|viết) sau\)|\[object Object\]|\bNaN\b|\bundefined\b|"
            r"Click to (?:edit|add) |\$\{\w+\}|%\(\w+\)s|«\w+_\w+»|(?<!\{)\{so_lieu\.[^{}]*\}(?!\})"
        ),
        "còn chỗ chưa viết xong",
        "viết nội dung vào chỗ ấy, hoặc xóa cả câu",
    ),
    (
        re.compile(r"^(?:Fwd|FW|RE|From|Sent|Subject|Cc): \S"),
        "còn phần đầu của thư",
        "xóa dòng này, giữ nội dung thư nếu cần",
    ),
)
_SIGN = re.compile(  # a character that every pattern needs
    r"[!#\[@=…\d¹²³⁴-⁹\\]|\.\.|_x0|[A-Z]{3}|ormatted|eleted|Bạn|vọng|rồi|biết|TBD|FW|: |Lorem|sau\)"
    r"|NaN|undefined|Click|[{«]|base64|mình là|tôi là"
)
_BUTTON = (
    r"(?:Thích|Phản hồi|Trả lời|Bình luận|Chia sẻ|Theo dõi|Like|Reply|Comment|Share|Xem bản dịch|"
    r"See translation|Đã chỉnh sửa|Đã xem|Vừa xong|\d+ (?:phút|giờ|ngày|tuần)(?: trước)?|"
    r"\d+ bình luận|\d+ lượt (?:thích|chia sẻ|xem)|Viết bình luận\W*|Xem thêm bình luận|"
    r"Được tài trợ|Đã thêm \d+ ảnh mới\.?|"
    r"(?:Hôm (?:qua|nay)|\d{1,2} tháng \d{1,2}(?:, \d{4})?) lúc \d{1,2}:\d{2})"
)
_WHOLE = (  # a whole line
    (
        re.compile(rf"{_BUTTON}(?:\s*[·•|]\s*(?:{_BUTTON}|[\U0001f30d-\U0001f310👥🔒])?)*"),
        "còn chữ trên nút của Facebook hay Zalo",
        "xóa dòng này",
    ),
    (
        re.compile(
            r"(?:Đã g|G)ửi từ (?:iPhone|iPad|điện thoại|Zalo|Samsung|Outlook)[^.:]*\.?"
            r"|Sent from my .+"
            r"|.{1,30} đã gửi (?:một|\d+) (?:ảnh|file|tệp|video|liên kết|nhãn dán)\.?"
            r"|\[(?:Đã chuyển tiếp|Forwarded)[^\]]*\]|-+ ?Forwarded message ?-+"
            r"|Tin nhắn đã (?:được )?thu hồi|This message was deleted",
            re.IGNORECASE,
        ),
        "còn chữ mà máy tự thêm vào tin nhắn, thư",
        "xóa dòng này",
    ),
    (
        re.compile(
            r"(?:Trang|Page|Slide|Tr\.) ?(?:\| ?)?\d{1,3}(?: ?(?:/|of|trên) ?\d{1,3})?"
            r"|\d{1,3} ?\| ?Trang|\d{1,2}(?: ?/ ?\d{1,2})?"
            r"|[-–—] ?\d{1,3} ?[-–—]"
        ),
        "còn số trang của tệp gốc",
        "xóa dòng này",
    ),
)
_QUOTATION = re.compile(r"“[^”]*”|\"[^\"]*\"")
_HYPHENS = ("-", "\u2010", "\u2011")
_CUT = re.compile(rf"[^\W\d_]+[{''.join(_HYPHENS)}]\s*$")
_FIRST_WORD = re.compile(r"[^\W_]+")
_LABEL = re.compile(rf"\0{{0,3}}[{UPPER_CASE}][^:.!?\n]{{0,24}}:\0{{0,3}}\s+\S")
_BOLD_LINE = re.compile(r"\0\0[^\0]{1,60}[^\0:.,;!?…]\0\0\s*")
_SENTENCE_START = re.compile(rf"[{UPPER_CASE}]")
_HARD_END = ("  ", "\\")


def check_leftovers(page: Page, _: Library) -> Iterator[Problem]:
    """Yield an error for each line with an artefact of another program or joined labels."""
    for row in page.contents.rows:
        for line, message, fix in _left_in(row, page):
            yield Problem(page.path, line, message, fix)
    around = cache(lambda: surroundings_of(page.contents, page.kind.tells_of_people))
    groups = groupby(page.contents.rows, lambda row: row.block.start)
    for rows in (list(group) for _, group in groups):
        if not isinstance(rows[0].block, Heading):
            for line, message, fix in (*_cut_words(rows), *_run_on_labels(rows, page, around)):
                yield Problem(page.path, line, message, fix)


def _left_in(row: SourceLine, page: Page) -> Iterator[tuple[int, str, str]]:
    if _SIGN.search(row.left):  # rare
        own = _QUOTATION.sub(lambda found: " " * len(found[0]), row.left)
        for pattern, message, fix in _ANYWHERE:
            if pattern.search(own):
                yield row.line, message, fix
    if isinstance(row.block, Words) and row.block.tag == "td":
        return
    whole = row.left.strip()
    if row.is_item:  # "- 2 -" is an item to Markdown
        whole = page.document.line_text(row.line).strip() if whole[-1:] in "-–—" else ""
    for pattern, message, fix in _WHOLE:
        if whole and pattern.fullmatch(whole):
            yield row.line, message, fix


def _cut_words(rows: Sequence[SourceLine]) -> Iterator[tuple[int, str, str]]:
    """Yield each line that ends within a word, as in text from a PDF file."""
    if last := _cut_word(rows[-1]):
        message = f"chữ '{last[0].strip()}' bị ngắt ở cuối đoạn"
        yield rows[-1].line, message, "viết liền chữ ấy trên một dòng"
    for row, following in pairwise(rows):
        if (cut := _cut_word(row)) and (rest := _FIRST_WORD.match(following.left)):
            message = f"chữ '{cut[0].strip()}' bị ngắt ở cuối dòng, lên trang thành hai mảnh"
            fix = f"nối hai dòng, viết liền '{cut[0].strip()}{rest[0]}', bỏ dấu - nếu không cần"
            yield row.line, message, fix


def _cut_word(row: SourceLine) -> re.Match[str] | None:
    return _CUT.search(row.left) if row.left.rstrip().endswith(_HYPHENS) else None


def _run_on_labels(
    rows: Sequence[SourceLine], page: Page, around: Callable[[], Surroundings]
) -> Iterator[tuple[int, str, str]]:
    """Yield each line "name: value" that is parsed as one paragraph with the next one."""
    labelled = [bool(_LABEL.match(row.left)) for row in rows]
    for at, (row, following) in enumerate(pairwise(rows)):
        is_title = _BOLD_LINE.fullmatch(row.left) and _SENTENCE_START.match(following.left)
        if not (is_title or (labelled[at] and labelled[at + 1])) or following.line != row.line + 1:
            continue
        if page.document.line_text(row.line).endswith(_HARD_END):
            continue
        if mark_at_start(row, around()) or mark_at_start(following, around()):  # reported there
            continue
        message = "dòng này và dòng dưới dính thành một dòng khi lên trang"
        yield row.line, message, f"{page.document.line_text(row.line).strip()}\\"
