"""Signatories → whether the page that each named links to the version it signed.

`page`, `site_address` and `verdict` judge what was fetched, `record` says what is kept of it, and all touch
nothing; they are what this package gives. `guard`, `fetch` and `decompress` fetch it, and `survey` asks about
everybody: import these only where pages are to be fetched, since they bring the network with them."""

from charterpress.linkcheck.record import record, record_bytes
from charterpress.linkcheck.site_address import Site, charter_site
from charterpress.linkcheck.verdict import Answer, Question, Verdict, questions
