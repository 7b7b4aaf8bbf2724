"""Feeds of every format become the same plain entries; broken ones too; hostile ones do not."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.feed_server import item, rss

from tocsin.feeds.entries import Entry, ParsedFeed, Unparseable, to_reports
from tocsin.feeds.parse import parse

BASE = "https://news.example/feed.xml"
AT = datetime(2020, 10, 28, 14, 5, tzinfo=UTC)
FETCHED = datetime(2020, 10, 28, 15, 0, tzinfo=UTC)

ONE = Entry(
    guid="g1",
    url="https://news.example/barda",
    title="R&D depot hit; ten killed",
    summary="",
    text="",
    language=None,
    published=AT,
    updated=None,
    credit=None,
)


def feed(body: bytes, charset: str | None = None) -> ParsedFeed:
    """Parse, and hold that it is a feed."""
    parsed = parse(body, charset, BASE)
    assert isinstance(parsed, ParsedFeed), parsed
    return parsed


def entry(body: bytes, charset: str | None = None) -> Entry:
    """The only entry of a feed."""
    (only,) = feed(body, charset).entries
    return only


def refused(body: bytes) -> str:
    """The reason why a body is no feed."""
    parsed = parse(body, None, BASE)
    assert isinstance(parsed, Unparseable), parsed
    return parsed.reason


RSS20 = rss("War", item("g1", ONE.title, "<p>One.</p><p>Two.</p>", link="/barda"))
RSS091 = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>War</title><language>en-us</language>
<item><title>R&amp;D depot hit; ten killed</title><link>https://news.example/barda</link>
<description>One.</description></item></channel></rss>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://news.example/"><title>War</title><dc:language>az</dc:language></channel>
<item rdf:about="https://news.example/barda"><title>R&amp;D depot hit; ten killed</title>
<link>https://news.example/barda</link><description>One.</description>
<dc:date>2020-10-28T18:05:00+04:00</dc:date></item></rdf:RDF>"""
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
<title>War</title><link rel="hub" href="https://hub.example/"/>
<entry><id>g1</id><title type="html">R&amp;amp;D depot hit; ten killed</title>
<link rel="alternate" href="/barda"/><published>2020-10-28T18:05:00+04:00</published>
<updated>2020-10-28T14:30:00Z</updated><author><name>A. Writer</name></author>
<source><title>Wire</title></source><summary>Short.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
</entry></feed>"""
JSON = orjson.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "War",
        "language": "en",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": "g1",
                "url": "/barda",
                "title": ONE.title,
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2020-10-28T18:05:00+04:00",
                "authors": [{"name": "A. Writer"}],
            }
        ],
    }
)


def test_rss_2() -> None:
    """The commonest format, relative link and HTML in the description."""
    parsed = feed(RSS20)
    assert parsed.title == "War"
    assert parsed.parser == "fastfeedparser"
    assert parsed.entries == (replace(ONE, summary="One.\nTwo."),)


def test_rss_091_with_its_doctype() -> None:
    """A doctype that declares nothing of its own is no attack."""
    parsed = feed(RSS091)
    assert parsed.language == "en-us"
    assert parsed.entries[0].title == ONE.title
    assert parsed.entries[0].guid == ONE.url


def test_rdf() -> None:
    """RSS 1.0: items beside the channel, Dublin Core for date and language."""
    parsed = feed(RDF)
    assert parsed.language == "az"
    assert parsed.entries == (replace(ONE, guid="https://news.example/barda", summary="One."),)


def test_atom() -> None:
    """Atom: content beside a summary, credit of author and source, language and hub."""
    parsed = feed(ATOM)
    assert (parsed.language, parsed.hub) == ("en-gb", "https://hub.example/")
    assert parsed.entries == (
        replace(
            ONE,
            summary="Short.",
            text="One.\nTwo.",
            updated=datetime(2020, 10, 28, 14, 30, tzinfo=UTC),
            credit="A. Writer; Wire",
        ),
    )


def test_json_feed() -> None:
    """JSON Feed 1.1."""
    parsed = feed(JSON)
    assert (parsed.language, parsed.hub, parsed.parser) == ("en", "https://hub.example/", "json")
    assert parsed.entries == (replace(ONE, text="One.\nTwo.", credit="A. Writer"),)


def test_json_that_is_no_feed() -> None:
    """H5, H30: any other JSON, broken JSON and deep JSON have a name and raise nothing."""
    assert refused(b'{"version": "2"}') == "not_a_feed"
    assert refused(b'{"version": "https://jsonfeed.org/version/1.1"}') == "not_a_feed"
    assert refused(b'{"items": [') == "ill_formed"
    assert refused(b'{"a":' + b"[" * 100_000) == "ill_formed"
    odd = orjson.loads(JSON)
    odd["items"] = [{"id": 7, "content_text": "5 < 6 <b>", "date_published": "soon", "title": None}]
    only = entry(orjson.dumps(odd))
    assert (only.guid, only.text, only.published) == ("7", "5 < 6 <b>", None)


def test_advice_of_the_publisher() -> None:
    """F18, F19: ttl, skip hours and days, and each item's source are noted on the way."""
    advice = (
        "<language>en-GB</language><ttl>180</ttl><skipHours><hour>0</hour><hour>24</hour>"
        "<hour>7</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day><day>Noday</day>"
        '</skipDays><atom:link rel="hub" href="https://hub.example/"/>'
    )
    source = '<dc:creator>A. Writer</dc:creator><source url="https://w.example/">Wire</source>'
    parsed = feed(rss("War", item("g1", "t", extra=source), item("g2", "u"), channel=advice))
    assert (parsed.ttl, parsed.hub, parsed.language) == (180, "https://hub.example/", "en-gb")
    assert parsed.skip_hours == {0, 7}
    assert parsed.skip_days == {"sunday"}
    assert [one.credit for one in parsed.entries] == ["A. Writer; Wire", None]


CYRILLIC = (
    '<?xml version="1.0" encoding="{}"?>'
    '<rss version="2.0"><channel><title>Т</title>{}</channel></rss>'
)
LATIN = CYRILLIC.replace("Т", "é")


@pytest.mark.parametrize(
    ("prolog", "codec", "header"),
    [
        ("windows-1251", "cp1251", None),
        ("windows-1251", "cp1251", "windows-1251"),
        ("utf-8", "cp1251", "windows-1251"),
        ("koi8-r", "koi8-r", None),
        ("utf-16", "utf-16", None),
        ("windows-1251", "utf-8", "windows-1251"),  # both lie: the bytes are UTF-8
        ("utf-8", "utf-8", "iso-8859-1"),
        ("utf-8", "utf-8-sig", None),
        ("nonsense", "utf-8", "nonsense"),
    ],
)
def test_encodings_come_out_right(prolog: str, codec: str, header: str | None) -> None:
    """F29: header, prolog and bytes disagree in many ways; the text is right in all."""
    body = CYRILLIC.format(prolog, item("g1", "Удар по городу Барда")).encode(codec)
    assert entry(body, header).title == "Удар по городу Барда"


def test_latin_encodings() -> None:
    """F29: ISO-8859-1 is what Windows means by it; a wrong claim of UTF-8 is mended."""
    for prolog in ("iso-8859-1", "utf-8"):
        body = LATIN.format(prolog, item("g1", "Ten killed – “civilians”")).encode("cp1252")
        assert entry(body).title == "Ten killed – “civilians”"


GOOD = rss("War", item("g1", "R&D depot hit"))
BROKEN = {
    "bare ampersand": GOOD.replace(b"R&amp;D", b"R&D"),
    "unknown entity": GOOD.replace(b" depot", b"&nbsp;depot"),
    "cut off": GOOD.replace(b"</channel></rss>", b""),
    "blank before prolog": b"\n " + GOOD,
    "junk after": GOOD.replace(b"</rss>", b"</rss><!-- served in 3 ms --> x"),
    "bare attribute": GOOD.replace(b"<guid", b"<guid a=1"),
    "control character": GOOD.replace(b" depot", b" \x08depot"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_broken_feeds_keep_every_word(fault: str) -> None:
    """What the fast parser would damage in silence is mended, or goes to the tolerant one."""
    assert entry(BROKEN[fault]).title.replace("\u00a0", " ") == "R&D depot hit"


LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(9))
HOSTILE = {
    "dtd": [
        b'<!DOCTYPE rss [<!ENTITY a0 "ha">' + LAUGHS + b"]><rss><title>&a9;</title></rss>",
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>',
        b'<!DOCTYPE rss [<!ENTITY x "%s">]><rss>%s</rss>' % (b"y" * 300, b"&x;" * 100),
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><rss></rss>',
    ],
    "too_deep": [b"<rss>" + b"<a>" * 200_000],
    "too_many_attributes": [
        b"<rss " + b" ".join(b'a%d="x"' % number for number in range(50_000)) + b"></rss>"
    ],
    "attribute_too_long": [b'<rss><a b="' + b"x" * 2_000_000 + b'"/></rss>'],
    "too_many_items": [rss("x", *["<item/>"] * 50_000)],
    "html": [b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>"],
    "not_a_feed": [b"<opml version='2.0'><body/></opml>", b"<urlset/>", b"<svg/>"],
    "ill_formed": [b"just words", b"a,b,c\n1,2,3", b"<", b"\x00\x01\x02"],
    "empty": [b"", b"  \n "],
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_hostile_and_foreign_bodies_are_named(reason: str) -> None:
    """H1, H2, H3, H4, H5: each ends by name, in under half a second and 50 MB."""
    for body in HOSTILE[reason]:
        tracemalloc.start()
        started = process_time()
        assert refused(body) == reason
        assert process_time() - started < 0.5
        assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
        tracemalloc.stop()


def test_links_lead_to_the_web_or_nowhere() -> None:
    """H9: other schemes are dropped, relative links resolved."""
    for link in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://"):
        assert entry(rss("x", item("g1", "t", link=link))).url is None, link
    assert entry(rss("x", item("g1", "t", link="//cdn.example/a"))).url == "https://cdn.example/a"


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Wed, 28 Oct 2020 18:05:00 +0400", AT),
        ("2020-10-28T14:05:00Z", AT),
        ("Wed, 28 Oct 2020 14:05:00 GMT", AT),
        ("Sat, 01 Jan 0000 00:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Wed, 28 Oct 2020 14:05:00 +9999", None),
        ("garbage", None),
        ("", None),
    ],
)
def test_dates_are_utc_or_nothing(date: str, expected: datetime | None) -> None:
    """H7: any zone becomes UTC; year 0, 1970, 9999 and garbage become nothing."""
    assert entry(rss("x", item("g1", "t", published=date))).published == expected


def test_guids_are_bounded_and_distinct() -> None:
    """H6: a missing, huge or shared guid; the same entry twice."""
    same = "https://news.example/"
    parsed = feed(
        rss(
            "x",
            item(same, "a", link="/a"),
            item(same, "b", link="/b"),
            item(same, "a", link="/a"),
            "<item><title>no guid</title></item>",
            item("x" * 1_000_000, "huge"),
        )
    )
    guids = [one.guid for one in parsed.entries]
    assert guids[:2] == [same, "https://news.example/b"]
    assert len(guids) == 4
    assert all(len(guid) < 100 for guid in guids)
    assert len(set(guids)) == 4


def test_long_fields_are_cut() -> None:
    """H6, H19: nothing is longer than its bound."""
    only = entry(rss("x", item("g1", "t" * 5000, "s" * 200_000)))
    assert len(only.title) == 1000
    assert len(only.summary) == 50_000


def test_a_summary_that_only_begins_the_text_is_dropped() -> None:
    """One sentence told twice in one entry is one sentence."""
    content = "<content:encoded><![CDATA[<p>One. Two.</p><p>Three.</p>]]></content:encoded>"
    only = entry(rss("x", item("g1", "t", "One. Two…", extra=content)))
    assert (only.summary, only.text) == ("", "One. Two.\nThree.")


def test_reports_come_oldest_first_whatever_the_feeds_order() -> None:
    """R28, H7: by published; an undated entry stays beside its neighbour."""
    days = [f"{day:02} Oct 2020 10:00:00 GMT" for day in (28, 27, 25)]
    items = [item(f"g{number}", f"t{number}", published=day) for number, day in enumerate(days)]
    items.insert(2, item("undated", "u", published=""))
    reports = to_reports(feed(rss("x", *items)), "f1", "p1", FETCHED)
    assert [report.guid for report in reports] == ["g2", "undated", "g1", "g0"]
    shuffled = to_reports(feed(rss("x", *items[::-1])), "f1", "p1", FETCHED)
    assert [report.guid for report in shuffled if report.published] == ["g2", "g1", "g0"]


def test_a_date_ahead_of_the_clock() -> None:
    """H7: up to a day ahead is a wrong zone and counts as now; further is absurd."""
    ahead = [
        item("a", "t", published="28 Oct 2020 18:00:00 GMT"),
        item("b", "t", published="10 Nov 2020 18:00:00 GMT"),
    ]
    reports = {r.guid: r for r in to_reports(feed(rss("x", *ahead)), "f1", None, FETCHED)}
    assert reports["a"].published == FETCHED
    assert reports["b"].published is None


def test_identity_and_version() -> None:
    """R13: an edit is a new version of the same report; blanks are no edit; a new link neither."""

    def report(feed_id: str, guid: str, text: str, link: str = "/a") -> tuple[str, str]:
        parsed = feed(rss("x", item(guid, "Ten killed", text, link=link)))
        (only,) = to_reports(parsed, feed_id, "p1", FETCHED)
        return only.id, only.version

    first = report("f1", "g1", "<p>One.  Two.</p>")
    assert first == report("f1", "g1", "<p>One.\nTwo.</p>", link="/rewritten")
    edited = report("f1", "g1", "<p>One. Three.</p>")
    assert edited[0] == first[0]
    assert edited[1] != first[1]
    assert report("f2", "g1", "<p>One. Two.</p>")[0] != first[0]
    web = "https://news.example/a"
    assert report("f1", web, "x")[0] == report("f2", web, "x")[0]


@given(st.binary(max_size=400))
def test_any_bytes_end_as_a_value(body: bytes) -> None:
    """H3, H35: no bytes make parsing raise."""
    for whole in (body, b"<rss><channel>" + body + b"</channel></rss>", b"{" + body):
        assert isinstance(parse(whole, None, BASE), ParsedFeed | Unparseable)


TAGS = [
    "<item>",
    "</item>",
    "<title>",
    "</title>",
    "<guid>",
    "<link>",
    "</link>",
    "<entry>",
    "<![CDATA[",
    "]]>",
    "&",
    "&amp;",
    "&nbsp;",
    "<description>",
    "</description>",
    "x",
    '"',
    "<pubDate>",
    "</pubDate>",
    "9999",
    "<source>",
    "<a/>",
    "<channel>",
    "<?x?>",
]


@given(st.lists(st.sampled_from(TAGS)))
def test_any_soup_of_tags_ends_as_a_value(pieces: list[str]) -> None:
    """H3: broken structure of known elements never raises."""
    body = f"<rss version='2.0'><channel>{''.join(pieces)}</channel></rss>".encode()
    parsed = parse(body, None, BASE)
    if isinstance(parsed, ParsedFeed):
        to_reports(parsed, "f1", None, FETCHED)
