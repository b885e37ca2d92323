"""Safe HTML: whatever an author or an attacker writes, only known tags reach a reader."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.base.markdown import Picture, References, markdown_to_html
from lms.base.safe_html import safe_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='javascript:alert(1)'>",
    "<img src=//evil.example/x.png>",
    "<img src=https://evil.example/x.png>",
    "<img src='/\\evil.example/x.png'>",
    "<img srcset='//evil.example/x 2x' src=/media/a.png>",
    "<img src=data:image/svg+xml;base64,PHN2Zz4=>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a>",
    "<a href='https://x.example' onclick=alert(1) target=_blank style=color:red>x</a>",
    "<iframe src=/></iframe>",
    "<object data=x></object><embed src=x>",
    "<form action=/x><input name=a><button>b</button></form>",
    "<style>@import '//evil.example'</style>",
    "<link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0>",
    "<base href=//evil.example>",
    "<div style='background:url(//evil.example)'>x</div>",
    "<div class='callout evil' id=main tabindex=5>x</div>",
    "<p id=main class=kiosk>x</p>",
    "<h2 id='main'>x</h2>",
    "<!-- comment --><![CDATA[x]]><?php x ?>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](/media/a.png)',
    '![x](/media/a.png "t\\" onerror=\\"alert(1)")',
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    '[[term:x" onmouseover="alert(1)|y]]',
    "> [!TIP]<script>alert(1)</script>",
    "## x {#id onclick=alert(1)}",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "{{ <script>alert(1)</script> }}",
]

TAGS = set(
    "a blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr img li ol p pre s span "  # noqa: SIM905
    "strong sub sup table tbody td th thead tr ul".split()
)
NAMES = {
    "href", "class", "src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding",
    "data-bytes", "start", "tabindex", "scope", "id",
}  # fmt: skip
ADDRESS = re.compile(r"(https?://|mailto:|tel:|#|/(?![/\\])).*", re.DOTALL)


class Reader(HTMLParser):
    """Reads HTML as a browser would begin to, and insists on what is allowed."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in NAMES, name
            if name == "href":
                assert ADDRESS.fullmatch(value or ""), value
            if name in ("src", "srcset"):
                assert re.match(r"/(?![/\\])", value or ""), value
            if name == "id":
                assert (value or "").startswith("s-"), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def insist(html: str) -> None:
    reader = Reader(convert_charrefs=True)
    reader.feed(html)
    reader.close()


HOSTILE = References(
    picture=lambda source: Picture(source, 10, 10, 10, source + " 480w"),
    link=lambda address: address,
    term=lambda name: f"/fr/glossary#{name}",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_survives_the_sanitiser(attack: str) -> None:
    insist(safe_html(attack))


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("around", ["{}", "a {} b", "> {}", "- {}", "## {}", "**{}**"])
def test_no_attack_survives_markdown(attack: str, around: str) -> None:
    insist(markdown_to_html(around.format(attack), language="fr", references=HOSTILE))


@given(st.text(alphabet="<>/\\\"'=&;:#![](){}`*_-|~ \nascript onerrormgx1", max_size=80))
def test_any_text_gives_safe_html(text: str) -> None:
    insist(safe_html(text))
    insist(markdown_to_html(text, language="en", references=HOSTILE))


def test_raw_html_is_shown_as_text() -> None:
    assert markdown_to_html("<b>x</b>", language="en") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"


def test_what_lessons_need_is_kept() -> None:
    html = (
        '<div class="callout callout-tip"><p class="callout-title">Conseil</p></div>'
        '<figure><img alt="x" src="/media/0a.webp" srcset="/media/1b.webp 480w" width="4" '
        'height="3" loading="lazy" decoding="async"></figure>'
        '<h2 id="s-un">Un</h2><a class="term" href="/fr/glossary#G65">x</a>'
        '<div class="table-wrap" tabindex="0"><table><tbody><tr><th scope="col">a</th>'
        '<td class="align-right">1</td></tr></tbody></table></div>'
    )
    assert safe_html(html) == html


def test_callouts_tables_and_task_lists_are_rendered() -> None:
    html = markdown_to_html(
        "> [!WARNING]\n> Stop.\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [ ] To do\n- [x] Done\n",
        language="fr",
    )
    assert '<div class="callout callout-warning"><p class="callout-title">Attention</p>' in html
    assert '<div class="table-wrap" tabindex="0"><table>' in html
    assert '<td class="align-right">2</td>' in html
    assert "☐ To do" in html
    assert "☑ Done" in html


def test_headings_get_ids_of_their_own() -> None:
    html = markdown_to_html("## L’eau ?\n\n## L’eau ?\n\n## 水\n", language="fr")
    assert re.findall(r'id="([^"]+)"', html) == ["s-l-eau", "s-l-eau-2", "s-part"]
