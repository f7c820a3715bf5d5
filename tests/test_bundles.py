import json

from portal.site.bundles import SHORTEST_SHARED, BundledFile, bundle, page_to_bundle, version_of

HEAD = "<head>\n<title>Cài máy</title>\n"
MACHINES = (
    '<meta property="og:title" content="Cài máy">\n'
    '<meta name="twitter:card" content="summary">\n'
    '<link rel="canonical" href="https://kns.example/x/">\n'
    '<script type="application/ld+json">{}</script>\n'
)


def unpacked(data: bytes) -> dict[str, str]:
    """Return what the service worker makes of a bundle."""
    kept = json.loads(data)
    shared = kept["shared"]
    return {
        path: "".join(shared[piece] if isinstance(piece, int) else piece for piece in pieces)
        for path, (_, *pieces) in kept["files"].items()
    }


def test_files_come_out_as_they_went_in() -> None:
    style = "<style>" + "x" * SHORTEST_SHARED + "</style>"
    texts = {
        "": f"{style}\n<main>Nhà\n</main>\n<svg hidden><symbol id=a/><symbol id=b/></svg></body>",
        "a/": f"{style}\n<main>Bài một\n\n</main>\n<svg hidden><symbol id=b/></svg></body>\n",
        "b/": "",
        "c/": f"{style}\n{style}\n",
    }
    assert unpacked(bundle(BundledFile(path, text) for path, text in texts.items())) == texts


def test_a_line_that_files_share_stands_in_it_once() -> None:
    shared = "một dòng dài mà hai trang đều có\n"
    files = [
        BundledFile("a/", f"{shared}riêng A\nchung\n", "1"),
        BundledFile("b/", f"chung\n{shared}", "2"),
    ]
    assert json.loads(bundle(files)) == {
        "shared": [shared],
        "files": {"a/": ["1", 0, "riêng A\nchung\n"], "b/": ["2", "chung\n", 0]},
    }


def test_lines_for_machines_are_left_out() -> None:
    meta = '<meta name="description" content="Mở máy.">\n'
    assert page_to_bundle(f"{HEAD}{MACHINES}{meta}</head>") == f"{HEAD}{meta}</head>"


def test_version_changes_with_the_page_and_not_with_the_scripts() -> None:
    first = version_of('<script src="../assets/0123456789/js/site.js"><p>a', "assets/0123456789/")
    assert (
        version_of('<script src="../assets/abcdef0123/js/site.js"><p>a', "assets/abcdef0123/")
        == first
    )
    assert (
        version_of('<script src="../assets/0123456789/js/site.js"><p>b', "assets/0123456789/")
        != first
    )
