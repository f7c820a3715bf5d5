"""The web editor's configuration, made from the schema: fields, help and limits as the checks have.

The editor is Sveltia CMS, served from this site's own origin. Its page carries a content security
policy that lets it speak to the git host of the settings and to nobody else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from desk.scaffold import DEFAULT_OWNER, guide_body, story_body
from portal.library.library import Library
from portal.library.settings import CONFIG_FILE
from portal.library.topics import Topic
from portal.source.problems import Problem
from portal.source.schema import GUIDE_FIELDS, PAGE_FIELDS, SLUG_PATTERN, STORY_FIELDS, Field, Kind

FOLDER = "bien-tap"  # the address within the site
DEFAULT_BRANCH = "bien-tap"
PROTECTED_BRANCHES = ("main", "master")
API_ROOTS = {  # what each back end speaks to when no `api_root` is set
    "github": "https://api.github.com",
    "gitlab": "https://gitlab.com/api/v4",
    "gitea": "https://gitea.com/api/v1",
}
WITH_REVIEW = ("github", "gitlab")  # back ends for which Sveltia CMS has a review workflow
MAX_IMAGE_BYTES = 5_000_000
IMAGE_PIXELS = 2000  # the longer side of what is committed; the build makes smaller ones from it

JsonObject = dict[str, object]


@dataclass(frozen=True)
class EditorSettings:
    """Where the editor commits: `repo` is "owner/name", `api_root` is for a host of one's own.

    Without a `repo` the editor only opens a folder of the same machine, for a first try.
    """

    backend: str = "github"
    repo: str = ""
    branch: str = DEFAULT_BRANCH
    api_root: str = ""

    @property
    def host(self) -> str:
        """Return the origin of the git host, the only one the editor may speak to, "" for none."""
        if not self.repo:
            return ""
        address = urlsplit(self.api_root or API_ROOTS.get(self.backend, ""))
        return f"{address.scheme}://{address.netloc}"


def read_settings(values: Mapping[str, object]) -> tuple[EditorSettings, list[Problem]]:
    """Return the settings under `extra.editor`, and what makes them unusable."""
    settings = EditorSettings(
        **{
            name: str(values.get(name) or default)
            for name, default in vars(EditorSettings()).items()
        }
    )
    return settings, [Problem(CONFIG_FILE, 1, *finding) for finding in _check_settings(settings)]


def _check_settings(settings: EditorSettings) -> Iterator[tuple[str, str]]:
    if settings.backend not in API_ROOTS:
        message = f"extra.editor.backend là '{settings.backend}', không dùng được"
        yield message, f"chọn một: {', '.join(API_ROOTS)}"
    if settings.repo and "/" not in settings.repo:
        message = f"extra.editor.repo là '{settings.repo}', thiếu tên nhóm"
        yield message, f"repo: ten-nhom/{settings.repo}"
    if settings.branch in PROTECTED_BRANCHES:
        message = f"extra.editor.branch là '{settings.branch}', bài sẽ lên thẳng trang thật"
        yield message, f"branch: {DEFAULT_BRANCH}"
    if settings.api_root and urlsplit(settings.api_root).scheme != "https":
        yield "extra.editor.api_root phải bắt đầu bằng https://", "api_root: https://…"


def configuration(library: Library, settings: EditorSettings, site_url: str) -> JsonObject:
    """Return the configuration of Sveltia CMS for this content."""
    has_review = settings.backend in WITH_REVIEW
    return {
        "backend": _backend(settings),
        **({"publish_mode": "editorial_workflow"} if has_review else {}),
        "app_title": "Biên tập",
        "site_url": site_url,
        "media_folder": "/docs",
        "media_libraries": _media(),
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "collections": [
            *(_guides(topic, library) for topic in library.topics),
            {"divider": True},
            _stories(library),
            _pages(library),
        ],
    }


def _backend(settings: EditorSettings) -> JsonObject:
    messages = {
        "create": "Thêm bài: {{slug}}",
        "update": "Sửa bài: {{slug}}",
        "delete": "Xóa bài: {{slug}}",
        "uploadMedia": "Thêm hình: {{path}}",
        "deleteMedia": "Xóa hình: {{path}}",
    }
    return {
        "name": settings.backend,
        "repo": settings.repo or "local/local",
        "branch": settings.branch,
        "api_root": settings.api_root or API_ROOTS[settings.backend],
        "auth_methods": ["token"],
        "commit_messages": messages,
    }


def _media() -> JsonObject:
    """Return the limits of pictures: everything becomes WebP of a size a build can work with."""
    shrink = {"format": "webp", "quality": 85, "width": IMAGE_PIXELS, "height": IMAGE_PIXELS}
    return {
        "default": {
            "config": {
                "max_file_size": MAX_IMAGE_BYTES,
                "slugify_filename": True,
                "transformations": {"raster_image": shrink},
            }
        },
        "stock_assets": False,
    }


def _guides(topic: Topic, library: Library) -> JsonObject:
    """Return one collection a topic, so that a guide's folder and topic cannot disagree."""
    given = {"topic": topic.id, "owner": DEFAULT_OWNER}
    fields = _fields(GUIDE_FIELDS, library, given, guide_body(topic.id))
    return _collection(f"guides-{topic.id}", topic.title, f"docs/guides/{topic.id}", fields) | {
        "label_singular": f"bài “{topic.title}”",
        "description": topic.summary,
        "preview_path": f"guides/{topic.id}/{{{{slug}}}}/",
    }


def _stories(library: Library) -> JsonObject:
    fields = _fields(STORY_FIELDS, library, {}, story_body())
    return _collection("stories", "Câu chuyện ở xóm", "docs/stories", fields) | {
        "label_singular": "câu chuyện",
        "preview_path": "stories/{{slug}}/",
    }


def _pages(library: Library) -> JsonObject:
    """Return the pages that stand alone; they are edited here, not made."""
    fields = _fields(PAGE_FIELDS, library, {}, "")
    return _collection("pages", "Trang riêng", "docs", fields) | {"create": False, "delete": False}


def _collection(name: str, label: str, folder: str, fields: list[JsonObject]) -> JsonObject:
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "fields": fields,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": {"template": "{{title}}", "editable": ["create"]},
        "media_folder": "",
        "public_folder": "",
        "sortable_fields": ["title", "reviewed"] if "guides" in name else ["title"],
    }


def _fields(
    fields: tuple[Field, ...], library: Library, given: Mapping[str, str], body: str
) -> list[JsonObject]:
    text: JsonObject = {
        "name": "body",
        "label": "Nội dung",
        "widget": "richtext",
        "default": body.lstrip("\n"),
        "buttons": ["bold", "italic", "code", "link", "heading-two", "heading-three", "quote",
                    "bulleted-list", "numbered-list"],
        "editor_components": ["image"],
        "linked_images": False,
        "use_emoji_autocomplete": False,
    }  # fmt: skip
    return [*(_field(field, library, given.get(field.name)) for field in fields), text]


def _field(field: Field, library: Library, given: str | None = None) -> JsonObject:
    """Return one field of the form; a topic is given by the collection and not shown."""
    if field.kind is Kind.TOPIC:
        return {"name": field.name, "widget": "hidden", "default": given}
    default = given if given is not None else field.default
    return {
        "name": field.name,
        "label": field.label,
        "hint": f"{field.help} Ví dụ: {field.example}",
        "required": field.required,
        **({"default": default} if default else {}),
        **_WIDGETS[field.kind](field, library),
    }


def _text(field: Field, _: Library) -> JsonObject:
    limit = {"maxlength": field.max_length} if field.max_length else {}
    return {"widget": "string", "use_emoji_autocomplete": False, **limit}


def _date(field: Field, _: Library) -> JsonObject:
    return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD", "default": "{{now}}"}


def _months(field: Field, _: Library) -> JsonObject:
    return {"widget": "number", "value_type": "int", "min": 1, "max": 24}


def _slug(field: Field, library: Library) -> JsonObject:
    message = "Chỉ dùng chữ thường không dấu, số và gạch nối."
    return {**_text(field, library), "pattern": [f"^{SLUG_PATTERN}$", message]}


def _tags(field: Field, _: Library) -> JsonObject:
    return {"widget": "list", "hint": field.help}


def _facts(field: Field, library: Library) -> JsonObject:
    options = [
        {"value": fact.id, "label": f"{fact.id} {fact.statement[:90]}"}
        for fact in library.facts.facts.values()
        if fact.confidence != "low"
    ]
    return {
        "widget": "select",
        "multiple": True,
        "options": options,
        "dropdown_threshold": 0,  # always the list that can be searched
        "hint": "Gõ mã hoặc chữ để tìm dữ kiện làm căn cứ cho bài.",
    }


def _people(field: Field, library: Library) -> JsonObject:
    return {"widget": "list", "fields": [_field(part, library) for part in field.fields]}


_WIDGETS: Mapping[Kind, Callable[[Field, Library], JsonObject]] = {
    Kind.TEXT: _text,
    Kind.ADDRESS: _text,
    Kind.DATE: _date,
    Kind.MONTHS: _months,
    Kind.SLUG: _slug,
    Kind.TEXTS: _tags,
    Kind.FACTS: _facts,
    Kind.SOURCE: _text,
    Kind.RECORDS: _people,
}


def render_page(settings: EditorSettings, imports: Mapping[str, str]) -> str:
    """Return the editor's HTML; `imports` maps the package's module names to addresses."""
    import_map = json.dumps({"imports": imports}, indent=1, sort_keys=True)
    policy = html.escape(security_policy(settings, import_map))
    return f"""\
<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>Biên tập</title>
<link rel="cms-config-url" type="application/json" href="config.json">
<script type="importmap">{import_map}</script>
<link rel="icon" href="data:,">
<body>
<noscript>Trang biên tập cần JavaScript.</noscript>
<script src="start.js"></script>
</body>
</html>
"""


def security_policy(settings: EditorSettings, import_map: str) -> str:
    """Return the policy: own files, the git host, pictures just chosen, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(import_map.encode()).digest()).decode()
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'sha256-{digest}' 'wasm-unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        "img-src": "'self' blob: data:",
        "connect-src": f"'self' blob: data: {settings.host}".rstrip(),
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
