"""An edition → the site that shows it: every page, document and file, before they have a frame."""

from press.site.files import documents, files, foot_address, is_long, short, unasked
from press.site.make import Font, Settings, Site, make

__all__ = [
    "Font",
    "Settings",
    "Site",
    "documents",
    "files",
    "foot_address",
    "is_long",
    "make",
    "short",
    "unasked",
]
