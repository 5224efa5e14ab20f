"""The rules about signatories, beyond their cases: honest entries pass, hostile ones do not."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import make_charter, make_release, make_signatory, write_charter, write_release, write_signatory
from charterpress.checks import check, without_invalid
from charterpress.model import Signature
from charterpress.read import load
from charterpress.text.slugs import name_slug

HONEST = {
    # Latin, in many languages
    "St. Mary’s & All Saints' Primary School": "",
    "42nd Street": "",
    "Age UK (Northern)": "",
    "NHS Greater Glasgow & Clyde": "",
    "THE SALVATION ARMY": "",
    "O’Brien, Ní Dhomhnaill + Daughters": "",
    "Môr a Mynydd Cyf.": "",
    "Ysgol Gyfun Gŵyr": "",
    "Comhairle nan Eilean Siar": "",
    "Sräid na bhFiann – An Lár": "",
    "Ärzte ohne Grenzen e. V.": "",
    "Straßenkinder Köln gGmbH": "",
    "Secours populaire français – Fédération du Val-d’Oise": "",
    "L’Arche à Œuvres": "",
    "Fundació Paral·lel 24/7": "",
    "Fundación Niños & Niñas de Ávila, A.C.": "",
    "Associação Mão-na-Mão": "",
    "Cooperativa sociale Città Aperta": "",
    "Stichting ’t Lichtpunt": "",
    "Røde Kors Ålesund": "",
    "Íþróttafélagið Þór": "",
    "Åbo Folkhälsan rf": "",
    "Eesti Õpilaste Ühing MTÜ": "",
    "Fundacja Żółta Łódź": "",
    "Spolek Příšerně žluťoučký kůň": "",
    "Egyesület a Gyermekekért – Győr": "",
    "Asociația Șansa Țării": "",
    "Udruga Đakovo Šećer": "",
    "Kadın Dayanışma Vakfı İstanbul": "",
    "Tổ chức Trẻ em Đà Nẵng": "",
    "Hawaiʻi Kākou": "",
    "Te Rūnanga o Ngāi Tahu": "",
    "Ƙungiyar Mata ta Ɗanja": "",
    "Ẹgbẹ́ Àwọn Ọ̀dọ́": "",
    "ǃKhwa ttu": "",
    "1st Harrogate (St Peter's) Scout Group": "",
    "7-Eleven Housing Co-op": "",
    "C3 / Church": "",
    "@ease Youth Café": "",
    "Yes! Foundation": "",
    "Why Not? Collective": "",
    "100% Wool Co-operative": "",
    "Team #1": "",
    "e-Learning.org": "",
    "1914–1918 Memorial Trust": "",
    "Route 20 50 100 Cyclists": "",
    # Other scripts, with how they write themselves in Latin letters
    "Ассоциация «Добрые соседи»": "Assotsiatsiya Dobrye sosedi",
    "Благодійний фонд «Їжа життя»": "Food for Life Ukraine",
    "Удружење грађана Љиљан": "Udruženje građana Ljiljan",
    "Сдружение „Щит“": "Shtit",
    "Ένωση Πολιτών για την Παρέμβαση": "Enosi Politon",
    "Հայ Օգնության Միություն": "Armenian Relief Society",
    "საქართველოს წითელი ჯვარი": "Sakartvelos Tsiteli Jvari",
    "עמותת ידיד נפש בע״מ": "Amutat Yedid Nefesh",
    "יִדישע געזעלשאַפֿט": "Yidishe Gezelshaft",
    "جمعية الهلال الأحمر": "Jamiyat al-Hilal al-Ahmar",
    "انجمن حمایت از حقوق کودکان می‌خواهیم": "Anjoman-e Hemayat",
    "انجمن ترقی اردو": "Anjuman-i Taraqqi-i Urdu",
    "ܡܛܟܣܬܐ ܐܬܘܪܝܬܐ": "Mtakasta Atoreta",
    "ދިވެހި ޖަމްޢިއްޔާ": "Dhivehi Jamiyya",
    "ߒߞߏ ߘߎߡߓߎ": "N’Ko Dumbu",
    "የኢትዮጵያ ቀይ መስቀል ማኅበር": "Ethiopian Red Cross",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ ⵜⴰⵎⵙⵎⵓⵏⵜ": "Tamsmunt Tamazight",
    "सेवा भारती न्यास": "Seva Bharati",
    "क्‍षेत्रीय विकास संस्था": "Kshetriya Vikas",
    "বাংলাদেশ মহিলা পরিষদ": "Bangladesh Mahila Parishad",
    "ਗੁਰੂ ਨਾਨਕ ਸੇਵਾ": "Guru Nanak Seva",
    "ગુજરાત સેવા સંઘ": "Gujarat Seva Sangh",
    "ଓଡ଼ିଶା ବିକାଶ": "Odisha Bikash",
    "தமிழ் வளர்ச்சிக் கழகம்": "Tamil Valarchi Kazhagam",
    "తెలుగు భాషా సమితి": "Telugu Bhasha Samiti",
    "ಕನ್ನಡ ಸಾಹಿತ್ಯ ಪರಿಷತ್ತು": "Kannada Sahitya Parishat",
    "കേരള ശാസ്ത്ര സാഹിത്യ പരിഷത്ത്": "Kerala Sasthra Sahithya Parishath",
    "ශ්‍රී ලංකා රතු කුරුස සමිතිය": "Sri Lanka Red Cross",
    "བོད་ཀྱི་བུད་མེད་ལྷན་ཚོགས།": "Tibetan Women’s Association",
    "มูลนิธิเด็กABC": "Munnithi Dek ABC",
    "ສະຫະພັນແມ່ຍິງລາວ": "Lao Women’s Union",
    "မြန်မာနိုင်ငံ ကြက်ခြေနီအသင်း": "Myanmar Red Cross",
    "អង្គការ មិត្តសំឡាញ់": "Mith Samlanh",
    "ᠮᠣᠩᠭᠣᠯ ᠤᠯᠠᠭᠠᠨ": "Mongol Ulagan",
    "特定非営利活動法人こども食堂ネットワーク": "Kodomo Shokudo Network",
    "ＮＰＯ法人ＡＢＣサポート": "ABC Support",
    "NPO法人Ｔシャツ": "T-shirt",
    "中国红十字会（北京）": "Zhongguo Hongshizi Hui",
    "社團法人臺灣ㄅㄆㄇ協會": "Taiwan Bopomofo",
    "아름다운 재단 KBS": "Beautiful Foundation",
    "ᏣᎳᎩ ᎠᏰᎵ": "Cherokee Nation",
    "ᐃᓄᐃᑦ ᑕᐱᕇᑦ": "Inuit Tapiriit",
    "ꯃꯅꯤꯄꯨꯔ": "Manipur",
    "ᱥᱟᱱᱛᱟᱲᱤ": "Santali",
    "ꦱꦺꦴꦭ": "Sala",
    "ᨅᨔ ᨕᨘᨁᨗ": "Basa Ugi",
}
"""Names as organisations have them, in more than thirty scripts, with their `name_latin`."""


@pytest.fixture
def root(tmp_path):
    """A charter whose version 1.0.0 can be signed."""
    folder = write_charter(tmp_path, make_charter(signatory_kinds=("boat club", "ferry")))
    write_release(folder, make_release())
    return folder


def found(root, today="2026-11-23", **outside):
    """The findings in the signatories' files."""
    return check(replace(load(root, shown="charter"), today=today, **outside))


def rules(root, *several, **outside):
    """The rules that find something in a register of these, and no other."""
    for each in several:
        write_signatory(root, each)
    return [finding.rule for finding in found(root, **outside)]


def scripts() -> set[str]:
    """The scripts of the honest names."""
    from confusable_homoglyphs import categories  # noqa: PLC0415 - asked for here alone

    return {categories.alias(each) for name in HONEST for each in name if each.isalpha()} - {"COMMON"}


def test_honest_names_pass(root):
    """With apostrophes, ampersands, accents, digits, brackets, in all capitals, in more than 30 scripts."""
    assert len(HONEST) >= 60
    assert len(scripts()) >= 30
    several = [
        make_signatory(
            name_slug(latin or name), name=name, name_latin=latin, website=f"https://org-{place}.org.uk/"
        )
        for place, (name, latin) in enumerate(HONEST.items())
    ]
    assert rules(root, *several) == []


HOSTILE = {
    "<img src=x onerror=alert(1)>": [],
    "</script><script>alert(1)</script>": [],
    "[x](javascript:alert(1))": [],
    "{{ config.secret }}": [],
    "| a | b |": [],
    "=1+1": [],
    "Harbour\u202etsurT": ["bidi-control"],
    "Harb\u200bour": ["zero-width"],
    "Harb\u0430ur": ["signatory-characters"],
    "H\u03b1rbour": ["signatory-characters"],
    "\u0555xfam": ["signatory-characters"],
    "H" + "\u0301" * 9 + "arbour": ["signatory-characters"],
    "\U0001d407\U0001d41a\U0001d42b\U0001d41b": ["signatory-characters"],
    "\ue000 Trust": ["signatory-characters"],
    "…": ["signatory-name"],
    "x" * 121: ["signatory-length"],
}


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_names_that_deceive_are_found_and_odd_ones_are_not(root, name):
    """What would run or break a page is shown as itself, and is no fault; what cannot be seen is one."""
    several = make_signatory(name_slug(name) or "dots", name=name, website="https://quay.org.uk/")
    assert rules(root, several) == HOSTILE[name]


ADDRESSES = {
    "https://www.harbour.org.uk/a/b?c=d&e=f#g": None,
    "http://harbour.org": None,
    "HTTPS://Harbour.ORG/Über-uns/(x)": None,
    "https://bücher.de/": None,
    "https://xn--bcher-kva.de/": None,
    "https://пример.рф/": None,
    "https://例え.jp": None,
    "https://mastodon.social/@harbour": None,
    "https://harbour.org.uk./": None,
    "https://www.quay.example/": None,
    "https://a.b.harbour.co.uk/~quay/100%25": None,
    "https://nhs.uk/": None,
    "javascript:alert(1)": "address-form",
    "JaVaScRiPt://example.org/%0aalert(1)": "address-form",
    "data:text/html,x": "address-form",
    "ftp://harbour.org/": "address-form",
    "//harbour.org/": "address-form",
    "www.harbour.org": "address-form",
    "harbour.org": "address-form",
    "mailto:x": "address-form",
    "https:/harbour.org": "address-form",
    "https:harbour.org": "address-form",
    "https:\\\\harbour.org": "address-form",
    "https://harbour.org\\@evil.org": "address-form",
    "https://harbour.org/a b": "address-form",
    "https://harbour.org/<script>": "address-form",
    'https://harbour.org/"onclick=': "address-form",
    "https://user@harbour.org/": "address-user",
    "https://user:word@harbour.org/": "address-user",
    "https://harbour.org@evil.org/": "address-user",
    "https://harbour.org＠evil.org/": "address-user",
    "https://harbour.org:443/": "address-host",
    "https://harbour.org:8080/": "address-host",
    "https://harbour.org:/": "address-host",
    "https://127.0.0.1/": "address-host",
    "https://127.1/": "address-host",
    "https://2130706433/": "address-host",
    "https://0x7f000001/": "address-host",
    "https://0x7f.0.0.1/": "address-host",
    "https://0177.0.0.1/": "address-host",
    "https://127.0.0.1./": "address-host",
    "https://１２７.０.０.１/": "address-host",
    "https://127。0。0。1/": "address-host",
    "https://[::1]/": "address-host",
    "https://[::ffff:127.0.0.1]/": "address-host",
    "https://8.8.8.8/": "address-host",
    "https://localhost/": "address-host",
    "https://intranet/": "address-host",
    "https://printer.local/": "address-host",
    "https://wiki.internal/": "address-host",
    "https://harbour.test/": "address-host",
    "https://harbour.invalid/": "address-host",
    "https://harbour.localhost/": "address-host",
    "https://abc.onion/": "address-host",
    "https://1.0.0.127.in-addr.arpa/": "address-host",
    "https://harbour.nosuchtld/": "address-host",
    "https://example/": "address-host",
    "https://-harbour.org/": "address-host",
    "https://harbour..org/": "address-host",
    "https://.org/": "address-host",
    "https:///path": "address-host",
    "https://%31%32%37.0.0.1/": "address-host",
    "https://har%00bour.org/": "address-host",
    "https://" + "a." * 130 + "org/": "address-host",
    "https://harbour.org/" + "x" * 500: "signatory-length",
}


@pytest.mark.parametrize("address", ADDRESSES, ids=ascii)
def test_addresses_lead_to_public_sites_alone(root, address):
    """As the website and as a signature's link; one fault, one finding each."""
    signed = (Signature(version="1.0.0", date="2024-12-01", role="Chair", link=address),)
    rule = ADDRESSES[address]
    assert rules(root, make_signatory(website=address, signed=signed)) == ([rule] * 2 if rule else [])


CONTACTS = {
    "Write to jo.bloggs@harbour.org.uk.": "contact-email",
    "info＠harbour.org": "contact-email",
    "jo [at] harbour (dot) org": "contact-email",
    "Find us @harbour and @quay.": None,
    "We met at Quay (at low tide).": None,
    "Ring 020 7946 0958.": "contact-telephone",
    "Ring +44 20 7946 0958.": "contact-telephone",
    "(0131) 225 1234": "contact-telephone",
    "07911123456": "contact-telephone",
    "０２０ ７９４６ ０９５８": "contact-telephone",
    "Ring +1 212 555 0100": "contact-telephone",
    "From 1914-1918 to 2024-2025, and 01.02.1988.": None,
    "12,500,000 meals in 2024, 24/7, 365 days; 1,234 5,678.": None,
    "Charity 1234567, company 01234567.": None,
    "We will act within 48 hours, 7 days, and 2026-12-01.": None,
    "Postcode LS1 4AP, 10-12 High Street.": None,
}


@pytest.mark.parametrize("words", CONTACTS)
def test_people_are_kept_out(root, words):
    """In a pledge as in a comment, and figures of other kinds are left alone."""
    rule = CONTACTS[words]
    assert rules(root, make_signatory(pledge=words, website="https://quay.org.uk")) == (
        [rule] if rule else []
    )
    path = write_signatory(root, make_signatory(website="https://quay.org.uk"))
    path.write_text(path.read_text() + f"# {words}\n")
    assert [finding.rule for finding in found(root)] == ([rule] if rule else [])


def test_an_address_to_dial_is_a_telephone_number_too(root):
    """And so is an e-mail address within a web address; a number in a path is neither."""
    for address, expected in {
        "https://wa.me/447911123456": ["contact-telephone"],
        "https://harbour.org/?phone=%2B442079460958": ["contact-telephone"],
        "https://harbour.org/?to=jo%40harbour.org": ["contact-email"],
        "https://harbour.org/charity/02079460958": [],
    }.items():
        assert rules(root, make_signatory(website=address)) == expected


ROLES = {
    "Jane Smith": True,
    "JANE SMITH": False,
    "Dr Jane": True,
    "Mr. Smith": True,
    "Jane Smith, Chief Executive": True,
    "Chief Executive (Jane Smith)": True,
    "J. R. Smith": True,
    "Иван Петров": True,
    "Chief Executive": False,
    "Chair of Trustees": False,
    "Vice-Chair": False,
    "Director of Children’s Services": False,
    "Head of Policy & Practice": False,
    "Clerk to the Council": False,
    "CEO": False,
    "Geschäftsführerin": False,
    "Directrice Générale": False,
    "Генеральный директор": False,
    "理事長": False,
    "Honorary Secretary, on behalf of the committee": False,
    "Convenor": False,
    "Town Clerk": False,
    "Lay Reader": True,
}
"""A role, and whether it is taken for a name. The last one is wrong, which a warning may be."""


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_looks_like_a_name_is_pointed_out(root, role):
    """As a warning: a person decides."""
    signed = (Signature(version="1.0.0", date="2024-12-01", role=role),)
    assert rules(root, make_signatory(signed=signed)) == (["role-name"] if ROLES[role] else [])


# --- Twice -------------------------------------------------------------------------------------------


def pair(root, one, other, **outside):
    """What is found where these two are in one register, by the name of the file and of the other one."""
    names = [
        {"slug": f"org-{place}", "name": f"Org {place}"} | each for place, each in enumerate((one, other), 1)
    ]
    for each in names:
        write_signatory(root, make_signatory(**{"website": f"https://{each['slug']}.org.uk/"} | each))
    return [(f.rule, f.path.rpartition("/")[2], *f.about) for f in found(root, **outside)]


SECOND = ("org-2.yml", "charter/signatories/org-1.yml")
TWINS = {
    "twin-registration": [
        ({"registration": "GB-CHC-1234567"}, {"registration": "GB-CHC-1234567"}),
    ],
    "twin-website": [
        ({"website": "https://www.quay.org.uk/"}, {"website": "http://quay.org.uk/about"}),
        ({"website": "https://a.quay.org.uk/"}, {"website": "https://b.quay.org.uk/"}),
        ({"website": "https://facebook.com/quay"}, {"website": "https://m.facebook.com/Quay/"}),
        (
            {"website": "https://a.quay.org.uk/", "registration": "GB-CHC-1234567"},
            {"website": "https://quay.org.uk/"},
        ),
        (
            {"website": "https://quay.org.uk/", "registration": "GB-CHC-1234567"},
            {"website": "https://quay.org.uk/", "registration": "GB-COH-01234567"},
        ),
    ],
    "": [
        ({"website": "https://facebook.com/quay"}, {"website": "https://facebook.com/harbour"}),
        ({"website": "https://quay.wordpress.com/"}, {"website": "https://harbour.wordpress.com/"}),
        ({"website": "https://quay.github.io/"}, {"website": "https://harbour.github.io/"}),
        ({"website": "https://leeds.gov.uk/"}, {"website": "https://york.gov.uk/"}),
        ({"website": "https://www.gov.uk/quay"}, {"website": "https://www.gov.uk/harbour"}),
        ({"website": "https://a.leeds.sch.uk/"}, {"website": "https://b.leeds.sch.uk/"}),
        (
            {"website": "https://quay.org.uk/leeds", "registration": "GB-CHC-1234567"},
            {"website": "https://quay.org.uk/york", "registration": "GB-CHC-1234568"},
        ),
    ],
}


@pytest.mark.parametrize(("rule", "one", "other"), [(rule, *each) for rule in TWINS for each in TWINS[rule]])
def test_one_organisation_that_is_entered_twice_is_told_with_the_other_file(root, rule, one, other):
    """By its registration and by its website, but not by a site that many share."""
    assert pair(root, one, other) == ([(rule, *SECOND)] if rule else [])


NAMES = [
    ("Harbour Trust", "Harbour Ltd", "twin-name"),
    ("Harbour Trust", "The HARBOUR trust.", "twin-name"),
    ("Harbour CIO", "Harbour Community Interest Company", "twin-name"),
    ("Quay & Sons Ltd", "Quay and Sons", "twin-name"),
    ("St. Mary’s", "St Mary's", "twin-name"),
    ("Hafen e. V.", "Hafen gGmbH", "twin-name"),
    ("Stichting Haven", "Haven B.V.", "twin-name"),
    ("Ｈａｒｂｏｕｒ", "Harbour", "twin-name"),
    ("Illinois Quay", "lllinois Quay", "twin-lookalike"),
    ("0xford Quay", "Oxford Quay", "twin-lookalike"),
    ("Café Quay", "Cafe Quay", "twin-lookalike"),
    ("Harbour North", "Harbour South", ""),
    ("Harbour Trust", "Harbour Trust North", ""),
    ("Trust", "Ltd", ""),
]


@pytest.mark.parametrize(("one", "other", "rule"), NAMES)
def test_one_name_written_twice_is_told(root, one, other, rule):
    """Without its legal form, signs and capitals; and where it only looks the same."""
    slugs = [name_slug(one), name_slug(other)]
    slugs[1] += "-2" if slugs[0] == slugs[1] else ""
    told = pair(root, {"name": one, "slug": slugs[0]}, {"name": other, "slug": slugs[1]})
    expected = [] if slugs[1].endswith("-2") or not rule else [rule]
    assert [each[0] for each in told] == expected


def test_a_look_alike_from_another_alphabet_is_told(root):
    """СОСА in Cyrillic letters beside COCA in Latin ones."""
    told = pair(
        root,
        {"name": "COCA", "slug": "coca"},
        {"name": "\u0421\u041e\u0421\u0410", "slug": "sosa", "name_latin": "Sosa"},
    )
    assert told == [("twin-lookalike", "sosa.yml", "charter/signatories/coca.yml")]


def test_the_finding_is_in_the_file_that_a_proposal_adds(root):
    """Though its name comes first."""
    added = frozenset({"charter/signatories/org-1.yml"})
    same = {"registration": "GB-CHC-1234567"}
    told = pair(root, same, same, touched=added)
    assert told == [("twin-registration", "org-1.yml", "charter/signatories/org-2.yml")]


def test_both_of_a_pair_stay_on_the_register(root):
    """Until a person decides."""
    pair(root, {"website": "https://quay.org.uk/"}, {"website": "https://quay.org.uk/"})
    edition = load(root, shown="charter")
    assert len(without_invalid(edition, check(edition)).signatories) == 2


# --- Registrations -----------------------------------------------------------------------------------

REGISTRATIONS = {
    "GB-CHC-1234567": None,
    "GB-CHC-202918-1": None,
    "GB-SC-SC012345": None,
    "GB-NIC-100123": None,
    "GB-COH-01234567": None,
    "GB-COH-SC123456": None,
    "GB-COH-IP12345R": None,
    "GB-MPR-IP031455": None,
    "GB-MPR-235C": None,
    "US-EIN-12-3456789": None,
    "CN-11-CR-91110000": None,
    "BE-BCE_KBO-0123456789": None,
    "CA_ON-ONT-123456": None,
    "XI-LEI-5493001KJTIIGC8Y1R12": None,
    "XI-LEI-5493001KJTIIGC8Y1R13": "registration-form",
    "AU-ABN-51824753556": None,
    "AU-ABN-51824753557": "registration-form",
    "1234567": "registration-form",
    "gb-chc-1234567": "registration-form",
    "GB-CHC": "registration-form",
    "GB-CHC-": "registration-form",
    "GB-CHC-SC012345": "registration-form",
    "GB-CHC-12345678": "registration-form",
    "GB-SC-012345": "registration-form",
    "GB-COH-1234567": "registration-form",
    "GB-COH-<b>": "registration-form",
    "ZM-PCR-javascript:": "registration-form",
    "GB-CIC-01234567": "registration-scheme",
    "ZZ-TOP-1": "registration-scheme",
}


@pytest.mark.parametrize("registration", REGISTRATIONS)
def test_registrations_are_those_of_a_register(root, registration):
    """A form that is wrong is an error; a register that we do not know, a warning."""
    rule = REGISTRATIONS[registration]
    assert rules(root, make_signatory(registration=registration)) == ([rule] if rule else [])


# --- Many, and broken --------------------------------------------------------------------------------


def test_one_bad_file_among_five_hundred_is_left_out_alone(root):
    """The others stand."""
    for place in range(500):
        write_signatory(root, make_signatory(f"quay-{place}"))
    (root / "signatories" / "quay-77.yml").write_text("name: [\n")
    (root / "signatories" / "quay-78.yml").write_text("name: Quay 78\nkind: pirate\n")
    edition = load(root, shown="charter")
    left = {each.slug for each in without_invalid(edition, check(edition)).signatories}
    assert left == {f"quay-{place}" for place in range(500)} - {"quay-77", "quay-78"}


@pytest.mark.serial
def test_reading_and_checking_many_is_quick_and_grows_in_a_straight_line(root):
    """Less than two milliseconds of processor time a file (it takes 0.6 where this was written), even where
    all share a website, a name and a look."""
    times = []
    for count in (150, 600):
        for place in range(count):
            one = make_signatory(f"quay-{place}", name="Quay Trust", website="https://quay.org.uk/")
            write_signatory(root, replace(one, registration=f"GB-CHC-{1000000 + place % 3}"))
        start = time.process_time()
        assert found(root)
        times.append((time.process_time() - start) / count)
    assert times[1] < max(times[0] * 2, 0.002)


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=40))
def test_no_words_are_an_exception(root, name, address, date):
    """Whatever stands in a file, the check answers."""
    (root / "signatories").mkdir(exist_ok=True)
    lines = [f"name: '{name}'", f"website: 'https://{address}'", f"pledge: {name}{address}", "signed:"]
    lines += [f"  - {{version: {date}, date: '{date}', role: {name}}}", f"withdrawn: {{date: {date}}}"]
    (root / "signatories" / "any.yml").write_text("\n".join(lines), encoding="utf-8", errors="replace")
    assert check(load(root)) != ()
