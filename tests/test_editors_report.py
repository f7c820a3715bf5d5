import subprocess
import sys
from pathlib import Path

from support.project import BODY, FRONT, REPOSITORY, write

from desk.editors_report import page_rows, read_level, render_report
from portal.library.library import load_library
from portal.library.readings import code_of, load_readings

GUIDE = "docs/guides/dinh-danh/kich-hoat.md"


def test_reading_level_counts_the_pages_own_sentences(project: Path) -> None:
    long = " ".join(["tiếng"] * 26)
    write(project / GUIDE, FRONT + f"\nMột hai ba. Bốn năm. “Lời trích dài.”\n\n{long}.\n")
    reading = read_level(load_library(project).guides[0])
    assert (reading.syllables, reading.longest, reading.name) == (31, 26, "khó")


def test_rows_tell_age_and_weakest_source(project: Path) -> None:
    front = FRONT.replace("2026-11-24", "2026-05-01").replace("[F1.14]", "[F1.14, F7.03]")
    write(project / GUIDE, front + BODY)
    row = page_rows(load_library(project))[0]
    assert (row.age, row.weakest) == (207, "low")
    assert row.due is not None
    assert row.due.isoformat() == "2026-11-01"


def test_report_marks_what_is_late_and_what_nobody_can_judge(project: Path) -> None:
    write(project / GUIDE, FRONT.replace("2026-11-24", "2026-05-01") + BODY + "\nXem bước 3 <b>.\n")
    report = render_report(load_library(project))
    assert '<td class="late">1/11/2026 ⚠ quá hạn</td>' in report
    assert f'<td>{GUIDE}:24</td><td class="number">3</td>' in report
    assert "<script" not in report


def test_titles_are_escaped(project: Path) -> None:
    write(project / GUIDE, FRONT.replace("Kích hoạt VNeID", '"<img onerror=x>"') + BODY)
    report = render_report(load_library(project))
    assert "&lt;img onerror=x&gt;" in report
    assert "<img" not in report


def test_command_writes_the_file_and_says_where(project: Path) -> None:
    command = [sys.executable, str(REPOSITORY / "scripts/write_report.py"), "--root", str(project)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    file = project / ".cache/report/index.html"
    assert run.stdout == f"Báo cáo: {file.as_uri()}\n"
    assert "Báo cáo cho ban biên tập" in file.read_text("utf-8")


def test_report_says_which_pages_were_read_as_they_stand(project: Path) -> None:
    write(project / GUIDE, FRONT + BODY)
    guide = load_library(project).guides[0]
    row = f"{guide.uri},2026-11-25,{code_of(guide)},Bỏ câu 2.,Phí"
    write(project / "data/readings.csv", f"page,read,code,found,unverified\n{row}\n")
    readings, problems = load_readings(project / "data/readings.csv")
    assert problems == []
    cells = "".join(f"<td>{cell}</td>" for cell in (GUIDE, *row.split(",")[1:]))
    assert cells in render_report(load_library(project), readings)
    write(project / GUIDE, FRONT + BODY.replace("Mở", "Bấm"))
    report = render_report(load_library(project), readings)
    assert '<td class="late">2026-11-25 ⚠ đã sửa sau lần đọc</td>' in report
    assert '<td>docs/index.md</td><td class="late">⚠ chưa đọc</td>' in report
    assert "<p>0 trong 2 trang" in report


def test_a_later_date_of_review_does_not_undo_a_reading_but_a_title_does(project: Path) -> None:
    pages = []
    for front in (FRONT, FRONT.replace("2026-11-24", "2026-11-23"), FRONT.replace("VNeID", "X")):
        write(project / GUIDE, front + BODY)
        pages.append(code_of(load_library(project).guides[0]))
    assert pages[0] == pages[1] != pages[2]


def test_command_names_a_row_of_readings_that_lacks_a_cell(project: Path) -> None:
    write(project / "data/readings.csv", "page,read,code\nindex.md,,abc\n")
    command = [sys.executable, str(REPOSITORY / "scripts/write_report.py"), "--root", str(project)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "data/readings.csv:2: dòng này thiếu 'read' (Ngày đọc)" in run.stderr
