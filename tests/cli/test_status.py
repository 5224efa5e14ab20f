"""`charter status` where very much has changed."""

from __future__ import annotations

import re

from charterpress.cli.status_formats import FORMATS, MAX_COMMENT
from charterpress.cli.working_status import working_status
from charterpress.model import Change, Class, Finding, Kind, Severity
from charterpress.read import load


def test_markdown_of_a_large_change_fits_into_a_comment(version):
    changes = [
        Change(subject=f"p-{n}", field="summary", kind=Kind.REWORDED, class_=Class.GUIDANCE)
        for n in range(2000)
    ]
    names = {f"p-{n}": f"{n}. What *people* with [a key] do when the harbour is closed" for n in range(2000)}
    blocking = tuple(
        Finding(
            path=f"charter/{n}.md",
            line=1,
            column=1,
            severity=Severity.ERROR,
            rule="x",
            message="a [fault]",
            fix="mend it " * 40,
        )
        for n in range(500)
    )
    now = working_status(load(version, shown="charter"))
    now = type(now)(
        edition=now.edition,
        blocking=blocking,
        names=names,
        changes=tuple(changes),
        class_=Class.GUIDANCE,
        version="1.1.0",
    )
    shown = FORMATS["markdown"](now)
    assert MAX_COMMENT * 0.9 < len(shown) <= MAX_COMMENT
    changed, errors = shown.count("\n- *guidance*"), shown.count("\n- charter/")
    more = [int(each.replace(",", "")) for each in re.findall(r"and ([\d,]+) more: “charter", shown)]
    assert [changed + more[0], errors + more[1]] == [2000, 500]
    assert "500 errors in the way of a release" in shown
