"""What the host makes of Markdown: HTML without slashes, and tables for narrow windows."""

from __future__ import annotations

from markdown import markdown

from charterpress.hosts.html_output import MAX_UNBROKEN, HtmlOutput

SHORT, LONG = "x" * MAX_UNBROKEN, "x" * (MAX_UNBROKEN + 1)


def test_cells_are_named_and_only_long_code_of_tables_may_break_anywhere():
    text = f"a  \nb `{LONG}`\n\n| one | two |\n|---|---|\n| `{SHORT} {SHORT}` | `make {LONG}` |\n"
    assert markdown(text, extensions=["tables", HtmlOutput()]).splitlines() == [
        "<p>a<br>",
        f"b <code>{LONG}</code></p>",
        *(
            "<table>",
            "<thead>",
            "<tr>",
            "<th>one</th>",
            "<th>two</th>",
            "</tr>",
            "</thead>",
            "<tbody>",
            "<tr>",
        ),
        f'<td data-name="one"><code>{SHORT} {SHORT}</code></td>',
        f'<td data-name="two"><code class="long">make {LONG}</code></td>',
        *("</tr>", "</tbody>", "</table>"),
    ]
