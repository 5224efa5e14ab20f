"""`charter letters --to report-due`: who is asked for a report, and what the letter says."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs

from charterpress.editing.sign_up import intake as sign_up
from charterpress.editing.sign_up.fields import Request, request_for
from charterpress.text import interface
from charterpress.text.interface import use_language
from letters_to_send import EXAMPLE, SITE, body_text, messages, write_contacts

LATE = {
    *("plus-1-bed-for-the-birds", "cymdeithas-rhandiroedd-rhyd-y-mwyar", "jharberi-ghat-bagh-sabha"),
    *("laka-wspolna", "gorse-and-heather-beekeepers-club", "sallowmere-allotment-society"),
    *("ecole-des-eglantines-jardin-partage", "heimei-dukou-caiyuanhui", "orchard-lane-allotment-society"),
    "the-amalgamated-society-of-allotment-holders-window-box",
}
"""Those whose report is due, overdue or has never come by December 2026."""


DAY = ("--date", "2026-12-02")


def test_whoever_has_a_report_to_send_is_written_to_and_nobody_else(letters):
    """Not those who signed a version that asks for none, have reported, have time, withdrew or merged."""
    write_contacts(*(path.stem for path in (EXAMPLE / "signatories").glob("*.yml")))
    code, said, _ = letters("--to", "report-due", *DAY)
    assert (code, set(messages())) == (0, LATE)
    assert "10 letters to those whose report is due or overdue, in out/." in said


def test_a_letter_says_what_is_asked_until_when_and_how_to_send_it(letters):
    write_contacts("laka-wspolna", "sallowmere-allotment-society")
    letters("--to", "report-due", *DAY)
    found = messages()
    text, late = (body_text(found[slug]) for slug in ("laka-wspolna", "sallowmere-allotment-society"))
    assert "every 12 months, how it kept its promise. Your report on the time from 5 October 2025" in text
    assert "The last day for it is 5 January 2027.\n" in text
    assert "Thank you for your last report, of 1 December 2025." in text
    assert "The last day for it was 8 October 2026. It’s welcome all the same" in late
    assert f"{SITE}report/" in text
    assert f"{SITE}calendar/laka-wspolna.ics" in text
    address = re.search(r"Report with the form <(https://\S+)>", text)[1]
    known = {key: value[0] for key, value in parse_qs(address.partition("#form?")[2]).items()}
    period = {"period_start": "2025-10-05", "period_end": "2026-10-04"}
    assert known == {"request": Request.REPORT, "entry": "laka-wspolna", "name": "Łąka Wspólna", **period}


def test_the_lines_of_a_report_are_a_form_that_is_read_again(letters):
    """Completed, with a line as the letter shows one, in each language."""
    asked_in = {"laka-wspolna": "", "jharberi-ghat-bagh-sabha": "cy", "orchard-lane-allotment-society": "ar"}
    rows = [f"{slug},office@{slug}.example,,{tag}" for slug, tag in asked_in.items()]
    Path("private.csv").write_text("\n".join(["slug,email,name,language", *rows]), encoding="utf-8")
    letters("--to", "report-due", *DAY)
    for slug, tag in asked_in.items():
        text = body_text(messages()[slug])
        with use_language(tag or "en-GB"):
            label = interface.gettext("Principle by principle")
        (example,) = re.findall(r"open-ways\s=\s[^\n<]+", text)
        (line,) = re.findall(rf"(?m)^{label} \(.*\):$", text)
        completed = text.replace(line, f"{line} {example}")
        form = sign_up.read_forms(completed.encode(), kind="", name="reply.txt").forms[0]
        answers = {each.field.key: each.value for each in form.answers}
        assert (request_for(answers["request"]), answers["entry"]) == (Request.REPORT, slug)
        assert answers["principle_answers"] == example.strip()
        assert answers["period_end"] > answers["period_start"] > "2025"
