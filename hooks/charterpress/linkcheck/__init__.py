"""Signatories → whether the page that each named links to the version it signed.

`page`, `site_address` and `verdict` judge what was fetched, without side effects; they are this package's
public names. `guard`, `fetch`, `robots` and `decompress` fetch a page, and `survey` all of them: import these
only to fetch pages, since they import the network.
"""

from charterpress.linkcheck.site_address import Site, charter_site
from charterpress.linkcheck.verdict import Answer, Question, Verdict, has_withdrawn, questions

__all__ = ["Answer", "Question", "Site", "Verdict", "charter_site", "has_withdrawn", "questions"]
