"""Pictures in git, each wrong in one way; what needs no real picture is in cases/pictures.yml."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.pictures import as_bytes, camera_exif, drawing, photo, save
from support.project import BODY, FRONT, STORY_FRONT, write

from portal.images.checks import check_duplicates, check_images, read_images
from portal.images.file_checks import ImageFile, check_privacy, check_size, proper_name
from portal.images.inspection import Inspection
from portal.library.library import load_library
from portal.source.problems import as_text

FOLDER = "docs/guides/dinh-danh"


def report(project: Path, extra: str = "") -> str:
    """Return what an editor is told of the pictures when `extra` ends the guide."""
    write(project / FOLDER / "kich-hoat.md", f"{FRONT}{BODY}\n{extra}\n")
    return as_text(check_images(load_library(project)))


def image_file(inspection: Inspection, file: Path = Path("a.jpg")) -> ImageFile:
    return ImageFile(file, "docs/a.jpg", "a.jpg", inspection)


def test_good_photo_has_no_problem(project: Path) -> None:
    save(project / FOLDER / "anh.jpg", photo())
    assert report(project, "![Bà con học dùng máy](anh.jpg)") == ""


@pytest.mark.parametrize("name", ["Ảnh 1.jpg", "anh 1.jpg", "anh..jpg", "ảnh.jpg", "_.jpg"])
def test_name_with_accents_spaces_or_odd_signs(project: Path, name: str) -> None:
    save(project / FOLDER / name, photo())
    assert f"tên tệp '{name}' có dấu, khoảng trắng hoặc ký tự lạ" in report(project)


@pytest.mark.parametrize(
    "name", ["IMG_2041.JPG", "20261124_101500.jpg", "FB_IMG_1732.jpeg", "z50_abc.png"]
)
def test_name_that_a_phone_gives(project: Path, name: str) -> None:
    save(project / FOLDER / name, photo(), format="JPEG")
    assert report(project, f"![Bà con học dùng máy]({name})") == ""


def test_names_that_only_capitals_tell_apart(project: Path) -> None:
    save(project / FOLDER / "IMG_1.jpg", photo())
    save(project / FOLDER / "img_1.jpg", photo(seed=5))
    uses = "![Bà con học dùng máy](IMG_1.jpg)\n\n![Bà con học dùng máy](img_1.jpg)"
    assert report(project, uses) == (
        f"{FOLDER}/img_1.jpg:1: tên chỉ khác IMG_1.jpg ở chữ hoa, máy Windows chỉ giữ được một "
        "hình\n    Cách sửa: chạy make fix, hoặc đổi tên thành img-1-2.jpg"
    )


def test_proper_names() -> None:
    names = ["Ảnh Đăng ký 1.JPG", "đ.png", "!!!.webp", "a..jpg"]
    assert [proper_name(name) for name in names] == [
        "anh-dang-ky-1.jpg",
        "d.png",
        "hinh.webp",
        "a.jpg",
    ]


def test_content_of_another_format_than_the_suffix_is_built_as_what_it_is(project: Path) -> None:
    (project / FOLDER / "anh.png").write_bytes(as_bytes(photo(), "JPEG"))
    assert report(project, "![Bà con học dùng máy](anh.png)") == ""


def test_program_under_a_picture_name(project: Path) -> None:
    (project / FOLDER / "anh.jpg").write_bytes(b"MZ\x90\x00" + bytes(500))
    assert report(project, "![Bà con học dùng máy](anh.jpg)") == (
        f"{FOLDER}/anh.jpg:1: bên trong là chương trình, không phải hình\n"
        "    Cách sửa: xóa tệp và báo người quản trị"
    )


def test_moving_picture(project: Path) -> None:
    frames = {"save_all": True, "append_images": [photo(seed=2)]}
    save(project / FOLDER / "anh.webp", photo(), **frames)
    assert report(project, "![Bà con học dùng máy](anh.webp)") == (
        f"{FOLDER}/anh.webp:1: hình động làm người đọc rối và tốn mạng\n"
        "    Cách sửa: lưu một khung hình thành PNG hoặc JPEG"
    )


@pytest.mark.parametrize(
    ("inspection", "size", "messages"),
    [
        (Inspection("JPEG", 1200, 900), 1_000_000, []),
        (Inspection("JPEG", 4032, 3024), 2_000_000, []),
        (
            Inspection("JPEG", 4032, 3024),
            5_250_000,
            ["hình nặng 5,2 MB, kho giữ mãi cả bản nặng này"],
        ),
        (Inspection("JPEG", 8000, 6000), 9, []),  # the build makes it smaller
        (
            Inspection("PNG", 720, 20000),
            9,
            ["hình 720 × 20000 điểm ảnh, mỗi cạnh nhiều nhất 4096"],
        ),
        (Inspection("JPEG", 799, 600), 9, ["ảnh chụp chỉ rộng 799 điểm ảnh, cần ít nhất 800"]),
        (Inspection("JPEG", 720, 1600), 9, []),  # a cheap phone's screen
        (Inspection("PNG", 300, 200), 9, []),
        (Inspection("SVG", 328, 200), 100_001, ["SVG nặng 100 KB, nhiều nhất 100 KB"]),
    ],
)
def test_sizes(tmp_path: Path, inspection: Inspection, size: int, messages: list[str]) -> None:
    file = tmp_path / "a.jpg"
    file.touch()
    os.truncate(file, size)
    assert [problem.message for problem in check_size(image_file(inspection, file))] == messages


def test_photo_that_tells_where_it_was_taken(project: Path) -> None:
    save(project / FOLDER / "anh.jpg", photo(), exif=camera_exif(gps=True, serial=True))
    assert report(project, "![Bà con học dùng máy](anh.jpg)") == (
        f"{FOLDER}/anh.jpg:1: hình mang theo tọa độ nơi chụp, số máy của máy ảnh; ai tải về cũng "
        "đọc được\n    Cách sửa: chạy make fix để xóa"
    )


def test_every_kind_of_private_data_has_words() -> None:
    found = Inspection(
        "JPEG", private=(*("gps", "serial", "thumbnail", "unreadable"), "film", "appendix")
    )
    (problem,) = check_privacy(image_file(found))
    assert problem.message == (
        "hình mang theo tọa độ nơi chụp, số máy của máy ảnh, ảnh thu nhỏ của bản chưa sửa, thông "
        "tin máy ảnh không đọc được, đoạn phim máy tự ghi lúc bấm chụp, dữ liệu lạ nối sau hình; "
        "ai tải về cũng đọc được"
    )


def test_same_photo_saved_again_is_reported_and_another_is_not(project: Path) -> None:
    save(project / FOLDER / "a.jpg", photo(), quality=90)
    save(project / FOLDER / "b.webp", photo().resize((810, 540)), quality=60)
    save(project / FOLDER / "c.jpg", photo(seed=5))
    uses = "\n\n".join(f"![Bà con học dùng máy]({name})" for name in ("a.jpg", "b.webp", "c.jpg"))
    assert report(project, uses) == (
        "\n\nGợi ý (không chặn):\n"
        f"{FOLDER}/b.webp:1: hình giống hình {FOLDER}/a.jpg\n"
        "    Cách sửa: dùng chung một tệp, xóa tệp kia"
    ).removeprefix("\n\n")


def test_same_drawing_is_reported_whatever_its_spaces(project: Path) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 {}h9"/></svg>'
    )
    for name, (space, y) in {"a": ("", 1), "b": ("\n  ", 1), "c": ("", 2)}.items():
        write(project / FOLDER / f"{name}.svg", drawing.format(space, y))
    uses = "\n\n".join(f"![Bà con học dùng máy]({name}.svg)" for name in "abc")
    assert report(project, uses) == (
        "Gợi ý (không chặn):\n"
        f"{FOLDER}/b.svg:1: hình giống hình {FOLDER}/a.svg\n"
        "    Cách sửa: dùng chung một tệp, xóa tệp kia"
    )


@pytest.mark.parametrize(("bits", "count"), [(0, 1), (0b1111, 1), (0b11111, 0), (1 << 63 | 1, 1)])
def test_fingerprints_may_differ_in_four_bits(bits: int, count: int) -> None:
    base = 0x0123_4567_89AB_CDEF
    first = image_file(Inspection("JPEG", fingerprint=f"{base:016x}"))
    second = image_file(Inspection("JPEG", fingerprint=f"{base ^ bits:016x}"))
    even = image_file(Inspection("JPEG"))
    assert len(list(check_duplicates([even, first, even, second]))) == count


def test_link_out_of_docs_is_never_opened(project: Path) -> None:
    secret = save(project / "bi-mat.png", drawing())
    (project / FOLDER / "anh.png").symlink_to(secret)
    assert report(project).splitlines()[0] == (
        f"{FOLDER}/anh.png:1: liên kết tượng trưng trỏ ra ngoài thư mục docs/"
    )


def test_link_to_nothing_and_a_pipe_are_no_files(project: Path) -> None:
    (project / FOLDER / "a.png").symlink_to(project / FOLDER / "none.png")
    os.mkfifo(project / FOLDER / "b.png")
    assert report(project).splitlines() == [
        f"{FOLDER}/a.png:1: không phải tệp thường, không đọc được",
        f"    Cách sửa: xóa {FOLDER}/a.png",
        f"{FOLDER}/b.png:1: không phải tệp thường, không đọc được",
        f"    Cách sửa: xóa {FOLDER}/b.png",
    ]


def test_hidden_files_are_left_alone(project: Path) -> None:
    (project / FOLDER / ".anh.jpg.tmp.jpg").write_bytes(b"half")
    write(project / "docs/.trash/a.jpg", "half")
    assert report(project) == ""


@pytest.mark.parametrize(
    ("size", "alt", "title", "is_red"),
    [
        ((400, 800), "Ứng dụng lúc mở ra", "", True),
        ((400, 800), "Ứng dụng lúc mở ra", "Đã che tên và số căn cước", False),
        ((800, 500), "Màn hình máy tính của tổ", "", True),
        ((800, 500), "Màn hình máy tính của tổ", "Đã làm mờ tên", False),
        ((800, 500), "Cảnh làng Lạc Hiền", "", False),
    ],
)
def test_screenshot_in_a_story_says_what_is_blurred(
    project: Path, size: tuple[int, int], alt: str, title: str, is_red: bool
) -> None:
    save(project / "docs/stories/anh.png", drawing(size))
    caption = f' "{title}"' if title else ""
    write(project / "docs/stories/lac-hien.md", f"{STORY_FRONT}\n![{alt}](anh.png{caption})\n")
    messages = [problem.message for problem in check_images(load_library(project))]
    expected = ["ảnh chụp màn hình trong câu chuyện chưa ghi đã che những gì"] if is_red else []
    assert messages == expected


def test_cache_that_cannot_be_written_is_advice_whose_command_cures(project: Path) -> None:
    save(project / FOLDER / "anh.jpg", photo())
    write(project / ".cache", "a file where the folder should be")
    command = "chmod -R u+rwX .cache; rm -rf .cache"
    assert report(project, "![Bà con học dùng máy](anh.jpg)").splitlines()[1:] == [
        ".cache/image-inspections.json:1: không ghi được kết quả kiểm tra hình (File exists), "
        "lần sau phải kiểm lại",
        f"    Cách sửa: {command}",
    ]
    subprocess.run(["sh", "-c", command], cwd=project, check=True)
    assert report(project, "![Bà con học dùng máy](anh.jpg)") == ""


def test_picture_without_permission_is_an_error_whose_command_cures(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = save(project / FOLDER / "anh đẹp.jpg", photo())
    file.chmod(0)
    # The superuser may read it nevertheless: asked is what the file's own mode says.
    monkeypatch.setattr("os.access", lambda path, mode: bool(Path(path).stat().st_mode >> 6 & mode))
    (problem,) = read_images(project / "docs")[1]
    assert (problem.message, problem.fix) == (
        "không có quyền đọc tệp",
        f"chmod u+r '{FOLDER}/anh đẹp.jpg'",
    )
    subprocess.run(["sh", "-c", problem.fix], cwd=project, check=True)
    assert read_images(project / "docs")[1] == []


TOO_LONG = "hình {} × {} điểm ảnh, mỗi cạnh nhiều nhất 4096"
CUT = "cắt thành nhiều hình, mỗi hình một màn hình; thu nhỏ cả dải thì chữ không đọc được"


@pytest.mark.parametrize(
    ("size", "fixes"),
    [
        ((1080, 12_000), [CUT]),
        ((1080, 6_200), [CUT]),
        ((600, 5_000), [CUT]),
        ((1080, 5_000), []),  # the build makes it smaller
        ((9_000, 1_000), []),
        ((6_000, 8_000), []),
    ],
)
def test_long_strip_of_a_screen_is_to_be_cut_not_made_smaller(
    tmp_path: Path, size: tuple[int, int], fixes: list[str]
) -> None:
    file = write(tmp_path / "a.png", "x" * 1_500_000)
    found = [
        (each.message, each.fix) for each in check_size(image_file(Inspection("PNG", *size), file))
    ]
    assert found == [(TOO_LONG.format(*size), fix) for fix in fixes]
