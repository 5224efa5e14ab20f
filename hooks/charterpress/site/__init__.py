"""An edition → the site that shows it: every page, document and file, before they have a frame."""

from charterpress.site.build import Font, Settings, Site, make
from charterpress.site.files import documents, files, foot_address, unused_assets
from charterpress.site.page_context import page_context

__all__ = [
    "Font",
    "Settings",
    "Site",
    "documents",
    "files",
    "foot_address",
    "make",
    "page_context",
    "unused_assets",
]
