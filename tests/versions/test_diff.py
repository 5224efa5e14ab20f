"""Two wordings as one: what went and what came, for readers of every kind."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from charterpress.model import Change, Class, Kind
from charterpress.text import markdown
from charterpress.versions import diff
from charterpress.versions.diff import word_diff

TOKENS = ("the", "cat", "sat", "on", "a", "mat", " ", "  ", "\n", "must", "3", "’s", ".", ",", "two-day")
WORDS = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
PARTS = (
    *(
        "1. one\n2. two",
        "> one *two*",
        "# one two",
        "one two three. Four five.",
        "Four five.",
        "- ",
        "<b>one",
    ),
    *("one two", "one three", "- four five", "- four six", "*seven* eight", "[x](https://example.org)"),
)
BLOCKS = st.lists(st.sampled_from(PARTS), max_size=6).map("\n\n".join)


def _read(page, left_out):
    """The words of a page without the elements `left_out`, and without what only screen readers say."""
    tree = html.fromstring(f"<div>{page}</div>")
    for element in tree.xpath(f"//{left_out} | //*[@class='visually-hidden']"):
        element.drop_tree()
    for element in tree.iter("p", "li", "br", "h1", "pre", "blockquote"):
        element.text = f" {element.text or ''}"
        element.tail = f" {element.tail or ''}"
    return " ".join(tree.text_content().split())


@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_letter_for_letter(before, after):
    segments = diff.word_segments(before, after)
    assert "".join(each.text for each in segments if each.op != "insert") == before
    assert "".join(each.text for each in segments if each.op != "delete") == after


@given(BLOCKS)
def test_a_text_against_itself_has_no_mark(text):
    assert "<ins" not in diff.redline_html(text, text)
    assert "<del" not in diff.redline_html(text, text)


def test_one_word_in_a_long_item_is_marked_alone():
    before = "answer any organisation that asks for our reasons within ten working days."
    after = before.replace("ten", "five")
    marked = [(each.op, each.text.strip()) for each in diff.word_segments(before, after) if each.op != "same"]
    assert marked == [("delete", "ten"), ("insert", "five")]


def test_an_item_put_in_the_middle_leaves_its_neighbours_alone():
    page = diff.redline_html(
        "- first thing\n- last thing", "- first thing\n- quite another matter\n- last thing"
    )
    tree = html.fromstring(f"<div>{page}</div>")
    assert [item.text_content().count("quite another matter") for item in tree.xpath("//li")] == [0, 1, 0]
    assert tree.xpath("//del") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one thing here\n- two other words\n- three", "- two other words\n- one thing here\n- three"),
        (
            "One sentence stands here. Another stands there.",
            "One sentence stands here.\n\nAnother stands there.",
        ),
        ("See [this](https://example.org/a).", "See [this](https://example.org/b)."),
        ("Plain words.", "Plain *words*."),
        ("", "New words."),
    ],
)
def test_without_what_came_it_reads_as_before_and_without_what_went_as_after(before, after):
    page = diff.redline_html(before, after)
    assert _read(page, "ins") == _read(markdown.to_html(before), "ins")
    assert _read(page, "del") == _read(markdown.to_html(after), "del")


@given(st.one_of(BLOCKS, st.text("ab1.,-*_[]()#>` \n&<", max_size=40)), BLOCKS)
def test_a_page_can_be_read_back_word_for_word(before, after):
    for old, new in ((before, after), (after, before)):
        page = diff.redline_html(old, new)
        assert _read(page, "ins") == _read(markdown.to_html(old), "ins")
        assert _read(page, "del") == _read(markdown.to_html(new), "del")


BREAK = '<ins class="break"><span class="visually-hidden">paragraph break inserted</span></ins>'
DELETED = (
    '<del><span class="visually-hidden">deleted: </span>{}'
    '<span class="visually-hidden"> end of deletion</span></del>'
)
INSERTED = (
    '<ins><span class="visually-hidden">inserted: </span>{}'
    '<span class="visually-hidden"> end of insertion</span></ins>'
)


@pytest.mark.parametrize(
    ("before", "after", "page"),
    [
        (
            "One stands here. Two there.",
            "One stands here.\n\nTwo there.",
            f"<p>One stands here. {BREAK}</p>\n<p>Two there.</p>\n",
        ),
        (
            "We never say.",
            "We *never* say.",
            f"<p>We {DELETED.format('never')}{INSERTED.format('<em>never</em>')} say.</p>\n",
        ),
    ],
)
def test_a_change_without_new_words_is_shown(before, after, page):
    assert diff.redline_html(before, after) == page


def test_a_link_that_leads_elsewhere_shows_both_addresses():
    page = html.fromstring(diff.redline_html("See [it](a.md).", "See [it](b.md).", link=lambda target: "#"))
    links = [(link.getparent().tag, link.get("data-address"), link.get("href")) for link in page.iter("a")]
    assert links == [("del", "a.md", "#"), ("ins", "b.md", "#")]


def test_a_block_that_was_moved_and_edited_is_shown_as_both():
    one, two, three = (
        "A harbour is shared by all.",
        "Tell the others first.",
        "Take no more than a boat needs.",
    )
    edited = one.replace("all", "everybody")
    page = diff.redline_html(f"{one}\n\n{two}\n\n{three}", f"{two}\n\n{three}\n\n{edited}")
    moved = [element.text_content() for element in html.fromstring(page).xpath("//*[@class='moved']")]
    assert moved[0] == f"moved away from here: {one} end of moved text"
    assert moved[1].startswith("moved here and edited: A harbour")


def test_nothing_in_a_text_acts():
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>alert(1)</script>"
    tree = html.fromstring(f"<div>{diff.redline_html('safe', hostile)}</div>")
    assert tree.xpath("//img | //script | //a[starts-with(@href, 'javascript')]") == []


def test_a_terminal_shows_marks_and_colour_only_when_asked():
    assert diff.redline_text("ten days", "five days", colour=False) == "[-ten-]{+five+} days"
    assert "\x1b[" in diff.redline_text("ten days", "five days", colour=True)


@pytest.mark.parametrize(
    ("before", "after", "marked", "commented"),
    [
        ("Go. Stay.", "Go.Stay.", "Go.[-␣-]Stay.", r"Go\.~~␣~~Stay\."),
        ("Go.Stay.", "Go. Stay.", "Go.{+␣+}Stay.", r"Go\.**␣**Stay\."),
        ("Go slowly.", "Go.", "Go[- slowly-].".replace("[- ", " [-"), r"Go ~~slowly~~\."),
        ("Go now.\nStay.", "Go now. Stay.", "Go now. Stay.", r"Go now\. Stay\."),
    ],
)
def test_a_space_that_came_or_went_alone_can_be_seen(before, after, marked, commented):
    """It has no words of its own; a line that is broken elsewhere is no change."""
    assert diff.redline_text(before, after, colour=False).replace("\n", "") == marked
    assert diff.redline_markdown(before, after).replace("\n", "") == commented
    assert "␣" not in diff.redline_text("As it was.", "As it was.", colour=True)


def test_a_comment_shows_the_words_as_they_are():
    assert diff.redline_markdown("ten *days*", "five *days*") == r"~~ten~~**five** \*days\*"


@pytest.mark.serial
def test_thirty_thousand_words_with_forty_edits_take_little_time():
    words = [f"word{n * 7919 % 4001}" for n in range(30_000)]
    edited = [f"edit{n}" if n % 750 == 0 else word for n, word in enumerate(words)]
    before, after = (
        "\n\n".join(" ".join(text[n : n + 80]) for n in range(0, len(text), 80)) for text in (words, edited)
    )
    start = time.process_time()
    segments = diff.word_segments(before, after)
    diff.redline_html(before, after)
    assert time.process_time() - start < 10
    assert len([each for each in segments if each.op == "delete"]) == 40


def _change(field, kind, **more):
    return Change(subject="room", field=field, kind=kind, class_=Class.COMMITMENT, **more)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_change("promises", Kind.REWORDED, part="b"), "2.1 Leave room: commitment b was reworded."),
        (_change("", Kind.ADDED), "2.1 Leave room was added."),
        (_change("plain", Kind.ADDED), "2.1 Leave room: the sentences in easy words were added."),
        (_change("questions", Kind.REORDERED), "2.1 Leave room: the questions were put in another order."),
        (_change("reasons", Kind.REWORDED), "2.1 Leave room: the section “Why” was reworded."),
        (
            _change("theme", Kind.MOVED, before="A", after="B"),
            "2.1 Leave room was moved from the theme “A” to “B”.",
        ),
    ],
)
def test_a_change_is_told_in_a_sentence(change, said):
    assert diff.change_sentence(change, {"room": "2.1 Leave room", "sections.reasons": "Why"}) == said


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("हर दिन को देखें।", "हर दीन को देखें", ["दिन", "दीन", "।"]),
        ("نصغي، ثم كَتَبَ", "نصغي ثم كُتِبَ", ["،", "كَتَبَ", "كُتِبَ"]),
    ],
)
def test_a_redline_marks_whole_words_with_their_marks(before, after, changed):
    segments = word_diff.word_segments(before, after)
    told = [each.text.strip() for each in segments if each.op != "same"]
    assert list(filter(None, told)) == changed
