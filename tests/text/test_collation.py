"""Words in the order of their language's alphabet."""

import pytest

from charterpress.text.collation import collation_of, sort_key
from charterpress.text.interface import use_language

ORDERS = {
    "en": "about Zürich",
    "cy": "Cyngor Chwarae Dawns Ddu Eglwys Fferm Gardd Ngharad Lôn Llan Rasio Rhyl Tŷ Thomas Wrecsam Ynys",
    "sv": "Andersson Zetterberg Åberg Ängel Örn",
    "fi": "Aalto Zeppelin Åbo Äiti Öljy",
    "da": "Bager Zebra Æble Østergaard Aarhus Åse",
    "nb": "Bodø Zoo Ærlig Øst Ås",
    "de": "Ahorn Ärzte Azur Öko Otto Straße Strauch",
    "es": "nube nuez ñandú oso",
    "cs": "cena čaj dub had chata ibis řeka šum žito",
    "sk": "cena čaj dub had chata ibis osa ôsmy",
    "hr": "cvijet čaj ćup dan džep đak list ljeto noć njiva sunce šuma zora žito",
    "hu": "cukor csap dal dzama dzsem gomb gyár sál szél tea tyúk zab zseb",
    "pl": "cap ćma lato łąka nos ńufel osa óć sad śnieg zebra źle żal",
    "tr": "cam çam dağ hız ılık iyi kar oda ördek sarı şeker uç üç",
    "ro": "an ăl âl bun in în sat șal tac țap",
    "is": "api ári dagur ðö eldur él þorp ætt ösp",
    "et": "saar šokk zebra žanr tamm õun ära öö ülo",
    "lt": "cukrus čia yla ilgas jis",
    "lv": "cits čau gads ģen kas ķer",
    "vi": "an ăn ân du đu em êm ong ông ơn tu tư",
    "sq": "cak çaj dash dhe ec ëm gur gjak",
    "mt": "abjad ċar car ġar gar għar hawn ħ id żar zar",
    "ru": "ёж ель йод кот яма Zebra",
    "uk": "гай ґава дім єдність жар ива їжак йод",
    "bg": "ад юг яд",
    "el": "αγορά βήμα ωδή Athens",
    "he": "אב בית תל Tel",
    "ar": "أحمد بيت تفاح ثلج جمعية مدرسة هدى وردة يد Bristol",
    "fa": "آب پدر چای ژاله کار گل وام هوا یار",
}
"""Words of each language in the order that CLDR has for it, as Perl's Unicode::Collate::Locale sorts
them; but for scripts, of which a language's own comes first."""


@pytest.mark.parametrize("tag", ORDERS)
def test_words_come_in_the_order_of_their_alphabet(tag):
    words = ORDERS[tag].split()
    assert sorted(sorted(words), key=collation_of(tag).key) == words


@pytest.mark.parametrize(
    ("tag", "name", "letter"),
    [
        ("cy", "Llanelli", "Ll"),
        ("cy", "Chwaraeon Cymru", "Ch"),
        ("cy", "Yr Urdd", "U"),
        ("cy", "The Thomas Trust", "Th"),
        ("cy", "Ysgol", "Y"),
        ("en", "Llanelli", "L"),
        ("en", "The Élan", "E"),
        ("tr", "İstanbul", "İ"),
        ("tr", "Isparta", "I"),
        ("es", "Ñandú", "Ñ"),
        ("da", "Aalborg", "Å"),
        ("ar", "إبراهيم", "ا"),
        ("ar", "الجمعية", "ا"),
        ("ar", "Oxfam", "O"),
        ("cy", "جمعية", ""),
        ("cy", "2nd Bramley Scouts", ""),
        ("cy", "«Dawns»", "D"),
        ("fr", "Œuvre", "O"),
        ("tlh", "Qapla’", "Q"),
    ],
)
def test_a_name_is_listed_under_a_letter_of_the_language(tag, name, letter):
    assert collation_of(tag).letter(name) == letter


def test_the_letters_of_welsh_are_its_alphabet():
    letters = "A B C Ch D Dd E F Ff G Ng H I J K L Ll M N O P Ph Q R Rh S T Th U V W X Y Z"
    assert collation_of("cy-GB").letters == tuple(letters.split())


def test_english_words_are_sorted_as_ever():
    with use_language("en-GB"):
        assert sorted(["b", "The A", "Á", "a"], key=sort_key) == ["a", "b", "The A", "Á"]
