"""The package's own stylesheets, scripts and schemas, by the address at which a site publishes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from rjsmin import jsmin

from charterpress.outputs.style.look import Look
from charterpress.outputs.style.palette import stylesheet
from charterpress.views.addresses import schema_address

STYLESHEETS = Path(__file__).parent / "style"
SCRIPTS = Path(__file__).parent / "html" / "scripts"
SCHEMAS = Path(__file__).parent / "data" / "schemas"
COLOURS = "assets/stylesheets/colours.css"
"""Where a theme may have colours of its own, in place of those of its look; they are published as part of
charter.css."""
PRINT_SIZE = "@page { size: A4;"
COLOURS_IMPORT = '@import "colours.css";\n'
ON_SOME_PAGES = frozenset({"rtl.css"})
"""The stylesheets that are part of another one, on pages that need them (outputs/style/scripts.py)."""
COMMENTS = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)
COMMENT_LINES = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
VENDORED = "assets/javascripts/vendor/"
FIRST_SCRIPT, INTERFACE = "assets/javascripts/early.js", "assets/javascripts/interface.js"
"""What every page runs first, and the words of scripts, with which it begins: one request fewer."""


def package_assets() -> dict[str, Path]:
    """The package's stylesheets and scripts, by address."""
    sheets = {
        f"assets/stylesheets/{path.name}": path
        for path in sorted(STYLESHEETS.glob("*.css"))
        if path.name not in ON_SOME_PAGES
    }
    scripts = {
        f"assets/javascripts/{path.relative_to(SCRIPTS).as_posix()}": path
        for path in sorted(SCRIPTS.rglob("*"))
        if path.is_file()
    }
    return sheets | scripts


def asset_files(own: Mapping[str, Path], unused: tuple[str, ...], look: Look) -> Iterator[tuple[str, bytes]]:
    """Yield every asset as it is published, in the colours and for the paper of `look`. A charter's `own`
    file, given by address, replaces the package's at the same address; those whose addresses begin with one
    of `unused` are left out."""
    files = package_assets() | dict(own)
    colours = files.pop(COLOURS).read_text(encoding="utf-8") if COLOURS in files else stylesheet(look.palette)
    for address, path in files.items():
        if address.startswith(unused):
            continue
        content = path.read_bytes()
        if address.endswith(".css"):  # one request fewer for every page
            content = content.replace(COLOURS_IMPORT.encode(), colours.encode())
            content = content.replace(
                PRINT_SIZE.encode(), PRINT_SIZE.replace("A4", look.paper.value).encode()
            )
            content = COMMENTS.sub(b"", content)
        elif address.startswith(VENDORED) and address.endswith(".js") and not address.endswith(".min.js"):
            # Comments are more than half of MiniSearch. In our own scripts rjsmin would remove spaces from
            # template literals within others.
            content = str(jsmin(content.decode())).encode()
        elif address.endswith(".js") and path.is_relative_to(SCRIPTS):
            before = files[INTERFACE].read_bytes() if address == FIRST_SCRIPT else b""
            content = COMMENT_LINES.sub(b"", before + content)
        yield address, content


def schema_files() -> dict[str, bytes]:
    """The JSON Schemas of the files that a site publishes, by address; their names never change."""
    return {schema_address(path.name): path.read_bytes() for path in sorted(SCHEMAS.iterdir())}
