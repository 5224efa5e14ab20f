"""What tests of documents share."""

from __future__ import annotations

import pytest

from charterpress.outputs.pdf.document_cache import DocumentCache
from charterpress.outputs.pdf.font_sources import font_folders


@pytest.fixture(scope="session")
def without_scripts(tmp_path_factory):
    """A cache of documents with the site's own fonts, and none for other scripts."""
    fonts = tuple(folder for folder in font_folders() if "noto" not in str(folder))
    return DocumentCache(tmp_path_factory.mktemp("shelf"), fonts)
