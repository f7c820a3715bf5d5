import hashlib
from base64 import b64encode

from portal.site.content_security import PLACEHOLDER, secure_page


def digest(code: str) -> str:
    return b64encode(hashlib.sha256(code.encode()).digest()).decode()


def test_policy_names_the_hashes_of_inline_code_and_nothing_unsafe() -> None:
    page = (
        f"<head>{PLACEHOLDER}<style>a{{}}</style><script>f()</script>"
        '<script type="application/ld+json">{}</script><script type="module" src="x.js"></script>'
    )
    html = secure_page(page)
    assert PLACEHOLDER not in html
    assert f"script-src 'self' 'sha256-{digest('f()')}'; " in html
    assert f"style-src 'self' 'sha256-{digest('a{}')}'; " in html
    assert "unsafe" not in html
    assert html.count("sha256-") == 2


def test_hashes_stand_in_the_order_of_the_page_each_once() -> None:
    page = f"{PLACEHOLDER}<script>f()</script><p></p><script>g()</script><script>g()</script>"
    hashes = f"'sha256-{digest('f()')}' 'sha256-{digest('g()')}'"
    assert f"script-src 'self' {hashes}; " in secure_page(page)


def test_page_without_inline_code_allows_only_files_of_ours() -> None:
    assert "script-src 'self'; style-src 'self';" in secure_page(PLACEHOLDER)
