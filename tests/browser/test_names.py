"""Names in code: one variable lights at all its places, and a link tells what it leads to."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Open

CODE = "normalization/batch_norm/index.html"
LIT = """name => [...(CSS.highlights.get(name) ?? [])].map(range => {
  const mark = [...document.querySelectorAll('.gl-code i[id]')].filter(
    i => i.compareDocumentPosition(range.startContainer) & 4).at(-1);
  return mark.id + ' ' + range;
})"""


def lit(page: Page, name: str = "gl-name") -> list[str]:
    found: list[str] = page.evaluate(LIT, name)
    return found


def click_word(page: Page, line: str, word: str) -> None:
    """Click into the middle of a word of a line of code, as a mouse does."""
    box = page.evaluate(
        """([line, word]) => {
          const mark = document.getElementById(line);
          for (let node = mark.nextSibling; node; node = node.nextSibling) {
            const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
            for (let text = node.nodeType === 3 ? node : walker.nextNode(); text;
                 text = walker.nextNode()) {
              const at = text.data.search(new RegExp('\\\\b' + word + '\\\\b'));
              if (at < 0) continue;
              const range = new Range();
              range.setStart(text, at);
              range.setEnd(text, at + word.length);
              mark.scrollIntoView({ block: 'center' });
              const { left, top, width, height } = range.getBoundingClientRect();
              return [left + width / 2, top + height / 2];
            }
          }
        }""",
        [line, word],
    )
    page.mouse.click(*box)


def line_of(page: Page, text: str) -> str:
    """The anchor of the first line of code that has a text."""
    found: str = page.evaluate(
        """text => [...document.querySelectorAll('.gl-code i[id]')].find(mark => {
          let words = '';
          for (let n = mark.nextSibling; n && !n.matches?.('i'); n = n.nextSibling)
            words += n.textContent;
          return words.includes(text);
        }).id""",
        text,
    )
    return found


def test_a_click_lights_the_variable_and_not_the_word(visit: Open) -> None:
    page = visit(CODE).page
    line = line_of(page, "mean, deviation, variance = ")
    click_word(page, line, "variance")
    found = lit(page)
    assert len(found) >= 3
    assert {text.split(" ")[1] for text in found} == {"variance"}
    # The method that computes it has a variable of the same name, which is another one.
    method = int(line_of(page, "def moments").removeprefix("L"))
    following = int(line_of(page, "def track").removeprefix("L"))
    places = {int(text.split(" ")[0].removeprefix("L")) for text in found}
    assert not places & set(range(method, following))
    click_word(page, line, "variance")
    assert lit(page) == []


def test_escape_puts_it_out(visit: Open) -> None:
    page = visit(CODE).page
    click_word(page, line_of(page, "self.eps = eps"), "eps")
    assert lit(page)
    page.keyboard.press("Escape")
    assert lit(page) == []


def test_the_keyboard_goes_from_name_to_name(visit: Open) -> None:
    page = visit(CODE).page
    box = page.locator(".gl-code > code[tabindex='0']", has_text="mean, deviation, variance").first
    box.focus()
    page.keyboard.press("j")
    (first,) = lit(page, "gl-name-at")
    page.keyboard.press("j")
    (second,) = lit(page, "gl-name-at")
    assert first != second
    page.keyboard.press("k")
    assert lit(page, "gl-name-at") == [first]
    page.keyboard.press("Enter")
    assert first in lit(page)
    name = first.split(" ")[1]
    assert page.locator(".gl-voice").text_content() == f"{name} ({len(lit(page))})"
    page.keyboard.press("Tab")
    assert lit(page, "gl-name-at") == []


def test_a_link_leads_to_the_definition_in_the_language_of_the_page(visit: Open) -> None:
    page = visit(f"zh/{CODE}").page
    link = page.locator(".gl-code a[href$='#BatchNorm.moments']").first
    link.hover()
    tip = page.locator(".gl-tip")
    tip.wait_for()
    signature = tip.locator(".gl-signature").text_content() or ""
    assert signature.startswith("def moments(self, x: Tensor)")
    assert "\n" not in signature
    link.click()
    assert page.url.endswith(f"zh/{CODE}#BatchNorm.moments")
    assert page.locator("[id='BatchNorm.moments']").is_visible()


def test_a_tip_shows_the_page_to_which_a_link_leads(visit: Open) -> None:
    page = visit("zh/normalization/batch_norm/mnist.html").page
    link = page.locator(".gl-code a", has_text="BatchNorm").first
    link.scroll_into_view_if_needed()
    link.focus()
    tip = page.locator(".gl-tip")
    tip.wait_for()
    assert (tip.locator(".gl-signature").text_content() or "").startswith("class BatchNorm(")
    assert link.get_attribute("aria-describedby") == "gl-tip"
    page.keyboard.press("Escape")
    assert tip.count() == 0
