"""Web addresses as people copy them: with tracking parameters, or through a redirecting site."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit, urlunsplit

# Tracking parameters of Facebook, Zalo, Google and mail senders.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|ttclid|zarsrc|zanpid|igshid|igsh|mibextid|"
    r"mc_[ce]id|_ga|_gl|yclid|twclid|li_fat_id|s_cid|ref_src|ref_url|__tn__|__cft__(?:\[\d+\])?|"
    r"paipv|eav|sfnsn|si|feature=share)",
    re.IGNORECASE,
)
_ONLY_ON = {"si": ("youtu.be", "youtube.com", "www.youtube.com", "m.youtube.com")}
# Sites that redirect to the address in one of these parameters.
_SENDERS = {
    "l.facebook.com": "u",
    "lm.facebook.com": "u",
    "l.instagram.com": "u",
    "l.messenger.com": "u",
    "l.workplace.com": "u",
    "www.google.com": "url q",
    "google.com": "url q",
    "www.google.com.vn": "url q",
    "google.com.vn": "url q",
    "www.youtube.com": "q",
    "out.reddit.com": "url",
    "www.linkedin.com": "url",
    "translate.google.com": "u",
    "slack-redir.net": "url",
    "href.li": "",
}
_SENDER_PATHS = ("/l.php", "/url", "/redirect", "/translate", "/link", "/", "")
_SHORTENERS = frozenset(
    "bit.ly tinyurl.com goo.gl ow.ly is.gd cutt.ly shorturl.at rebrand.ly t.co t.ly s.id bom.so "
    "by.com.vn rb.gy shorten.asia vn.lol v.gd tiny.cc lnkd.in fb.me".split()
)
_EDITING = re.compile(r"(https://docs\.google\.com/(\w+)/d/[\w-]+)/edit\b.*")
_OWN_MACHINE = re.compile(
    r"(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\]|192\.168(?:\.\d+){2}|10(?:\.\d+){3}|.*\.local)$"
)


def is_own_machine(address: str) -> bool:
    """Return whether an address leads to the author's own computer or local network."""
    return bool(_OWN_MACHINE.match(_host(address)))


def without_tracking(address: str) -> str:
    """Return an address without its tracking parameters."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    kept = [each for each in parts.query.split("&") if each and not _tracks(each, parts.netloc)]
    fragment = "" if _TRACKING.match(parts.fragment) else parts.fragment
    if len(kept) == len([each for each in parts.query.split("&") if each]):
        return address if fragment == parts.fragment else address.partition("#")[0]
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def _tracks(parameter: str, host: str) -> bool:
    name = parameter.partition("=")[0]
    found = _TRACKING.fullmatch(name) or _TRACKING.fullmatch(parameter)
    return bool(found) and host in _ONLY_ON.get(name.lower(), (host,))


def sender_of(address: str) -> tuple[str, str]:
    """Return (redirecting site, target if the address shows it), ("", "") for any other site."""
    host = _host(address)
    if host in _SHORTENERS:
        return host, ""
    if host in _SENDERS:
        parts = urlsplit(address)
        values = parse_qs(parts.query)
        if parts.path in _SENDER_PATHS:
            for name in _SENDERS[host].split():
                for target in values.get(name, []):
                    if target.startswith(("https://", "http://")):
                        return host, without_tracking(target)
    return "", ""


def shown_instead_of_edited(address: str) -> str:
    """Return the view address for the edit address of a Google document or form, else ""."""
    if found := _EDITING.fullmatch(address):
        return f"{found[1]}/{'viewform' if found[2] == 'forms' else 'preview'}"
    return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
