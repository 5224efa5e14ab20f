"""A folder with a mkdocs.yml → its site, built or served by MkDocs in this process."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
import yaml
from mkdocs.commands import build, serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException

from charterpress.hosts.configuration import PLUGIN, read_configuration
from charterpress.hosts.mkdocs import CharterPlugin, log
from charterpress.model.errors import CharterError, UsageError
from charterpress.text.interface import N_
from charterpress.text.interface import gettext as _

CONFIGURATIONS = ("mkdocs.yml", "mkdocs.yaml")
_OPTION = re.compile(r"Config value '(\w+)': ")
"""How MkDocs begins what it says of a setting."""

_LEVELS = {"WARNING": N_("warning"), "ERROR": N_("error"), "CRITICAL": N_("critical")}
"""What the levels of a log are called."""
_UNREADABLE = (
    *(OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError),
    yaml.YAMLError,
)
"""What MkDocs and YAML raise for a file that makes no sense."""

Say = Callable[[str], object]
"""What takes a line for whoever runs the command."""


def find_configuration(*starts: Path) -> Path:
    """Return the mkdocs.yml of the first of the folders `starts`, or else of the nearest folder above it, or
    else the same of the next. Raises UsageError if there is none."""
    for folder in (each for start in starts for each in (start, *start.parents)):
        for name in CONFIGURATIONS:
            if (folder / name).is_file():
                return folder / name
    raise UsageError(
        _(
            "there is no {file} in this folder, nor in one above it: go to the folder of a charter, or start "
            "one with charter init my-charter"
        ).format(file=CONFIGURATIONS[0])
    )


def build_site(
    configuration: Path,
    say: Say,
    *,
    source: Path | None = None,
    site_dir: Path | None = None,
    site_url: str | None = None,
    strict: bool = True,
) -> Path | None:
    """Build the site that `configuration` describes, and return its folder; None if it was refused, which
    leaves the old site as it was. What is wrong goes to `say`, line by line; if `strict`, warnings refuse it.
    The other arguments replace what `configuration` says. Raises CharterError for one that cannot be used."""
    settings = {"site_dir": site_dir and str(site_dir), "site_url": site_url, "strict": strict}
    with _logged(say, logging.WARNING), _without_pages(configuration) as missing:
        config = _load(configuration, settings | missing, source, say)
        folder = Path(config.site_dir)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build.build(config)
        except MkDocsException as error:
            if not isinstance(error, Abort):
                say(_labelled(_("error"), str(error)))
            return None
        except jinja2.TemplateError as error:
            problem = str(error.message)
            if isinstance(error, jinja2.TemplateSyntaxError):
                message = _("{file}, line {line}: {problem}")
                problem = message.format(file=error.name, line=error.lineno, problem=problem)
            message = _("a template of the theme does not work: {problem}")
            say(_labelled(_("error"), message.format(problem=problem)))
            return None
        finally:
            config.plugins.on_shutdown()
    return folder


def serve_site(configuration: Path, say: Say, *, source: Path | None, address: str | None) -> None:
    """Serve the site that `configuration` describes at `address`, a host and a port, until it is interrupted,
    and build it again after each change. Raises CharterError for a `configuration` that cannot be used, or an
    address that is in use."""
    with _logged(say, logging.INFO), _without_pages(configuration) as missing:
        config = _load(configuration, {"dev_addr": address, **missing}, source, say)
        try:
            serve.serve(str(configuration), dev_addr=address, **missing)
        except MkDocsException as error:
            raise CharterError(_("the site cannot be served")) from error
        except OSError as error:
            raise CharterError(
                _("{address}: {problem}: name another with --address, such as 127.0.0.1:8001").format(
                    address=config.dev_addr, problem=error.strerror
                )
            ) from error


@contextmanager
def _without_pages(configuration: Path) -> Iterator[dict[str, Any]]:
    """What stands for the folder docs/ where there is none, since a charter needs no pages of its own: an
    empty folder, which MkDocs insists on. Nothing where there is one, or where `configuration` names it."""
    try:
        values: Mapping[str, Any] = read_configuration(configuration)
    except CharterError:  # MkDocs says so
        values = {"docs_dir": ""}
    if {"docs_dir", "INHERIT"} & values.keys() or (configuration.parent / "docs").exists():
        yield {}
        return
    with tempfile.TemporaryDirectory() as folder:
        yield {"docs_dir": folder}


def _load(configuration: Path, settings: Mapping[str, Any], source: Path | None, say: Say) -> MkDocsConfig:
    """The configuration, with `settings` in place of its own. Raises CharterError for its mistakes."""
    said: list[str] = []
    with _logged(said.append, logging.WARNING, alone=True):
        try:
            config = load_config(str(configuration), **settings)
        except Abort:
            raise CharterError(
                _("{configuration} cannot be used as it is").format(configuration=configuration.name),
                details=tuple(map(_sentence, said)),
            ) from None
        except (*_UNREADABLE, MkDocsException) as error:
            raise CharterError(
                _("{configuration} cannot be read: {words}").format(
                    configuration=configuration.name, words=" ".join(str(error).split())
                )
            ) from error
    for line in said:
        say(line)
    plugins = [getattr(each, "plugin", each) for each in config.plugins.values()]
    charter = next((each for each in plugins if isinstance(each, CharterPlugin)), None)
    if charter is None:
        raise CharterError(
            _("{configuration}: the charter would not be in this site: add the line {line}").format(
                configuration=configuration.name, line=f"plugins: [{PLUGIN}]"
            )
        )
    charter.source = source
    return config


def _sentence(line: str) -> str:
    """What is wrong with a setting, without what kind of message it is, and without a traceback."""
    first, *more = line.partition(": ")[2].splitlines()
    return f"{first} {more[-1]}" if more else first


def _labelled(level: str, line: str) -> str:
    # Translators: {level} is “error” or “warning”.
    return _("{level}: {message}").format(level=level, message=line)


class _Lines(logging.Handler):
    """Hands on what MkDocs and its plugins log, as MkDocs' own command would show it, in plain sentences."""

    def __init__(self, say: Say, level: int) -> None:
        super().__init__()
        self._say, self._level = say, level

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on one record."""
        text = _OPTION.sub(r"mkdocs.yml: \1: ", record.getMessage())
        if record.levelno >= logging.WARNING:
            level = record.levelname
            text = _labelled(_(_LEVELS[level]) if level in _LEVELS else level.lower(), text)
        self._say(text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is shown: of MkDocs what is serious enough, of ours everything."""
        return record.levelno >= (logging.INFO if record.name == log.name else self._level)


@contextmanager
def _logged(say: Say, level: int, *, alone: bool = False) -> Iterator[None]:
    """Hand what is logged within the block to `say`, and to nobody else if it is `alone`."""
    log = logging.getLogger("mkdocs")
    before, propagate, others = log.level, log.propagate, log.handlers[:]
    handler = _Lines(say, level)
    log.handlers = [handler] if alone else [*others, handler]
    log.propagate = False
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.handlers, log.propagate = others, propagate
        log.setLevel(before)
