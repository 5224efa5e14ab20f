"""Where a build keeps what takes long to make: the user's cache folder, or folders that mkdocs.yml names."""

from __future__ import annotations

import atexit
import logging
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

from charterpress.hosts.settings import HostSettings
from charterpress.model.errors import CharterError
from charterpress.storage.cache import NAME
from charterpress.text.interface import gettext as _

log = logging.getLogger("mkdocs.hooks.charter")


@dataclass(frozen=True, kw_only=True, slots=True)
class Caches:
    """The folders; whatever is in them is kept under a digest of what it was made of, the code included, so
    that sites and versions of the package can share them."""

    fonts: Path
    made: Path
    templates: Path


def caches(settings: HostSettings, root: Path) -> Caches:
    """Return the folders that `settings` names, below `root`, or else those in the user's cache folder, which
    XDG_CACHE_HOME moves. A temporary one takes the place of each that cannot be written, and the log says so
    once. Raises CharterError if there is no temporary folder either."""
    user = platformdirs.user_cache_path(NAME, appauthor=False)
    named = {"fonts": settings.font_cache, "made": settings.made_cache, "templates": settings.template_cache}
    folders = {}
    for kind, own in named.items():
        base = root / own if own else user
        folders[kind] = _writable(base) if own else _writable(base) / kind
    return Caches(**folders)


@cache
def _writable(folder: Path) -> Path:
    """`folder` if files can be made in it, or a temporary folder that goes when the program ends."""
    try:
        if not folder.is_absolute():  # nobody knows where the user is at home
            raise FileNotFoundError(2, _("there is no such folder"))
        for each in (folder, *(folder / kind for kind in Caches.__slots__ if (folder / kind).exists())):
            each.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=each).close()
    except OSError as problem:
        try:
            instead = tempfile.mkdtemp(prefix=f"{NAME}-")
        except OSError as none:
            raise CharterError(
                _(
                    "nothing can be kept while the site is built, in {folder} or a temporary folder: set "
                    "XDG_CACHE_HOME to a folder that can be written"
                ).format(folder=folder)
            ) from none
        atexit.register(shutil.rmtree, instead, ignore_errors=True)
        log.info(
            _("the cache folder %s cannot be written (%s), so everything is made anew, which takes longer"),
            folder,
            problem.strerror,
        )
        return Path(instead)
    return folder
