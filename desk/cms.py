"""The web editor's configuration, generated from the schema: fields, help and limits.

The editor is Sveltia CMS, served from this site's own origin. The content security policy of its
page allows requests to the configured git host only.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from desk.scaffold import DEFAULT_OWNER, TEAM_STORY_SOURCE, page_body, team_story_body
from portal.library.library import Library
from portal.library.page_kinds import GUIDE, KINDS, PAGE, STORY, PageKind
from portal.library.settings import REVIEW_BRANCH
from portal.library.topics import Topic
from portal.source.schema import SLUG_PATTERN, TEAM_FORM, Field, Kind

FOLDER = "bien-tap"  # the address within the site
API_ROOTS = {  # each back end's default API
    "github": "https://api.github.com",
    "gitlab": "https://gitlab.com/api/v4",
    "gitea": "https://gitea.com/api/v1",
}
WITH_REVIEW = ("github", "gitlab")  # back ends for which Sveltia CMS has a review workflow
MAX_IMAGE_BYTES = 2_000_000  # of what is committed, after a photo of any weight was made smaller
IMAGE_PIXELS = 2000  # the longer side of a committed picture; the build makes smaller ones
FACT = "^F[0-9]"  # how the id of a fact begins: what tells a source from one that is written out

# Fields that take one of a few words: what each says to an editor.
_ANSWERS = {
    "people_in_picture": (
        ("none", "Không thấy mặt ai"),
        ("consented", "Mọi người trong ảnh đã đồng ý đăng"),
    )
}

JsonObject = dict[str, object]


@dataclass(frozen=True)
class EditorSettings:
    """Where the editor commits: `repo` is "owner/name", `api_root` is for a self-hosted server.

    Without a `repo` the editor can only open a local folder, for a trial.
    """

    backend: str = "github"
    repo: str = ""
    branch: str = REVIEW_BRANCH
    api_root: str = ""

    @property
    def host(self) -> str:
        """Return the origin of the git host, the only one allowed, "" for none."""
        if not self.repo:
            return ""
        address = urlsplit(self.api_root or API_ROOTS.get(self.backend, ""))
        return f"{address.scheme}://{address.netloc}"


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
            *(_articles(kind, library) for kind in KINDS if kind not in (GUIDE, STORY, PAGE)),
            _stories(library),
            _team_stories(library),
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
    """Return the limits of pictures: all are converted to WebP of a limited size."""
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
    """Return one collection a topic, so that a guide's folder and topic always agree."""
    given = {"topic": topic.id, "owner": DEFAULT_OWNER}
    fields = _fields(GUIDE, library, given, page_body(GUIDE, topic.id))
    folder = f"docs/{GUIDE.folder}{topic.id}"
    return _collection(GUIDE, f"guides-{topic.id}", topic.title, folder, fields) | {
        "label_singular": f"bài “{topic.title}”",
        "description": topic.summary,
        "preview_path": f"guides/{topic.id}/{{{{slug}}}}/",
    }


def _articles(kind: PageKind, library: Library) -> JsonObject:
    """Return the collection of a kind of pages that stand in one folder."""
    name = kind.folder.rstrip("/")
    fields = _fields(kind, library, {}, page_body(kind))
    return _collection(kind, name, kind.title, f"docs/{name}", fields) | {
        "label_singular": kind.one,
        "preview_path": f"{kind.folder}{{{{slug}}}}/",
    }


def _stories(library: Library) -> JsonObject:
    """Return the collection of stories that rest on facts, as newspapers told them."""
    return _articles(STORY, library) | {
        "label": "Chuyện theo bài báo",
        "label_singular": "chuyện theo bài báo",
        "description": "Kể lại điều báo đã đăng. Nguồn là dữ kiện trong sổ.",
        "filter": {"field": "sources", "pattern": FACT},
    }


def _team_stories(library: Library) -> JsonObject:
    """Return the collection of stories that teams tell; their source is the form, not a fact."""
    told = replace(STORY, fields=tuple(map(_as_told, STORY.fields)))
    fields = [
        _own_sources(library) if field["name"] == "sources" else field
        for field in _fields(told, library, {}, team_story_body())
    ]
    return _articles(STORY, library) | {
        "name": "team-stories",
        "label": "Chuyện tổ tự kể",
        "label_singular": "chuyện tổ tự kể",
        "description": "Chép phiếu tám câu của tổ. Giữ đúng lời trong phiếu.",
        "fields": fields,
        "filter": {"field": "sources", "pattern": f"^(?!{FACT})"},
    }


def _as_told(field: Field) -> Field:
    """Return a field of a story that a team tells: what somebody says is on the team's form."""
    default = TEAM_FORM if field.kind is Kind.SOURCE else field.default
    return replace(field, default=default, fields=tuple(map(_as_told, field.fields)))


def _own_sources(library: Library) -> JsonObject:
    """Return the field for sources that are written out: name, day, and address if there is one."""
    field = next(field for field in STORY.fields if field.name == "sources")
    return {
        "name": field.name,
        "label": field.label,
        "hint": "Phiếu của tổ nào, ai giữ phiếu, kể ngày nào.",
        "required": True,
        "widget": "list",
        "min": 1,
        "fields": [_field(part, library) for part in field.fields],
        "default": [{"name": TEAM_STORY_SOURCE}],
    }


def _pages(library: Library) -> JsonObject:
    """Return the collection of single pages, which can be edited but not created."""
    fields = _fields(PAGE, library, {}, "")
    collection = _collection(PAGE, "pages", PAGE.title, "docs", fields)
    return collection | {"create": False, "delete": False}


def _collection(
    kind: PageKind, name: str, label: str, folder: str, fields: list[JsonObject]
) -> JsonObject:
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
        "sortable_fields": ["title", kind.day] if kind.is_article else ["title"],
    }


def _fields(
    kind: PageKind, library: Library, given: Mapping[str, str], body: str
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
    return [*(_field(field, library, given.get(field.name)) for field in kind.fields), text]


def _field(field: Field, library: Library, given: str | None = None) -> JsonObject:
    """Return one field of the form; the collection sets the topic, which is hidden."""
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
    if field.name in _ANSWERS:
        options = [{"value": value, "label": label} for value, label in _ANSWERS[field.name]]
        return {"widget": "select", "options": options, "hint": "Bài không có ảnh thì bỏ qua."}
    limit = {"maxlength": field.max_length} if field.max_length else {}
    widget = "text" if field.is_long else "string"
    return {"widget": widget, "use_emoji_autocomplete": False, **limit}


def _date(field: Field, _: Library) -> JsonObject:
    return {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD", "default": "{{now}}"}


def _months(field: Field, _: Library) -> JsonObject:
    return {"widget": "number", "value_type": "int", "min": 1, "max": 24}


def _number(field: Field, _: Library) -> JsonObject:
    return {"widget": "number", "value_type": "int", "min": 1}


def _flag(field: Field, _: Library) -> JsonObject:
    return {"widget": "boolean"}


def _pairs(field: Field, _: Library) -> JsonObject:
    return {"widget": "keyvalue"}


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
        "dropdown_threshold": 0,  # always a searchable list
        "hint": "Gõ mã hoặc chữ để tìm dữ kiện làm căn cứ cho bài.",
    }


def _people(field: Field, library: Library) -> JsonObject:
    return {"widget": "list", "fields": [_field(part, library) for part in field.fields]}


_WIDGETS: Mapping[Kind, Callable[[Field, Library], JsonObject]] = {
    Kind.TEXT: _text,
    Kind.ADDRESS: _text,
    Kind.PERIOD: _text,
    Kind.FACT: _text,
    Kind.PAGE: _text,
    Kind.MINUTES: _number,
    Kind.ORDINAL: _number,
    Kind.FLAG: _flag,
    Kind.PAGES: _tags,
    Kind.PAIRS: _pairs,
    Kind.DATE: _date,
    Kind.MONTHS: _months,
    Kind.SLUG: _slug,
    Kind.TEXTS: _tags,
    Kind.FACTS: _facts,
    Kind.SOURCE: _text,
    Kind.RECORDS: _people,
}


def render_editor(settings: EditorSettings, imports: Mapping[str, str]) -> str:
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
<link rel="stylesheet" href="page.css">
<body>
<noscript>Trang biên tập cần JavaScript.</noscript>
<script type="module" src="start.js"></script>
</body>
</html>
"""


def security_policy(settings: EditorSettings, import_map: str) -> str:
    """Return the policy: own files, the git host, and pictures just selected."""
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
