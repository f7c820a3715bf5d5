"""What is wrong with a web address that somebody copied, in pages and in data files."""

from __future__ import annotations

from typing import NamedTuple

from portal.language.copied_address import (
    has_host,
    is_own_machine,
    is_private,
    is_search,
    mailbox_in,
    sender_of,
    shown_instead_of_edited,
    spelt_right,
    without_tracking,
)


class AddressFault(NamedTuple):
    """What is wrong with an address; `fix` is the right one, or words."""

    message: str
    fix: str


def fault_of(address: str) -> AddressFault | None:
    """Return the fault of an address, None for a good one."""
    if is_own_machine(address):
        message = f"địa chỉ {address} chỉ mở được trên máy của người viết"
        return AddressFault(message, "ghi địa chỉ thật trên mạng, hoặc đường dẫn tới tệp .md")
    if box := mailbox_in(address):
        return AddressFault(f"'{box}' là địa chỉ thư, không phải trang", f"mailto:{box}")
    if right := spelt_right(address):
        message = f"tên trang trong địa chỉ '{address}' viết sai"
        return AddressFault(message, right if has_host(right) else "chép lại từ trình duyệt")
    return _roundabout(address) or _tracked(address)


def _roundabout(address: str) -> AddressFault | None:
    """Return the fault of an address that leads elsewhere than it should."""
    site, true = sender_of(address)
    if site:
        message = f"đường dẫn đi vòng qua {site}, bà con không biết sẽ tới đâu"
        return AddressFault(message, true or "bấm thử, rồi chép địa chỉ thật ở thanh địa chỉ")
    if shown := shown_instead_of_edited(address):
        return AddressFault("đường dẫn mở bản đang sửa, không phải bản để xem", shown)
    if is_private(address):
        message = f"địa chỉ {address} là trang riêng của người viết, bà con không mở được"
        return AddressFault(message, "ghi địa chỉ của trang mà ai cũng mở được, hoặc bỏ đường dẫn")
    if is_search(address):
        message = "đường dẫn mở một lần tìm kiếm, mỗi máy ra một khác"
        return AddressFault(message, "mở trang cần nói tới, rồi chép địa chỉ của trang ấy")
    return None


def _tracked(address: str) -> AddressFault | None:
    clean = without_tracking(address)
    message = f"địa chỉ {address} có phần theo dõi người bấm"
    return AddressFault(message, clean) if clean != address else None
