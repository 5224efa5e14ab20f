"""The register → calendars (RFC 5545) of when reports are due: one for each organisation, one of them all.

They follow from the releases and the register alone, and name no hour: a day is the same in every time zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from charterpress.outputs.feeds.atom import IDS, RLM
from charterpress.text.dates import day_in_words
from charterpress.text.escape import replace_invalid_xml
from charterpress.text.interface import N_, direction, ngettext, number, use_language
from charterpress.text.interface import gettext as _
from charterpress.views import addresses
from charterpress.views.report_days import ReportDay, by_day, report_days
from charterpress.views.signatories import RegisterView
from charterpress.views.signed_text import SignedText

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//charterpress//reports//EN"
MAX_NAMES = 50
"""How many organisations an event names."""
# Translators: the title of an event in a calendar, after the charter’s.
_TITLES = {False: N_("{charter}: time to report"), True: N_("{charter}: last day to report")}
_Cached = Callable[[object, Callable[[], bytes]], bytes]
"""What keeps a calendar, as `DocumentCache.cached` does, by what it is made of."""


@dataclass(frozen=True, kw_only=True)  # no slots: what is worked out once is kept
class Calendars:
    """The calendars of a register. `site` is the address of the site, which ends in a slash, or '' if it is
    not known; `cached` keeps what was made for the next build. They are in the language that an organisation
    signed in, and that of them all is in the language in use."""

    register: RegisterView
    site: str
    cached: _Cached = lambda _content, make: make()

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield each calendar by its address; none for a charter that asks nobody for reports."""
        if not self._days:
            return
        made_of = {slug: self._content(days) for slug, days in self._days.items()}
        everybody: list[object] = [
            "calendars",
            self.register.day,
            self.register.own_text.title,
            *made_of.values(),
        ]
        yield addresses.REPORTS_CALENDAR, self._kept(everybody, self._of_everybody)
        for slug, days in self._days.items():
            make = partial(self._of_one, self.register.signed_text(days[0].entry), days)
            yield addresses.reports_calendar_address(slug), self._kept(["calendar", *made_of[slug]], make)

    def _kept(self, content: list[object], make: Callable[[], bytes]) -> bytes:
        return self.cached([self.site, self._namespace, *content], make)

    def _content(self, days: Sequence[ReportDay]) -> list[object]:
        """What the calendar of an organisation is made of, and its part in that of everybody."""
        who, text = days[0].entry.signatory, self.register.signed_text(days[0].entry)
        content: list[object] = [who.slug, who.formerly, who.name, text.page, text.title, text.prefix]
        return content + [
            ((each.period.start, each.period.due, each.period.until), each.day, each.notice, each.known)
            for each in days
        ]

    @cached_property
    def _days(self) -> dict[str, tuple[ReportDay, ...]]:
        """The days of each organisation that has some, by its slug."""
        reports = self.register.reports
        if reports is None:
            return {}
        held = ((each, reports.reported[each.signatory.slug]) for each in self.register.active)
        days = {each.signatory.slug: report_days(each, due, reports.releases) for each, due in held}
        return {slug: days_ for slug, days_ in days.items() if days_}

    @cached_property
    def _settled(self) -> str:
        """The last day on which something of the register changed who is due: an event of several that one of
        them leaves is newer than before, or programs keep what they have."""
        reports, entries = self.register.reports, self.register.entries
        published = (each.published for entry in entries for each in (reports.of(entry) if reports else ()))
        return max([*(max(each.since, each.signature.date) for each in entries), *published])

    @cached_property
    def _namespace(self) -> str:
        """What the ids of this charter's events follow from, wherever its site is."""
        return next(iter(self.register.releases.values())).sha256

    def _of_one(self, text: SignedText, days: Sequence[ReportDay]) -> bytes:
        who = days[0].entry.signatory
        with use_language(text.page):
            page = f"{self.site}{text.prefix}{addresses.signatory_address(who.slug)}" if self.site else ""
            title = _("{charter}: reports of {name}").format(charter=text.title, name=who.name)
            calendar = _calendar(title, page)
            for each in days:
                calendar.add_component(
                    self._event(
                        (each,),
                        name=(*who.formerly, who.slug)[0],
                        title=_(_TITLES[each.last]).format(charter=text.title),
                        about=_about(each, f"{self.site}{text.prefix}" if self.site else ""),
                        page=page,
                        language=text.page,
                        known=each.known,
                    )
                )
            return _written(calendar)

    def _of_everybody(self) -> bytes:
        text = self.register.own_text
        page = f"{self.site}{addresses.REGISTER}" if self.site else ""
        calendar = _calendar(_("{charter}: reports that are due").format(charter=text.title), page)
        days = (each for of_one in self._days.values() for each in of_one)
        asked = (each for each in days if each.entry.signatory.asked_itself)
        for group in by_day(each for each in asked if each.period.start <= self.register.day):
            last, count = group[0].last, len(group)
            title = (
                ngettext("Last day for {count} report", "Last day for {count} reports", count)
                if last
                else ngettext("{count} report is due", "{count} reports are due", count)
            )
            calendar.add_component(
                self._event(
                    group,
                    name="",
                    title=f"{text.title}: {title.format(count=number(count))}",
                    about="\n".join(_names(group, self.site)),
                    page="",  # it is that of the calendar
                    language=text.page,
                    known=self._settled,
                )
            )
        return _written(calendar)

    def _event(
        self,
        days: Sequence[ReportDay],
        *,
        name: str,
        title: str,
        about: str,
        page: str,
        language: str,
        known: str,
    ) -> Event:
        from icalendar import Alarm, Event  # noqa: PLC0415 - slow to import, and many charters ask for no reports

        first, event = days[0], Event()
        day = date.fromisoformat(first.day)
        settled = date.fromisoformat(known)
        which = f"{name} {first.day}{' last' if first.last else ''}"
        event.add("uid", str(uuid5(IDS, f"{self._namespace} report {which}")))
        event.add("dtstamp", datetime(settled.year, settled.month, settled.day, tzinfo=UTC))
        event.add("dtstart", day)  # a date alone is one day long
        event.add("summary", _text(title), parameters={"LANGUAGE": language})
        event.add("description", _text(about), parameters={"LANGUAGE": language})
        event.add("transp", "TRANSPARENT")
        if page:
            event.add("url", page)
        if first.notice:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", _text(title))
            alarm.add("trigger", timedelta(days=-first.notice))
            event.add_component(alarm)
        return event


def _about(day: ReportDay, site: str) -> str:
    """What an event of one organisation says; `site` is the address of the site in its language, or ''."""
    period = day.period
    end = date.fromisoformat(period.due) - timedelta(days=1)
    said = _(
        "{name} says how it kept its promise from {start} to {end}. The last day for its report is {until}."
    ).format(
        name=day.entry.signatory.name,
        start=day_in_words(period.start),
        end=day_in_words(end.isoformat()),
        until=day_in_words(period.until),
    )
    how = _("How to report: {address}").format(address=f"{site}{addresses.SIGN}") if site else ""
    return "\n".join(filter(None, (said, how)))


def _names(days: Sequence[ReportDay], site: str) -> Iterator[str]:
    """Yield the name and the page of each organisation whose day it is."""
    for each in days[:MAX_NAMES]:
        who = each.entry.signatory
        yield f"{who.name}: {site}{addresses.signatory_address(who.slug)}" if site else who.name
    if more := len(days[MAX_NAMES:]):
        yield ngettext("and {count} more", "and {count} more", more).format(count=number(more))


def _calendar(title: str, page: str) -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415 - as above

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _text(title))
    calendar.add("x-wr-calname", _text(title))  # programs that know no RFC 7986
    if page:
        calendar.add("url", page)
    calendar.add("refresh-interval", timedelta(weeks=1), parameters={"VALUE": "DURATION"})
    return calendar


def _text(words: str) -> Any:  # noqa: ANN401 - icalendar has no type for what it is given
    """Words of the public as a calendar has them: no controls, and from the right where the language is."""
    clean = replace_invalid_xml(words.replace("\r", " "))
    return _text_type()(RLM + clean if direction() == "rtl" else clean)


@cache
def _text_type() -> Any:  # noqa: ANN401 - as above
    from icalendar import vText  # noqa: PLC0415 - as above

    class Text(vText):
        """Text of which every sign is kept: the library takes a backslash and an N for the end of a line."""

        def to_ical(self) -> bytes:
            escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
            return escaped.replace("\n", "\\n").encode()

    return Text


def _written(calendar: Calendar) -> bytes:
    return bytes(calendar.to_ical())
