"""Web addresses as people copy them: tracked, through a redirecting site, private or misspelt."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qs, parse_qsl, urlsplit, urlunsplit

# Tracking parameters of Facebook, Zalo, Google and mail senders.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|ttclid|zarsrc|zanpid|igshid|igsh|mibextid|"
    r"mc_[ce]id|_ga|_gl|srsltid|gad_source|is_from_webapp|sender_device|yclid|twclid|li_fat_id|s_cid|ref_src|ref_url|__tn__|__cft__(?:\[\d+\])?|"
    r"paipv|eav|sfnsn|si|_[rt]|feature=shared?)",
    re.IGNORECASE,
)
_ONLY_ON: dict[str, tuple[str, ...]] = {
    "si": ("youtu.be", "youtube.com", "www.youtube.com", "m.youtube.com")
}
_ONLY_ON |= dict.fromkeys(("_r", "_t"), ("www.tiktok.com", "tiktok.com", "m.tiktok.com"))
_SESSION = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
# Sites that redirect to the address in a parameter, and the names of such parameters.
_SENDER = re.compile(
    r"(?:.+\.)?(?:facebook\.com|instagram\.com|messenger\.com|workplace\.com|zalo\.me|zaloapp\.com|"
    r"youtube\.com|reddit\.com|linkedin\.com|slack-redir\.net|href\.li|tiktok\.com|"
    r"google\.com(?:\.vn)?)"
)
_CARRIED = frozenset("u url q target to link dest redirect redirect_uri continue".split())
_NO_SENDER = re.compile(r"/(?:search|maps)\b|/sharer")  # what they do with an address themselves
_AMP = re.compile(
    r"https?://(?:(?:www\.)?google\.[\w.]+/amp/s/|[\w-]+\.cdn\.ampproject\.org/\w/s/)(.+)"
)
_TRANSLATED = re.compile(r"https?://([\w-]+)\.translate\.goog(/[^?#]*)?")
_SHORTENERS = frozenset(
    "bit.ly tinyurl.com goo.gl ow.ly is.gd cutt.ly shorturl.at rebrand.ly t.co t.ly s.id bom.so "
    "by.com.vn rb.gy shorten.asia vn.lol v.gd tiny.cc lnkd.in fb.me vt.tiktok.com shope.ee "
    "s.shopee.vn gg.gg qrco.de surl.li".split()
)
_EDITING = re.compile(
    r"(https://(docs|drive|www)\.(?:google|canva)\.com/)(\w+)/(?:u/\d/)?(d/[\w-]+|[\w-]+/[\w-]+)/edit\b.*"
)
_PRIVATE = re.compile(
    r"https?://(?:mail\.google\.com|mail\.yahoo\.com|outlook\.(?:live|office)\.com|chat\.zalo\.me|"
    r"drive\.google\.com/drive/(?:u/\d/)?my-drive|onedrive\.live\.com/edit)\b"
)
_SEARCH = re.compile(r"https?://(?:www\.)?(?:google\.[\w.]+|bing\.com|coccoc\.com)/search\?")
_OWN_MACHINE = re.compile(
    r"(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[?::1\]?|192\.168(?:\.\d+){2}|10(?:\.\d+){3}|"
    r"172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|.*\.local)$"
)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}(?::\d+)?|\[[\da-f:.]+\]|\d+(?:\.\d+){3}(?::\d+)?"
)
_MAILBOX = re.compile(r"https?://([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/?")
_PARTS = re.compile(r"(https?:)//([^/?#]*)(.*)", re.DOTALL)


def is_own_machine(address: str) -> bool:
    """Return whether an address leads to the author's own computer or local network."""
    return bool(_OWN_MACHINE.match(_host(address)))


def is_shortened(address: str) -> bool:
    """Return whether an address leads to a site that shortens addresses."""
    return _host(address) in _SHORTENERS


def without_tracking(address: str) -> str:
    """Return an address without its tracking parameters."""
    address = _SESSION.sub("", address)
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    kept = [each for each in parts.query.split("&") if each and not _tracks(each, parts.netloc)]
    is_found = parts.fragment.startswith(":~:text=")  # the words of a search
    fragment = "" if is_found or _TRACKING.match(parts.fragment) else parts.fragment
    if len(kept) == len([each for each in parts.query.split("&") if each]):
        return address if fragment == parts.fragment else address.partition("#")[0]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def _tracks(parameter: str, host: str) -> bool:
    name = parameter.partition("=")[0]
    found = _TRACKING.fullmatch(name) or _TRACKING.fullmatch(parameter)
    return bool(found) and host in _ONLY_ON.get(name.lower(), (host,))


def is_private(address: str) -> bool:
    """Return whether an address opens only for the person who is logged in."""
    return _PRIVATE.match(address) is not None


def is_search(address: str) -> bool:
    """Return whether an address is the results of a search."""
    return _SEARCH.match(address) is not None


def mailbox_in(address: str) -> str:
    """Return the mail address that was written as a site ("https://to@kns.vn"), else ""."""
    box = _MAILBOX.fullmatch(address)
    return box[1] if box else ""


def has_host(address: str) -> bool:
    """Return whether an address has a possible name of a site."""
    return _HOST.fullmatch(_netloc(address)) is not None


def _netloc(address: str) -> str:
    found = _PARTS.match(address)
    return found[2] if found else ""


def spelt_right(address: str) -> str:
    """Return a misspelt address as it was probably meant, "" for one that is spelt well."""
    found = _PARTS.match(address)
    if not found:
        return ""
    scheme, host, rest = found.groups()
    host = re.sub(r"^.*@", "", host)  # a name and a password
    host, slash, path = host.partition("\\")
    host = re.sub(r"[.,]+", ".", re.sub(r"[^\w:\]]+$", "", host.replace(" ", "")))
    rest = f"/{path}{rest}" if slash else rest
    if host.startswith("www.http") and rest.startswith("//"):
        host, rest = (
            re.split(r"(?=[/?#])", rest[2:], maxsplit=1) if "/" in rest[2:] else (rest[2:], "")
        )
    right = f"{scheme}//{host}{re.sub(r'[,;”“’]+$', '', rest)}"
    return "" if right == address else right


def sender_of(address: str) -> tuple[str, str]:
    """Return (redirecting site, target if the address shows it), ("", "") for any other site."""
    host = _host(address)
    if host in _SHORTENERS:
        return host, ""
    if cached := _AMP.fullmatch(address):
        return host, without_tracking(f"https://{cached[1]}")
    if page := _TRANSLATED.match(address):
        name = page[1].replace("--", "\0").replace("-", ".").replace("\0", "-")
        return host, f"https://{name}{page[2] or '/'}"
    parts = urlsplit(address) if host else None
    if parts and host.endswith("bing.com") and parts.path.startswith("/ck/"):
        return host, _decoded(parse_qs(parts.query).get("u", [""])[0])
    if parts and _SENDER.fullmatch(host) and not _NO_SENDER.match(parts.path):
        for name, target in parse_qsl(parts.query):
            if name in _CARRIED and target.startswith(("https://", "http://")):
                return host, without_tracking(target)
    return "", ""


def _decoded(written: str) -> str:
    """Return the address that Bing writes as "a1" and base64, else ""."""
    try:
        target = base64.urlsafe_b64decode(f"{written[2:]}===").decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return target if target.startswith("http") else ""


def shown_instead_of_edited(address: str) -> str:
    """Return the view address for the edit address of a shared document, else ""."""
    found = _EDITING.fullmatch(address)
    if not found:
        return ""
    site, kind, name, place = found.groups()
    view = "view" if kind != "docs" else "viewform" if name == "forms" else "preview"
    return f"{site}{name}/{place}/{view}"


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
