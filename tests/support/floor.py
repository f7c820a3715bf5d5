"""The small site that every kind of test reads: one page of every kind, with all its features."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.pictures import photo, save
from support.project import (
    FILES,
    FRONT,
    HOME,
    STATISTICS,
    STORY_FRONT,
    complete_project,
    write,
)

GUIDE = "guides/dinh-danh/cai-may/"
FIVE_STEPS = "guides/dinh-danh/nam-buoc/"
LISTEN = "guides/dinh-danh/nghe-doc/"
URGENT = "guides/an-toan/lo-bam-link/"
TOPIC = "guides/dinh-danh/"
SHORT_LINKED = "guides/dinh-danh/kich-hoat/"
PASSCODE = "guides/dinh-danh/quen-passcode/"
STORY = "stories/lac-hien/"
EVENING = "buoi-hoc/lam-quen/"
LOUDSPEAKER = "loa/an-toan/lo-bam-link/"
REHEARSAL = "tap-thu/giu-ma/"

# A page of every kind that a resident meets.
PAGES = (
    "",
    "guides/",
    TOPIC,
    GUIDE,
    URGENT,
    STORY,
    EVENING,
    REHEARSAL,
    "tim-kiem/?q=vneid",
    "kiem-tra-ten-mien/",
    "toi-o-dau/",
    "goi-giup/",
    "da-luu/",
    "so-lieu/",
    "tu-kho/",
    "about/",
    "404.html",
)
CERTIFICATE = "buoi-hoc/giay-ghi-nhan/"
LISTS = ("a-z/", "cac-to/", "buoi-hoc/", CERTIFICATE, "loa/", LOUDSPEAKER, "stories/", "tap-thu/")

_GUIDE = """\

## Cần có trước

- Thẻ căn cước.
- Máy có mạng.

## Mất bao lâu, mất tiền không

Làm trong ít phút. Không mất tiền.

## Các bước

### Máy Android

1. Mở **Cài đặt**.
2. Bấm vào ảnh của bà con, rồi tìm:
    - nút tròn ở góc;
    - hoặc chữ **Cá nhân**.
3. Soạn đúng như mẫu:

    ```
    LD (số gọi đến) (nội dung)
    ```

4. Bấm **Xong**.
   ![Cài đặt: bấm Xong](khung.svg "Hình minh họa")

### Máy iPhone

1. Mở **App Store**.
   ![Bà con học dùng máy](anh.jpg "Ảnh của tổ")
2. Bấm **Nhận**.

<details>
<summary>Máy cũ thì sao</summary>
Máy cũ thì vào Cài đặt trước.
</details>

## Làm xong thấy gì

Máy có biểu tượng mới.

## Hay vướng

- Không thấy nút → kéo xuống dưới.

## Vẫn không được

Gọi [1900 0368](tel:19000368), hoặc hỏi Công an xã.
"""
_FIVE_STEPS = """\

## Các bước

1. Mở **CH Play**.
2. Gõ VNeID vào ô tìm kiếm.
3. Đọc tên nhà phát hành.
4. Bấm **Cài đặt**.
5. Bấm **Mở**.

![Năm việc theo thứ tự](khung.svg "Hình minh họa")

| Gặp chuyện gì | Làm gì |
|---|---|
| Máy đầy | Xóa bớt ảnh |

## Vẫn không được

Hỏi Công an xã. Đừng đọc mã OTP cho ai.
"""
_URGENT = """\

## Làm ngay

1. Tắt mạng trên máy.
2. **Gọi ngay ngân hàng** theo số in sau thẻ.
3. Gọi [156](tel:156).

## Cần có trước

- Máy đã bấm đường link.

## Các bước

1. Nói tên và số thẻ.
2. Xin khóa tài khoản.

## Vẫn không được

Đến Công an xã.
"""
_LISTEN = """\

## Các bước

### Máy Android

1. Bấm vào ảnh của bạn, rồi tìm:
    - nút tròn ở góc;
    - hoặc chữ **Cá nhân**.
2. Soạn đúng như mẫu:

    ```
    LD (số gọi đến) (nội dung)
    ```

### Máy iPhone

1. Mở **App Store**.

| Gặp chuyện gì | Soạn tin |
|---|---|
| Cuộc gọi rác | Gọi 156 |

<details>
<summary>Máy cũ thì sao</summary>
Máy cũ thì vào Cài đặt trước.
</details>

## Vẫn không được

Hỏi Công an xã.
"""
_SAID = """\
loudspeaker: |
  Lỡ bấm đường link lạ thì tắt mạng trên máy.
  Gọi một năm sáu, miễn phí. Xin nhắc lại, một năm sáu. Không đọc mã cho ai.
"""
_SHORT = """

## Các bước

1. Mở máy.
2. Bấm **{0}**.

## Vẫn không được

Hỏi Công an xã.
"""
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 200"><style>rect{fill:#fff}'
    "@media(prefers-color-scheme:dark){rect{fill:#000}}</style>"
    '<rect width="328" height="200"/></svg>'
)
_QUESTION = """\
      - ask: Nên tải ứng dụng ở đâu{}?
        choices: [CH Play, App Store, Kho của máy]
        answer: {}
        why: Chỉ tải từ kho của máy.
        facts: [F1.14]
"""
_PATHS = """\
paths:
  - id: lam-quen
    title: Làm quen
    summary: Buổi đầu.
    aim: Bà con tự cài được máy.
    minutes: 75
    arrival_minutes: 5
    break_minutes: 10
    check_minutes: 10
    lessons:
      - guide: guides/dinh-danh/cai-may.md
        minutes: 10
        practice_minutes: 15
        tasks: [Tự mở Cài đặt.]
      - guide: guides/an-toan/lo-bam-link.md
        minutes: 10
        practice_minutes: 15
        tasks: [Tự tắt máy.]
    prepare: [Wi-Fi của nhà văn hóa.]
    take_home: [guides/dinh-danh/kich-hoat.md]
    scenes:
      - title: "Màn 1: người lạ xin mã"
        lines: [{who: Người gọi giả, says: Đọc mã cho tôi.}, {who: Bà con, says: Tôi tắt máy.}]
        after: Tắt máy không phải xin phép ai.
    questions:
"""
_REHEARSAL = """\
title: Giữ mã
summary: Gõ mã, không đọc mã cho ai.
minutes: 2
guides: [guides/dinh-danh/cai-may.md]
facts: [F1.14]
screens:
  - id: tin-den
    title: Có tin đến
    says: Đọc mã trong tin nhắn.
    bar: Tin nhắn
    rows:
      - {message: Mã OTP là 4820.}
      - {switch: Hiện tin trên màn hình khóa, lit: true}
      - {row: Tin khác, icon: message-outline, says: Hôm qua, end: "2", wrong: true,
         teaches: Mở tin mới nhất.}
      - {button: Mở ứng dụng, to: go-ma}
  - id: go-ma
    title: Gõ mã
    says: Chép bốn số vào ô.
    rows:
      - {type: Mã trong tin nhắn, answer: "4820"}
      - {field: "Tên: Bà A"}
      - {button: Xác nhận, to: cuoc-goi}
  - id: cuoc-goi
    title: Có người gọi
    says: Người lạ hỏi mã.
    rows:
      - {call: Số lạ, says: Đọc mã cho tôi.}
    choices:
      - {text: Đọc mã, wrong: true, to: cuoc-goi-ten, teaches: Ai có mã thì lấy được tiền.}
      - {text: Tắt máy, to: xong, teaches: Tắt máy không phải xin phép ai.}
  - id: cuoc-goi-ten
    title: Người ấy hỏi tiếp
    says: Vẫn dừng lại được.
    rows:
      - {reply: Tôi không đọc nữa.}
      - {done: Đã tắt máy}
    choices:
      - {text: Gọi ngân hàng, to: xong}
remember: [Không đọc mã cho ai.]
"""

_WEEKS = """\
weeks:
  - id: lam-quen
    title: Làm quen
    summary: Bảy bài đầu.
    guides:
      - guides/dinh-danh/cai-may.md
      - guides/dinh-danh/nam-buoc.md
      - guides/dinh-danh/kich-hoat.md
      - guides/an-toan/lo-bam-link.md
      - guides/an-toan/lua-dao.md
      - guides/an-toan/bao-so-156.md
      - guides/mua-ban/mua-hang.md
"""
_STORY = """

## Việc tổ làm

Tổ cài máy cho bà con.

- Có điện thoại: {{ so_lieu.nguoi_lon_co_dien_thoai ngay=15/8/2024 }}
- Đã kích hoạt: {{ so_lieu.dinh_danh_kich_hoat ngay=15/8/2024 }}
"""
_TOPICS = """\
topics:
  - id: dinh-danh
    title: Định danh VNeID
    summary: Cài máy, kích hoạt.
    icon: material/card
    colour: "#1f5fa8"
  - id: an-toan
    title: Tránh lừa đảo
    summary: Báo tin.
    icon: material/shield
    colour: "#9c2a00"
    wishes: {lo-bam-link: biết phải làm gì khi lỡ bấm}
  - {id: bao-hiem, title: Bảo hiểm, summary: Thẻ., icon: material/heart, colour: "#1f5fa8"}
  - {id: mua-ban, title: Mua bán, summary: Mua., icon: material/cart, colour: "#1f5fa8"}
  - {id: thanh-toan, title: Thanh toán, summary: Trả tiền., icon: material/cash, colour: "#1f5fa8"}
"""
_GLOSSARY = """\
terms:
  - {id: otp, prefer: mã OTP, abbr: [OTP], def: Mã dùng một lần gửi đến điện thoại.}
  - {id: passcode, prefer: passcode, typed: [pass code], def: Sáu số mở ứng dụng.}
  - {id: bhyt, prefer: bảo hiểm y tế, abbr: [BHYT], def: Bảo hiểm khi khám bệnh.}
  - {id: dinh-danh, prefer: định danh điện tử, everyday: true, def: Tên của mình trên mạng.}
"""
_CONTACTS = """\
phones:
  - {id: ca, name: Công an, number: "113", tel: "113", for: Việc gấp.}
  - {id: vneid, name: Tổng đài VNeID, number: 1900 0368, tel: "19000368", for: Hỏi về VNeID.}
  - {id: bao-tin, name: "Báo cuộc gọi, tin nhắn lừa đảo", number: "156", tel: "156", for: Báo tin.,
     ways: [gọi, nhắn], cost: miễn phí}
sites:
  - {id: dvc, name: Cổng dịch vụ công, address: dichvucong.gov.vn,
     url: "https://dichvucong.gov.vn/", for: Nộp hồ sơ.}
"""
_AUTHORITIES = """\
authorities:
  - {id: cong-an, name: Công an, words: [công an, csgt, phạt nguội], unless: [công an toàn]}
"""
_TEAMS = (
    "id,name,place_then,commune_now,district_then,contact,story,guides,fact\n"
    "thon-lac-hien,Tổ công nghệ số cộng đồng thôn Lạc Hiền,"
    '"thôn Lạc Hiền, xã Yên Hòa, huyện Yên Mô (cũ)",xã Yên Mô,Yên Mô,Hỏi trưởng thôn.,'
    "stories/lac-hien.md,guides/dinh-danh/cai-may.md,F12.03\n"
)
PLACES = """\
old_kind,old_name,within,district,province,new_kind,new_name,fact,note
xã,Khánh Cư,,huyện Yên Khánh,Ninh Bình,xã,Yên Khánh,F12.23,
xã,Khánh Cường,,huyện Yên Khánh,Ninh Bình,xã,Khánh Thiện,F12.23,
xã,Khánh Hòa,,huyện Yên Khánh,Ninh Bình,phường,Đông Hoa Lư,F12.23,Khánh Hòa còn là tên một tỉnh.
xã,Khánh Phú,,huyện Yên Khánh,Ninh Bình,phường,Đông Hoa Lư,F12.23,
xóm,Chùa,xã Khánh Hòa,huyện Yên Khánh,Ninh Bình,phường,Đông Hoa Lư,F12.23,Nơi khác cũng có xóm Chùa.
thị trấn,Phát Diệm,,huyện Kim Sơn,Ninh Bình,xã,Phát Diệm,F12.23,
xã,Định Hóa,,huyện Kim Sơn,Ninh Bình,xã,Định Hóa,F12.23,
xã,Kim Tân,,huyện Kim Sơn,Ninh Bình,xã,Định Hóa,F12.23,
xã,Thượng Kiệm,,huyện Kim Sơn,Ninh Bình,xã,Phát Diệm,F12.23,
xã,Văn Hải,,huyện Kim Sơn,Ninh Bình,xã,Định Hóa,F12.23,
phố,Thượng Kiệm,thị trấn Phát Diệm,huyện Kim Sơn,Ninh Bình,xã,Phát Diệm,F12.23,
xã,Yên Hòa,,huyện Yên Mô,Ninh Bình,xã,Yên Mô,F12.23,
thôn,Lạc Hiền,xã Yên Hòa,huyện Yên Mô,Ninh Bình,xã,Yên Mô,F12.23,
phường,Ninh Phúc,,thành phố Hoa Lư,Ninh Bình,phường,Đông Hoa Lư,F12.23,
xã,Gia Tân,,huyện Gia Viễn,Ninh Bình,phường,Tây Hoa Lư,F12.23,
xã,Gia Tân,,huyện Gia Viễn,Ninh Bình,xã,Gia Vân,F12.23,
xã,Thanh Sơn,,huyện Nho Quan,Ninh Bình,xã,Thanh Sơn,F12.23,
xã,Thanh Sơn,,thị xã Kim Bảng,Hà Nam,phường,Lý Thường Kiệt,F12.23,
thị trấn,Bình Mỹ,,huyện Bình Lục,Hà Nam,xã,Bình Mỹ,F12.23,
xã,Đồn Xá,,huyện Bình Lục,Hà Nam,xã,Bình Mỹ,F12.23,
xã,La Sơn,,huyện Bình Lục,Hà Nam,xã,Bình Mỹ,F12.23,
"""


def _guide(title: str, slug: str, topic: str = "dinh-danh", body: str = "", fact: str = "") -> str:
    front = FRONT.replace("Kích hoạt VNeID", title).replace("link: kich-hoat", f"link: {slug}")
    front = front.replace("topic: dinh-danh", f"topic: {topic}")
    return front.replace("[F1.14]", f"[{fact or 'F1.14'}]") + (body or _SHORT.format(title))


FLOOR_PHOTO = "docs/guides/dinh-danh/anh.jpg"
FLOOR_FILES = {
    "docs/about.md": HOME.replace("Trang chủ", "Về trang này"),
    "docs/guides/dinh-danh/khung.svg": _DRAWING,
    "docs/guides/dinh-danh/cai-may.md": _guide("Cài máy", "cai-may", body=_GUIDE, fact="F1.03"),
    "docs/guides/dinh-danh/nam-buoc.md": _guide("Năm bước", "nam-buoc", body=_FIVE_STEPS),
    "docs/guides/dinh-danh/nghe-doc.md": _guide(
        "Bài để nghe", "nghe-doc", body=_LISTEN, fact="F8.09"
    ),
    "docs/guides/dinh-danh/quen-passcode.md": _guide("Quên passcode VNeID", "quen-passcode"),
    "docs/guides/dinh-danh/dinh-danh-dien-tu.md": _guide(
        "Làm định danh điện tử", "dinh-danh-dien-tu"
    ),
    "docs/guides/an-toan/lo-bam-link.md": _guide(
        "Lỡ bấm link lạ", "lo-bam-link", "an-toan", _URGENT, "F8.09"
    ).replace("owner:", f"{_SAID}owner:"),
    "docs/guides/an-toan/lua-dao.md": _guide("Nhận biết lừa đảo", "lua-dao", "an-toan"),
    "docs/guides/an-toan/bao-so-156.md": _guide(
        "Báo số 156", "bao-so-156", "an-toan", fact="F8.09"
    ),
    "docs/guides/bao-hiem/xem-bhyt.md": _guide("Xem thẻ bảo hiểm y tế", "xem-bhyt", "bao-hiem"),
    "docs/guides/mua-ban/mua-hang.md": _guide("Mua hàng trên mạng", "mua-hang", "mua-ban"),
    "docs/guides/thanh-toan/dong-hoc-phi.md": _guide("Đóng học phi", "dong-hoc-phi", "thanh-toan"),
    "docs/guides/thanh-toan/ket-noi-wifi.md": _guide("Kết nối Wi-Fi", "ket-noi-wifi", "thanh-toan"),
    "docs/stories/lac-hien.md": STORY_FRONT.replace("sources", "shortlink: lac-hien\nsources")
    + _STORY,
    "data/topics.yml": _TOPICS,
    "data/glossary.yml": _GLOSSARY,
    "data/contacts.yml": _CONTACTS,
    "data/authorities.yml": _AUTHORITIES,
    "data/teams.csv": _TEAMS,
    "data/places.csv": PLACES,
    "data/loudspeaker.yml": _WEEKS,
    "data/practice/giu-ma.yml": _REHEARSAL,
    "data/learning-paths.yml": _PATHS
    + "".join(_QUESTION.format(n, n % 3 + 1) for n in range(1, 6)),
}
HOME_GUIDES = {
    "home_urgent": ("guides/an-toan/lo-bam-link.md",),
    "home_common": ("guides/dinh-danh/cai-may.md", "guides/dinh-danh/quen-passcode.md"),
}


def write_floor(project: Path) -> Path:
    """Write the project of the small site into a folder; return it."""
    write(project / "docs/index.md", HOME)
    for name, text in FILES.items():
        write(project / name, text)
    complete_project(project)
    for name, text in FLOOR_FILES.items():
        write(project / name, text)
    save(project / FLOOR_PHOTO, photo((1600, 1200)), quality=90)
    shutil.copytree(STATISTICS, project / "data/statistics", dirs_exist_ok=True)
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    for name, guides in HOME_GUIDES.items():
        listed = "".join(f"\n    - {guide}" for guide in guides)
        settings = settings.replace(f"  {name}:", f"  {name}:{listed}  #", 1)
    settings = settings.replace("pham_vi=tinh-cu", "pham_vi=tinh-ninh-binh-cu")
    settings = settings.replace("[BROTLI_QUALITY, 0]", "[BROTLI_QUALITY, 10]")  # as published
    write(project / "mkdocs.yml", settings)
    return project
