"""Inserts each page's Content-Security-Policy; a preview has none, for its reload script."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

from engine.shared_build import build_of
from portal.site.content_security import secure_page


@event_priority(-90)  # after all changes of inline code
def on_post_page(output: str, config: MkDocsConfig, **_: object) -> str:
    """Insert the policy of a page."""
    return output if build_of(config).settings["preview"] else secure_page(output)


@event_priority(-90)
def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """Insert the policy of 404.html."""
    is_page = template_name == "404.html" and not build_of(config).settings["preview"]
    return secure_page(output_content) if is_page else output_content
