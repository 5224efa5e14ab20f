"""A visit stays between the reader and the site: no other host, no script that the policy does not allow."""

from __future__ import annotations


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
