"""SVG files: scripts, external loads and bombs are refused; published files are minified."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML = "{http://www.w3.org/XML/1998/namespace}"
MAX_DRAWN_ELEMENTS = 10_000  # <use> copies included; a detailed map has about 3,000

_FORBIDDEN_ELEMENTS = frozenset(
    "script foreignObject iframe embed object audio video canvas handler listener".split()
)
_DROPPED_ELEMENTS = frozenset(("metadata",))
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(px|mm|cm|in|pt)?\s*")
_UNITS = {"mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "pt": 96 / 72}  # in CSS pixels
_VIEW_BOX = re.compile(r"[\s,]+")
_URL = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
_LOADING_CSS = re.compile(r"@import|expression\s*\(|javascript:|image-set|\\", re.IGNORECASE)

# Prefixes in minified files; ElementTree's table is global.
ElementTree.register_namespace("", SVG[1:-1])
ElementTree.register_namespace("xlink", XLINK[1:-1])


class UnsafeSvgError(Exception):
    """Why a file is refused: `message` and `fix` in Vietnamese, for an editor."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix


def read_svg(data: bytes) -> Element:
    """Return the root of a file that is safe to publish.

    Raises:
        UnsafeSvgError: the file is not SVG, or could run code, load something or exhaust a browser.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        message = "SVG khai báo DOCTYPE hoặc ENTITY, có thể làm treo máy người xem"
        raise UnsafeSvgError(message, "mở bằng Inkscape, lưu lại dạng Plain SVG") from error
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        line, column = getattr(error, "position", (1, 0))
        message = f"SVG viết sai ở dòng {line}, cột {column + 1}"
        raise UnsafeSvgError(message, "xuất lại từ phần mềm vẽ, dạng Plain SVG") from error
    if root.tag != f"{SVG}svg":
        message = "tệp .svg không bắt đầu bằng thẻ <svg> của SVG"
        raise UnsafeSvgError(message, "xuất lại từ phần mềm vẽ, dạng Plain SVG")
    _check_instructions(data)
    for element in root.iter():
        _check_element(element)
    _check_copies(root)
    return root


def _check_instructions(data: bytes) -> None:
    """Refuse <?xml-stylesheet …?>, which the parser skips."""
    found = re.search(rb"<\?(?!xml\s)([\w-]+)", data)
    if found:
        name = found[1].decode()
        raise UnsafeSvgError(f"SVG có chỉ thị <?{name} …?>", f"xóa <?{name} …?>")


def _check_element(element: Element) -> None:
    name = _local_name(element.tag)
    if name in _FORBIDDEN_ELEMENTS:
        message = f"SVG có thẻ <{name}>, có thể chạy mã hoặc nhúng trang khác"
        raise UnsafeSvgError(message, f"xóa thẻ <{name}>")
    for attribute, value in element.attrib.items():
        _check_attribute(_local_name(attribute), value)
    if name == "style":
        _check_css("".join(element.itertext()))


def _check_attribute(name: str, value: str) -> None:
    if name.lower().startswith("on"):
        raise UnsafeSvgError(f"SVG có thuộc tính {name}=, chạy mã khi xem", f"xóa {name}=…")
    if name in ("href", "src") or (name == "attributeName" and _local_name(value) == "href"):
        _check_reference(name, value)
    else:
        _check_css(value)


def _check_reference(name: str, value: str) -> None:
    target = value.strip()
    if target.startswith("data:image"):
        message = "SVG nhúng một ảnh chụp, ảnh đó không được kiểm tra và thu nhỏ"
        raise UnsafeSvgError(message, "tách ảnh ra tệp .jpg hoặc .png riêng")
    if not target.startswith("#"):
        message = f'SVG trỏ ra ngoài: {name}="{target[:60]}"'
        raise UnsafeSvgError(message, "nhúng hẳn phần đó vào SVG, hoặc xóa")


def _check_css(css: str) -> None:
    targets = [target for target in _URL.findall(css) if not target.startswith("#")]
    if targets or _LOADING_CSS.search(css):
        message = f"SVG có kiểu dáng có thể tải tệp khác: {(targets or [css])[0].strip()[:60]}"
        raise UnsafeSvgError(message, "xóa @import, dấu \\ và url(…) trỏ ra ngoài")


def _check_copies(root: Element) -> None:
    """Raise when a phone would have to draw too many elements, <use> copies included."""
    count = float(sum(1 for _ in root.iter()))
    if count <= MAX_DRAWN_ELEMENTS:
        targets = {element.get("id"): element for element in root.iter() if element.get("id")}
        try:
            count = _drawn_elements(root, targets, {})
        except RecursionError:
            count = float("inf")
    if count > MAX_DRAWN_ELEMENTS:
        message = f"SVG vẽ hơn {MAX_DRAWN_ELEMENTS} nét (kể cả bản sao bằng <use>)"
        raise UnsafeSvgError(message, "xuất hình ra PNG")


def _drawn_elements(
    root: Element, targets: dict[str | None, Element], known: dict[Element, float]
) -> float:
    """Return the number of drawn elements, copies included; infinity for a cycle."""
    if root in known:
        return known[root]
    known[root] = float("inf")
    count = float(sum(1 for _ in root.iter()))
    for use in root.iter(f"{SVG}use"):
        reference = use.get("href") or use.get(f"{XLINK}href") or ""
        target = targets.get(reference.removeprefix("#"))
        if target is not None:
            count += _drawn_elements(target, targets, known)
    known[root] = count
    return count


def svg_size(root: Element) -> tuple[float, float] | None:
    """Return width and height in CSS pixels, from `viewBox` or else the attributes."""
    box = _VIEW_BOX.split((root.get("viewBox") or "").strip())
    lengths = [_LENGTH.fullmatch(part) for part in box[2:4]]
    if len(box) != 4:
        lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    width, height = (
        float(length[1]) * _UNITS.get(length[2], 1) if length else 0.0 for length in lengths
    )
    return (width, height) if width and height else None


def minify_svg(root: Element) -> bytes:
    """Return the drawing without comments, metadata, editors' attributes and whitespace.

    Titles and texts are kept. Width and height are removed: the page sets the size.
    """
    for element in list(root.iter()):
        for child in [child for child in element if not _is_drawing(child)]:
            element.remove(child)
        _tidy(element)
    for name in ("width", "height"):
        if root.get("viewBox"):
            root.attrib.pop(name, None)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=False)
    return written


def _is_drawing(element: Element) -> bool:
    return element.tag.startswith(SVG) and _local_name(element.tag) not in _DROPPED_ELEMENTS


def _tidy(element: Element) -> None:
    for name in [name for name in element.attrib if not _is_kept(name)]:
        del element.attrib[name]
    if _local_name(element.tag) in ("text", "tspan", "textPath"):
        return
    element.text = _squeezed(element.text)
    for child in element:
        child.tail = None


def _is_kept(attribute: str) -> bool:
    return not attribute.startswith("{") or attribute.startswith((XLINK, XML))


def _squeezed(text: str | None) -> str | None:
    return " ".join(text.split()) if text and text.strip() else None


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""
