"""Vietnamese for the web editor, where its package has none or none that a volunteer understands.

Keys are the package's, with dots between levels.
"""

from __future__ import annotations

from collections.abc import Mapping

# English in the package; its own translation wins once it has one.
WORDS: Mapping[str, str] = {
    "show_errors": "Xem lỗi",
    "select_item": "Chọn {$name}",
    "sign_in_using_access_token_workflow_note": (
        "Vì có duyệt bài, mã truy cập còn cần quyền đọc và ghi yêu cầu duyệt."
    ),
    "file_unavailable": "Không mở được",
    "file_unavailable_description": "Không mở được tệp này. Có thể tệp đã được chuyển hay xóa.",
    "replace_file": "Thay tệp",
    "replace_image": "Thay hình",
    "remove_file": "Bỏ tệp",
    "remove_image": "Bỏ hình",
    "list_item_options": "Việc với mục này",
    "entry_sidebar.slug.title": "Tên tệp",
    "entry_sidebar.slug.generated_on_save": "Tên tệp lấy từ tên bài khi lưu lần đầu.",
    "entry_sidebar.slug.unavailable": "Bài này chưa có tên tệp.",
    "save_conflict.title": "Người khác vừa sửa bài này",
    "save_conflict.modified_by": "{$name} đã sửa bài này ngày {$date}, sau khi bạn mở.",
    "save_conflict.modified": "Bài này đã được sửa sau khi bạn mở.",
    "save_conflict.deleted": "Bài này đã bị xóa sau khi bạn mở.",
    "save_conflict.overwrite_warning": "Lưu bây giờ thì mất phần người ấy đã sửa.",
    "save_conflict.recreate_warning": "Lưu bây giờ thì bài được tạo lại.",
    "save_conflict.save_anyway": "Vẫn lưu",
    "save_conflict.branch_moved": "Có người vừa lưu cùng lúc. Mời thử lại.",
    "remote_change.reload_entry": "Mở lại bài",
    "remote_change.confirm_reloading_entry": (
        "Mở lại bài thì mất những chỗ bạn chưa lưu. Vẫn mở lại?"
    ),
    "status.deploying": "Đang đăng",
}

# What the package calls "văn bản thay thế", "tiêu đề" and "nguồn" of a picture, and a site it
# takes to be the published one.
PLAIN_WORDS: Mapping[str, str] = {
    "editor_components.image": "Hình",
    "editor_components.src": "Tệp hình",
    "editor_components.alt": "Lời tả hình (bắt buộc, đọc cho người không nhìn thấy)",
    "editor_components.title": "Chú thích in dưới hình (không bắt buộc)",
    "saving_entry.error.description": "Bài chưa lưu được.",
    "view_on_live_site": "Xem trang",
}


def add_words(words: dict[str, object]) -> dict[str, object]:
    """Return the package's words, with `WORDS` where it has none and `PLAIN_WORDS` in any case."""
    return _merged(_nested(PLAIN_WORDS), _merged(words, _nested(WORDS)))


def _nested(flat: Mapping[str, str]) -> dict[str, object]:
    nested = dict[str, object]()
    for key, word in flat.items():
        level = nested
        *parents, last = key.split(".")
        for parent in parents:
            below = level.setdefault(parent, {})
            assert isinstance(below, dict)
            level = below
        level[last] = word
    return nested


def _merged(own: dict[str, object], more: dict[str, object]) -> dict[str, object]:
    merged = more | own
    for key in own.keys() & more.keys():
        mine, other = own[key], more[key]
        if isinstance(mine, dict) and isinstance(other, dict):
            merged[key] = _merged(mine, other)
    return merged
