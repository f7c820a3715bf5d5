"""The web editor's configuration: the schema's fields, the settings' limits, the page's policy."""

from __future__ import annotations

import hashlib
import html
import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from desk.cms import (
    EditorSettings,
    configuration,
    render_editor,
    security_policy,
)
from desk.cms_words import add_words
from portal.library.library import load_library
from portal.library.page_kinds import GUIDE, PAGE, STORY
from portal.library.settings import read_values

GITLAB = EditorSettings("gitlab", "to/kho", "bien-tap", "https://git.example.vn/api/v4")


def config_of(project: Path, settings: EditorSettings = GITLAB) -> dict[str, Any]:
    return configuration(load_library(project), settings, "https://kynangso.example.vn/")


def collection(project: Path, name: str) -> dict[str, Any]:
    collections = config_of(project)["collections"]
    return next(each for each in collections if each.get("name") == name)


@pytest.mark.parametrize(
    ("name", "fields"),
    [("guides-dinh-danh", GUIDE.fields), ("stories", STORY.fields), ("pages", PAGE.fields)],
)
def test_form_has_the_fields_of_the_schema(project: Path, name: str, fields: Any) -> None:
    form = collection(project, name)["fields"]
    assert [field["name"] for field in form] == [*(field.name for field in fields), "body"]


def test_each_topic_has_its_folder_and_its_guides_cannot_leave_it(project: Path) -> None:
    guides = collection(project, "guides-an-toan")
    topic = next(field for field in guides["fields"] if field["name"] == "topic")
    assert guides["folder"] == "docs/guides/an-toan"
    assert topic == {"name": "topic", "widget": "hidden", "default": "an-toan"}


def test_field_carries_help_limit_and_message(project: Path) -> None:
    form = {field["name"]: field for field in collection(project, "guides-dinh-danh")["fields"]}
    assert form["summary"] == {
        "name": "summary",
        "label": "Tóm tắt",
        "hint": "Một câu hiện khi chia sẻ và khi tìm kiếm. "
        "Ví dụ: Làm một lần trên điện thoại, khoảng bốn bước.",
        "required": True,
        "widget": "string",
        "use_emoji_autocomplete": False,
        "maxlength": 160,
    }
    assert form["loudspeaker"]["widget"] == "text"
    assert form["shortlink"]["pattern"] == [
        "^[a-z0-9]+(?:-[a-z0-9]+)*$",
        "Chỉ dùng chữ thường không dấu, số và gạch nối.",
    ]
    assert form["body"]["default"].startswith("## Cần có trước\n\n- [Viết: ")


def test_facts_that_must_not_be_printed_cannot_be_chosen(project: Path) -> None:
    form = {field["name"]: field for field in collection(project, "stories")["fields"]}
    options = {option["value"]: option["label"] for option in form["sources"]["options"]}
    facts = load_library(project).facts.facts
    assert facts["F7.03"].confidence == "low"
    assert list(options) == [id for id in facts if id != "F7.03"]
    assert options["F12.03"] == "F12.03 Mỗi tổ 5–7 người."


def test_stories_have_two_forms_told_apart_by_their_source(project: Path) -> None:
    newspaper, team = collection(project, "stories"), collection(project, "team-stories")
    assert newspaper["folder"] == team["folder"] == "docs/stories"
    assert newspaper["filter"] == {"field": "sources", "pattern": "^F[0-9]"}
    assert team["filter"] == {"field": "sources", "pattern": "^(?!^F[0-9])"}
    form = {field["name"]: field for field in team["fields"]}
    assert form["sources"]["default"] == [{"name": "[Viết: Phiếu tự kể của tổ nào, ai giữ phiếu]"}]
    said = {part["name"]: part.get("default") for part in form["people"]["fields"]}
    assert said["words_from"] == "phiếu của tổ"
    assert form["body"]["default"].startswith("Chuyện do tổ tự kể theo phiếu tám câu.")
    assert form["people_in_picture"]["options"] == [
        {"value": "none", "label": "Không thấy mặt ai"},
        {"value": "consented", "label": "Mọi người trong ảnh đã đồng ý đăng"},
    ]


def test_commits_go_to_the_review_branch_by_token_with_review(project: Path) -> None:
    config = config_of(project)
    assert config["publish_mode"] == "editorial_workflow"
    backend = config["backend"]
    assert {name: backend[name] for name in ("name", "repo", "branch", "api_root")} == {
        "name": "gitlab",
        "repo": "to/kho",
        "branch": "bien-tap",
        "api_root": "https://git.example.vn/api/v4",
    }
    assert backend["auth_methods"] == ["token"]


def test_gitea_has_no_review_workflow(project: Path) -> None:
    assert "publish_mode" not in config_of(project, EditorSettings("gitea", "to/kho"))


def test_no_setting_means_github_and_a_folder_of_this_machine() -> None:
    settings = EditorSettings(**read_values({})["editor"])
    assert settings == EditorSettings("github", "", "bien-tap", "")


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        (EditorSettings(), ""),
        (EditorSettings("github", "to/kho"), " https://api.github.com"),
        (EditorSettings("gitea", "to/kho"), " https://gitea.com"),
        (GITLAB, " https://git.example.vn"),
    ],
)
def test_policy_names_the_git_host_and_no_other(settings: EditorSettings, hosts: str) -> None:
    policy = security_policy(settings, "")
    assert f"connect-src 'self' blob: data:{hosts};" in policy
    assert re.findall(r"https?://[^\s;]+", policy) == hosts.split()


def test_page_allows_its_own_import_map_only() -> None:
    page = render_editor(GITLAB, {"immutable": "./modules/immutable.js"})
    import_map = page.partition('<script type="importmap">')[2].partition("</script>")[0]
    digest = b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}' 'wasm-unsafe-eval';" in html.unescape(page)
    assert json.loads(import_map) == {"imports": {"immutable": "./modules/immutable.js"}}


def test_words_fill_what_the_package_leaves_in_english_and_nothing_else() -> None:
    package: dict[str, object] = {
        "save": "Lưu",
        "show_errors": "Hiện lỗi",
        "save_conflict": {"title": "Trùng", "x": "y"},
    }
    words = add_words(package)
    assert (words["save"], words["show_errors"]) == ("Lưu", "Hiện lỗi")
    conflict = words["save_conflict"]
    assert isinstance(conflict, dict)
    assert (conflict["title"], conflict["x"]) == ("Trùng", "y")
    assert conflict["save_anyway"] == "Vẫn lưu"
    assert words["remove_image"] == "Bỏ hình"


def test_words_a_volunteer_does_not_understand_are_replaced() -> None:
    words = add_words({"editor_components": {"alt": "Văn bản thay thế", "link": "Liên kết"}})
    assert words["editor_components"] == {
        "image": "Hình",
        "src": "Tệp hình",
        "alt": "Lời tả hình (bắt buộc, đọc cho người không nhìn thấy)",
        "title": "Chú thích in dưới hình (không bắt buộc)",
        "link": "Liên kết",
    }
