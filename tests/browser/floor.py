"""The tiny site that the oldest phones are to show whole: one page of every kind."""

from __future__ import annotations

from conftest import FRONT, STORY_FRONT

GUIDE = "guides/dinh-danh/cai-may/"
FIVE_STEPS = "guides/dinh-danh/nam-buoc/"
LISTEN = "guides/dinh-danh/nghe-doc/"
URGENT = "guides/an-toan/lo-bam-link/"
TOPIC = "guides/dinh-danh/"
STORY = "stories/lac-hien/"
EVENING = "buoi-hoc/lam-quen/"

# A page of every kind that a resident meets.
PAGES = (
    "",
    "guides/",
    TOPIC,
    GUIDE,
    URGENT,
    STORY,
    EVENING,
    "tim-kiem/?q=vneid",
    "kiem-tra-ten-mien/",
    "toi-o-dau/",
    "goi-giup/",
    "da-luu/",
    "so-lieu/",
    "tu-kho/",
    "404.html",
)

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

FLOOR_PHOTO = "docs/guides/dinh-danh/anh.jpg"
FLOOR_FILES = {
    "docs/guides/dinh-danh/khung.svg": _DRAWING,
    "docs/guides/dinh-danh/cai-may.md": (
        FRONT.replace("Kích hoạt VNeID", "Cài máy")
        .replace("link: kich-hoat", "link: cai-may")
        .replace("[F1.14]", "[F1.03]")
        + _GUIDE
    ),
    "docs/guides/dinh-danh/nam-buoc.md": (
        FRONT.replace("Kích hoạt VNeID", "Năm bước").replace("link: kich-hoat", "link: nam-buoc")
        + _FIVE_STEPS
    ),
    "docs/guides/dinh-danh/nghe-doc.md": (
        FRONT.replace("Kích hoạt VNeID", "Bài để nghe")
        .replace("link: kich-hoat", "link: nghe-doc")
        .replace("[F1.14]", "[F8.09]")
        + _LISTEN
    ),
    "docs/guides/an-toan/lo-bam-link.md": (
        FRONT.replace("Kích hoạt VNeID", "Lỡ bấm link lạ")
        .replace("link: kich-hoat", "link: lo-bam-link")
        .replace("topic: dinh-danh", "topic: an-toan")
        .replace("[F1.14]", "[F8.09]")
        + _URGENT
    ),
    "docs/stories/lac-hien.md": STORY_FRONT + "\n## Việc tổ làm\n\nTổ cài máy cho bà con.\n",
}
FLOOR_DATA = {  # in place of the data that stands beside the real content
    "data/learning-paths.yml": _PATHS
    + "".join(_QUESTION.format(n, n % 3 + 1) for n in range(1, 6)),
}
