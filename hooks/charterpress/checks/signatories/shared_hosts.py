"""Websites on which many organisations have a page each, so that the name of the site is none of theirs.

Sites that give each of them a name of its own below theirs (github.io, wixsite.com) are in the Public Suffix
List, and need no line here. These are the others.
"""

from __future__ import annotations

SHARED = frozenset(
    {
        *(
            "facebook.com",
            "fb.com",
            "fb.me",
            "instagram.com",
            "threads.net",
            "x.com",
            "twitter.com",
            "linkedin.com",
        ),
        *(
            "youtube.com",
            "youtu.be",
            "tiktok.com",
            "vk.com",
            "weibo.com",
            "wechat.com",
            "t.me",
            "telegram.me",
        ),
        *("pinterest.com", "reddit.com", "discord.gg", "discord.com", "whatsapp.com", "wa.me", "meetup.com"),
        *("bsky.app", "mastodon.social", "medium.com", "substack.com", "tumblr.com", "linktr.ee", "bio.link"),
        *("google.com", "google.co.uk", "goo.gl", "business.site", "wordpress.com", "weebly.com", "webs.com"),
        *("squarespace.com", "wix.com", "godaddysites.com", "jimdo.com", "jimdosite.com", "strikingly.com"),
        *("notion.site", "notion.so", "carrd.co", "yolasite.com", "site123.me", "webnode.com", "hubspot.com"),
        *("e-monsite.com", "btck.co.uk", "webador.co.uk", "ueniweb.com"),
        *("justgiving.com", "gofundme.com", "crowdfunder.co.uk", "localgiving.org", "totalgiving.co.uk"),
        *(
            "easyfundraising.org.uk",
            "givey.com",
            "cafdonate.cafonline.org",
            "cafonline.org",
            "charitychoice.co.uk",
        ),
        *(
            "eventbrite.com",
            "eventbrite.co.uk",
            "gov.uk",
            "service.gov.uk",
            "nhs.uk",
            "europa.eu",
            "wikipedia.org",
        ),
        *(
            "archive.org",
            "github.com",
            "gitlab.com",
            "codeberg.org",
            "dropbox.com",
            "sharepoint.com",
            "bit.ly",
        ),
        *(
            "charitycommission.gov.uk",
            "company-information.service.gov.uk",
            "opencharities.org",
            "opencorporates.com",
        ),
        *("achurchnearyou.com", "e-voice.org.uk", "hugofox.com"),
    }
)
