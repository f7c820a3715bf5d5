"""Release requirements: a public address, and an operator responsible for the site."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from portal.library.settings import Values

_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+")
# RFC 2606, 6761, 6762, 8375 and ICANN's `internal`: names that lead nowhere, or not for everybody.
_RESERVED = frozenset(
    ("example", "test", "invalid", "localhost", "local", "internal", "lan", "home", "onion", "arpa")
)
_PLACEHOLDER = "ten-mien"  # as in this project's own instructions
# A setting without which the site is a draft → what it tells readers.
_ASKED: Mapping[str, str] = {
    "operator.name": "ai vận hành trang",
    "operator.contact": "bà con báo chỗ sai ở đâu",
    "feedback.channel": "câu “Trang này có ích không?” gửi về đâu",
}


def missing_settings(values: Values) -> dict[str, str]:
    """Return each empty setting that makes the site a draft, and, in Vietnamese, what it tells."""
    groups = {name: name.split(".") for name in _ASKED}
    return {
        name: _ASKED[name] for name, (group, key) in groups.items() if not values[group].get(key)
    }


def release_obstacle(site_url: str) -> str:
    """Return, in Vietnamese, why an address is not valid for a release; "" if it is.

    Cards, QR codes and feeds contain it, and printed ones cannot be corrected.
    """
    if not site_url:
        return "chưa viết SITE_URL, địa chỉ của trang"
    try:
        parts = urlsplit(site_url)
        host = (parts.hostname or "").lower()
        is_whole = bool(_HOST.fullmatch(host)) and parts.port != 0
    except ValueError:  # unclosed brackets, a port that is not a number
        return f"SITE_URL không phải địa chỉ đọc được, đang là '{site_url}'"
    if parts.scheme != "https":
        return f"SITE_URL phải bắt đầu bằng https://, đang là '{site_url}'"
    if parts.username is not None or parts.password is not None:
        return "SITE_URL không được có tên đăng nhập, mật khẩu: địa chỉ này in ra giấy"
    if _leads_nowhere(host):
        return f"SITE_URL phải là tên miền thật của trang, đang là '{site_url}'"
    if not is_whole:
        return f"SITE_URL thiếu tên miền, đang là '{site_url}'"
    if "//" in parts.path or any(each.isspace() for each in site_url):
        return f"SITE_URL có dấu cách hay hai dấu / liền nhau, đang là '{site_url}'"
    if not parts.path.endswith("/") or parts.query or parts.fragment:
        return f"SITE_URL phải kết thúc bằng dấu /, đang là '{site_url}'"
    return ""


def _leads_nowhere(host: str) -> bool:
    """Return whether a host is an example, a number, or one that only its own network knows."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        is_example = "example" in labels or any(each.startswith(_PLACEHOLDER) for each in labels)
        return is_example or labels[-1] in _RESERVED or labels[-1].isdigit()
    return True
