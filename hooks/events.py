"""MkDocs' events, handed on to charterpress.hosts.mkdocs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # MkDocs removes it once this file has run
from charterpress.hosts.mkdocs import CharterPlugin

# MkDocs imports this file once in a process and keeps it, as it keeps the object of a plugin. What belongs
# to one run begins with `on_startup`, and what belongs to one build with `on_config`.
plugin = CharterPlugin()

on_startup = plugin.on_startup
on_config = plugin.on_config
on_files = plugin.on_files
on_nav = plugin.on_nav
on_page_markdown = plugin.on_page_markdown
on_page_content = plugin.on_page_content
on_env = plugin.on_env
on_page_context = plugin.on_page_context
on_template_context = plugin.on_template_context
on_post_build = plugin.on_post_build
on_build_error = plugin.on_build_error
on_shutdown = plugin.on_shutdown
on_serve = plugin.on_serve
