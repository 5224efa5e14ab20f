"""What axe, the accessibility checker, finds on a page in the browser."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

LEVELS = (
    *("wcag2a", "wcag2aa", "wcag2aaa"),
    *("wcag21a", "wcag21aa", "wcag21aaa", "wcag22a", "wcag22aa", "wcag22aaa"),
    "best-practice",
)


def violations(page) -> list[str]:
    """What axe finds on the page as it stands: rule, element, and what to do, one line each."""
    options = {"runOnly": {"type": "tag", "values": list(LEVELS)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response
    return [
        f"{rule['id']}: {node['target'][0]}: {node['failureSummary'].splitlines()[1].strip()}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
