"""GitHub: its payloads, its annotations, and its API through `gh`."""

from charterpress.forges.github.host import GitHub as GitHub
