"""An edition and settings → everything that a build publishes, by address."""

from charterpress.site.build import Font, Settings, Site, build_sites
from charterpress.site.context import OtherLanguage, page_context
from charterpress.site.files import REPLACEABLE, site_documents, site_files, unused_assets
from charterpress.site.search import page_entry, search_index

__all__ = [
    "REPLACEABLE",
    "Font",
    "OtherLanguage",
    "Settings",
    "Site",
    "build_sites",
    "page_context",
    "page_entry",
    "search_index",
    "site_documents",
    "site_files",
    "unused_assets",
]
