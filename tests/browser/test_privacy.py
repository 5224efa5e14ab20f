"""A visit stays between the reader and the site: no other host, no script that the policy does not allow."""

from __future__ import annotations

import re


def test_a_blocked_script_would_be_noticed(open_page, server):
    page, witness = open_page(server)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.text = "window.ran = 1";
            document.body.append(script);
        }"""
    )
    assert page.evaluate("() => window.ran") is None
    assert witness.complaints
    assert [each for each in witness.complaints if "Content Security Policy" not in each] == []


def test_every_page_carries_a_policy_without_unsafe_scripts(built_site):
    faults = []
    meta = re.compile(r'<meta http-equiv="?Content-Security-Policy"? content="([^"]*)"', re.IGNORECASE)
    for page in sorted(built_site.rglob("*.html")):
        html = page.read_text(encoding="utf-8").replace("&#39;", "'")
        policy = meta.search(html)
        first = html.find("<script")
        if not policy:
            # A page that only sends the reader on has nothing to protect, and nothing to run.
            if first != -1:
                faults.append(f"{page.relative_to(built_site)}: no policy")
        elif "'unsafe-inline'" in re.search(r"script-src ([^;]*)|$", policy[1])[0]:
            faults.append(f"{page.relative_to(built_site)}: unsafe-inline")
        elif "script-src" not in policy[1] or (first != -1 and policy.start() > first):
            faults.append(f"{page.relative_to(built_site)}: a script is not covered")
    assert faults == []
    headers = (built_site / "_headers").read_text(encoding="utf-8")
    assert re.findall(r"script-src [^;]*unsafe-inline", headers) == []
    assert "Content-Security-Policy: " in headers
