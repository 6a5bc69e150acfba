"""Whether Markdown that a stranger wrote may be shown as Markdown: decided by what renderers make of it.

Two of them read it, since notebooks are opened by more than one: nbconvert's own, and one that follows CommonMark to
the letter. Harmless is what both take for text, code, formulas, tables, lists and links to other pages; everything else
is not, even what they may come to know in a later version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt

MOST_CHARACTERS = 8_000  # renderers take long for some texts, and longer the more there is of them
SCHEMES = {"http", "https", "mailto", ""}
LANGUAGES = {
    "",
    "python",
    "python3",
    "ipython",
    "ipython3",
    "py",
    "text",
    "bash",
    "sh",
    "console",
    "json",
    "latex",
    "tex",
}
CODE = {"codespan", "block_code", "code_inline", "code_block", "fence"}
TEXT = {
    "text",
    "text_special",
    "softbreak",
    "linebreak",
    "hardbreak",
    "blank_line",
    "thematic_break",
    "hr",
    "block_text",
}
MARKUP = {
    "paragraph",
    "heading",
    "inline",
    "em",
    "s",
    "emphasis",
    "strong",
    "strikethrough",
    "block_quote",
    "blockquote",
}
LISTS = {
    "list",
    "list_item",
    "bullet_list",
    "ordered_list",
    "task_list_item",
    "def_list",
    "def_list_head",
    "def_list_item",
}
TABLES = {"table", "table_head", "table_body", "table_row", "table_cell", "thead", "tbody", "tr", "th", "td"}
FORMULAS = {"inline_math", "block_math", "latex_environment"}
HARMLESS = CODE | TEXT | MARKUP | LISTS | TABLES | FORMULAS | {"link"}
CONTROL_WORD = re.compile(r"\\([A-Za-z]+)")
# Some commands of MathJax make links, load extensions or take styles, under more names than one can know. So a formula
# may only hold what is common in this field.
WORDS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon
phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar nabla partial infty
frac dfrac tfrac sqrt sum prod int oint lim min max arg sup inf log ln exp sin cos tan sinh cosh tanh det dim ker Pr
cdot cdots ldots dots vdots ddots times div odot otimes oplus circ ast star pm mp top bot perp mid parallel
le leq ge geq ne neq approx equiv sim simeq cong propto ll gg in notin ni subset subseteq supset supseteq cup cap
setminus emptyset forall exists neg lnot land lor wedge vee to gets mapsto rightarrow leftarrow Rightarrow Leftarrow
leftrightarrow Leftrightarrow implies iff longrightarrow longleftarrow uparrow downarrow
hat widehat bar overline underline tilde widetilde vec dot ddot prime dagger underbrace overbrace overset underset
stackrel left right big Big bigg Bigg bigl bigr Bigl Bigr langle rangle lfloor rfloor lceil rceil lvert rvert lVert
rVert vert Vert mathbf mathrm mathit mathcal mathbb mathfrak mathsf mathtt boldsymbol bm text textbf textit textrm
operatorname limits nolimits displaystyle textstyle quad qquad begin end label tag nonumber hline not
"""
COMMANDS = frozenset(WORDS.split())


@lru_cache(4096)  # a class has the cells of its template in common
def is_harmless(source: str) -> bool:
    """Whether renderers make nothing of it that runs, loads or leads to anything but a page."""
    if len(source) > MOST_CHARACTERS:
        return False
    try:
        return all(_may_stand(*each) for each in [*_of_nbconvert(source), *_of_common_mark(source)])
    except (ValueError, RecursionError, IndexError, KeyError, TypeError, AttributeError):
        return False  # a renderer that fails has not said that it is


Reading = tuple[str, str, str, str]  # a token's kind, its text, the address of a link, and the language of code


def _may_stand(kind: str, text: str, address: str, language: str) -> bool:
    formula = "" if kind in CODE else text  # in text, too: pages look for formulas once Markdown is done
    return (
        kind in HARMLESS
        and urlsplit(address).scheme in SCHEMES
        and language.strip() in LANGUAGES
        and COMMANDS.issuperset(CONTROL_WORD.findall(formula))
    )


def _of_nbconvert(source: str) -> Iterator[Reading]:
    tokens: Any = _nbconvert()(source)
    return _mistune_readings(tokens)


def _mistune_readings(tokens: Iterable[dict[str, Any]]) -> Iterator[Reading]:
    for token in tokens:
        attributes = token.get("attrs", {})
        texts = (token.get("raw", ""), attributes.get("name", ""), attributes.get("body", ""))
        yield token["type"], " ".join(texts), attributes.get("url", ""), attributes.get("info") or ""
        yield from _mistune_readings(token.get("children", ()))


def _of_common_mark(source: str) -> Iterator[Reading]:
    for token in _common_mark().parse(source):
        for each in [token, *(token.children or ())]:
            kind = re.sub("_(open|close)$", "", each.type)
            text = "" if kind == "inline" else each.content  # its children have the text
            yield kind, text, str(each.attrGet("href") or ""), each.info if kind == "fence" else ""


@cache
def _nbconvert() -> Any:
    from nbconvert.filters.markdown_mistune import MarkdownWithMath  # noqa: PLC0415 - slow to load

    return MarkdownWithMath(renderer=None)  # type: ignore[arg-type]  # then it gives what it read


@cache
def _common_mark() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    vars(reader)["validateLink"] = lambda url: True  # it would pass over a link that others make
    return reader
