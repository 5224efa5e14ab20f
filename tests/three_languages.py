"""A small charter in English, Welsh and Arabic with a site of its own, some of it not translated."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from builders import (
    SHAPES,
    make_charter,
    make_principle,
    make_section,
    make_signatory,
    make_theme,
    release_draft,
    write_charter,
    write_note,
    write_signatory,
)
from charterpress.model import Signature, Translation, TranslationEntry
from charterpress.read import load
from charterpress.text.po import write_po
from charterpress.versions.translations.step import in_step

ADDRESS = "https://harbour.example/under/"
LANGUAGES = {"": "en-GB", "cy/": "cy", "ar/": "ar"}
"""The language of the text below each prefix."""
MISSING = "ropes.summary"
"""The unit that the Arabic translation lacks."""
STALE = "ropes.promises.1"
"""The unit whose Arabic translation was made from another promise."""

REASON = (
    "A harbour belongs to everybody who comes in from the sea, and nobody can keep it alone. That is why we "
    "write down what each of us promises to all the others, in words that anybody can read."
)
PREAMBLE = (
    "We share one harbour, in fair weather and in storms. Each boat that ties up here depends on the people "
    "who tied up before it, and on those who will come after it in the night."
)
WORDS = {
    "Harbour Charter": ("Siarter yr Harbwr", "ميثاق الميناء"),
    "What those who share a harbour promise one another.": (
        "Yr hyn y mae'r rhai sy'n rhannu harbwr yn ei addo i'w gilydd.",
        "ما يتعهد به من يتشاركون الميناء بعضهم لبعض.",
    ),
    PREAMBLE: (
        (
            "Rydyn ni'n rhannu un harbwr, mewn tywydd teg ac mewn stormydd. Mae pob cwch sy'n clymu yma yn "
            "dibynnu ar y bobl a glymodd o'i flaen, ac ar y rhai a ddaw ar ei ôl yn ystod y nos."
        ),
        (
            "نحن نتشارك ميناء واحدا في الجو الصحو وفي العواصف. وكل قارب يرسو هنا يعتمد على الناس الذين رسوا "
            "قبله، وعلى أولئك الذين سيأتون بعده في الليل من البحر البعيد."
        ),
    ),
    "We promise to": ("Rydyn ni'n addo", "نتعهد بأن"),
    "Why it matters": ("Pam mae'n bwysig", "لماذا هذا مهم"),
    "What did you see from the quay?": ("Beth welsoch chi o'r cei?", "ماذا رأيت من الرصيف؟"),
    "boat club": ("clwb cychod", "نادي قوارب"),
    "ferry": ("fferi", "عبّارة"),
    "Moorings": ("Angorfeydd", "المراسي"),
    "Moorings in one sentence.": ("Angorfeydd mewn un frawddeg.", "المراسي في جملة واحدة."),
    "Moorings, to begin with.": ("Angorfeydd, i ddechrau.", "المراسي أولا."),
    "Leave room": ("Gadael lle", "ترك مكان"),
    "How we leave room.": ("Sut rydyn ni'n gadael lle.", "كيف نترك مكانا."),
    "leave room for one more boat.": ("gadael lle i un cwch arall.", "نترك مكانا لقارب آخر."),
    REASON: (
        (
            "Mae harbwr yn perthyn i bawb sy'n dod i mewn o'r môr, ac ni all neb ei gadw ar ei ben ei hun. "
            "Dyna pam rydyn ni'n ysgrifennu'r hyn y mae pob un ohonon ni'n ei addo i'r lleill, mewn geiriau "
            "y gall pawb eu darllen."
        ),
        (
            "الميناء ملك لكل من يأتي من البحر، ولا يستطيع أحد أن يحافظ عليه وحده. ولهذا نكتب ما "
            "يتعهد به كل منا للآخرين جميعا، بكلمات يستطيع أي إنسان أن يقرأها ويفهمها."
        ),
    ),
    "Ropes": ("Rhaffau", "الحبال"),
    "How we ropes.": ("Sut rydyn ni'n clymu rhaffau.", "كيف نربط الحبال."),
    "tie up with three ropes.": ("clymu â thair rhaff.", "نربط بحبلين."),
    "Does it.": ("Yn ei wneud.", "يفعل ذلك."),
    "It is seen.": ("Mae i'w weld.", "يُرى ذلك."),
    "It is taught.": ("Mae'n cael ei ddysgu.", "يُعلَّم ذلك."),
    "When did we last do it?": ("Pryd wnaethon ni hyn ddiwethaf?", "متى فعلنا ذلك آخر مرة؟"),
    "The harbour book, page 4": ("Llyfr yr harbwr, tudalen 4", "كتاب الميناء، الصفحة 4"),
}
"""What the charter says, in Welsh and in Arabic."""
STALE_SOURCE = "tie up with two ropes."
PAGE = f"# About the harbour\n\n{REASON} See [what is signed](charter/commitments.md).\n\n![](boat.svg)\n"
TRANSLATED = (
    f"# Am yr harbwr\n\n{WORDS[REASON][0]} Gweler [yr addewidion](charter/commitments.md).\n\n![](boat.svg)\n"
)
ENGLISH_ONLY = f"# The harbour's history\n\n{PREAMBLE}\n\n![](boat.svg) [Home](index.md)\n"
BOAT = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
CONFIGURATION = f"""site_name: Harbour Charter
site_url: {ADDRESS}
theme: {{name: material}}
plugins: [charterpress: {{pdf_certificates: 0}}]
"""


def _text(promise):
    principles = [
        make_principle(id, sections=(make_section("promises", items=(words,)), make_section(text=REASON)))
        for id, words in (("leave-room", "leave room for one more boat."), ("ropes", promise))
    ]
    return make_charter(themes=(make_theme("moorings", principles),), sections=SHAPES, preamble=PREAMBLE)


def _filled(entry: TranslationEntry, tag: str, place: int) -> TranslationEntry:
    words = WORDS[entry.source][place]
    if tag == "ar" and entry.unit == STALE:
        return replace(entry, text=words, previous=STALE_SOURCE, fuzzy=True)
    return entry if tag == "ar" and entry.unit == MISSING else replace(entry, text=words)


def write_project(folder: Path) -> Path:
    """Writes a site's project into `folder`, whose charter has two versions, and gives `folder`."""
    root = write_charter(folder, _text(STALE_SOURCE))
    release_draft(root, "2024-12-01", first=True)
    write_charter(folder, _text("tie up with three ropes."))
    write_note(root, "ropes")
    write_note(root, "charter", id="languages")
    settings = root / "charter.yml"
    settings.write_text(settings.read_text() + "language: en-GB\nlanguages: {cy: binding, ar: courtesy}\n")
    (root / "translations").mkdir()
    charter = load(root).charter
    for place, tag in enumerate(("cy", "ar")):
        made = in_step(charter, Translation(language=tag))
        made = replace(made, entries=tuple(_filled(each, tag, place) for each in made.entries))
        (root / "translations" / f"{tag}.po").write_text(write_po(made), encoding="utf-8", newline="\n")
    release_draft(root, "2025-06-01")
    write_signatory(root, make_signatory("quay-club", ("1.0.0", "2025-01-01")))
    signed = Signature(version="2.0.0", date="2025-07-01", role="Chair", language="cy")
    write_signatory(root, make_signatory("pier-club", signed=(signed,)))
    files = {
        "index.md": "## The harbour is open\n",
        "about.md": PAGE,
        "cy/about.md": TRANSLATED,
        "history.md": ENGLISH_ONLY,
        "boat.svg": BOAT,
    }
    for name, text in files.items():
        (folder / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / name).write_text(text, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    return folder


def release_another(root: Path, welsh: str, *, reason: str) -> None:
    """Releases a third version of the charter in `root`, which asks for four ropes, in English and Welsh."""
    (path,) = (each for each in root.glob("themes/*/*.md") if "three ropes" in each.read_text("utf-8"))
    words = path.read_text(encoding="utf-8").replace("three ropes", "four ropes")
    path.write_text(words, encoding="utf-8", newline="\n")
    edition = load(root)
    (own,) = (each for each in edition.translations if each.language == "cy")
    made = in_step(edition.charter, own)
    entries = (
        replace(each, text=welsh, previous="", fuzzy=False) if each.unit == STALE else each
        for each in made.entries
    )
    text = write_po(replace(made, entries=tuple(entries)))
    (root / "translations" / "cy.po").write_text(text, encoding="utf-8", newline="\n")
    write_note(root, "ropes", reason=reason)
    release_draft(root, "2025-08-01")
