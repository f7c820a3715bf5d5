"""What tests share: tiny projects, builds of them, cases, browsers; no test lives here."""

import pytest

pytest.register_assert_rewrite(  # failing asserts are explained here, too
    "support.browser", "support.golden_images", "support.node"
)
