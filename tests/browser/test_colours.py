from __future__ import annotations

import pytest

from tests.browser.conftest import Open

CODE = "normalization/batch_norm/index.html"
README = "normalization/batch_norm/readme.html"

# The contrast of each kind of text with the ground behind it, both as they are drawn.
CONTRASTS = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    const layers = [];
    for (let e = element; e; e = e.parentElement)
      layers.push(rgba(getComputedStyle(e).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((c) => c / 255).map(
      (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element, pseudo) => {
    const below = ground(element);
    const ink = over(rgba(getComputedStyle(element, pseudo).color), below);
    const [a, b] = [light(ink), light(below)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const found = {};
  const note = (name, element, pseudo) => {
    const value = contrast(element, pseudo);
    found[name] = Math.min(found[name] ?? 99, value);
  };
  const kinds = {
    prose: ".gl-note :is(p, li, td)", link: ".gl-note a:not(.headerlink)",
    bar: ".gl-bar, .gl-bar a",
    "inline code": ".gl-note :is(p, li) code", code: ".gl-code > code",
    path: ".md-path__link", outline: ".md-nav--secondary .md-nav__link",
  };
  for (const level of [1, 2, 3, 4, 5, 6]) kinds["h" + level] = `.gl-page h${level}`;
  for (const [name, selector] of Object.entries(kinds))
    for (const element of document.querySelectorAll(selector)) note(name, element);
  for (const line of document.querySelectorAll(".gl-code i")) note("number", line, "::before");
  for (const token of document.querySelectorAll(".gl-page pre span[class]"))
    note("token " + token.className, token);
  return found;
}
"""

# One line with every kind of token that Python's lexer makes and the theme's style sheet colours.
TOKENS = (
    "k kn nf nc nd ne no nb bp s s1 s2 se si sr sx c c1 cm m mi mf na nv vc vi gp go sd".split()
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [CODE, f"zh/{CODE}", README])
def test_all_text_can_be_read(visit: Open, path: str, scheme: str) -> None:
    contrasts = visit(path, color_scheme=scheme).page.evaluate(CONTRASTS)
    assert {"prose", "h1", "h2", "path", "link"} <= set(contrasts)
    assert path == README or {"number", "code", "token k"} <= set(contrasts)
    assert {name: value for name, value in contrasts.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_code_can_be_read_also_where_it_is_marked(visit: Open, scheme: str) -> None:
    page = visit(f"{CODE}#BatchNorm.forward", color_scheme=scheme).page
    page.evaluate(
        """(tokens) => {
          const code = document.querySelector(":target > .gl-code > code");
          for (const kind of tokens) {
            const token = document.createElement("span");
            token.className = kind;
            token.textContent = kind;
            code.append(token);
          }
        }""",
        TOKENS,
    )
    contrasts = page.evaluate(CONTRASTS)
    assert {f"token {kind}" for kind in TOKENS} <= set(contrasts)
    assert {name: value for name, value in contrasts.items() if value < 4.5} == {}


def test_dark_is_dark_and_light_is_light(visit: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    assert visit(CODE, color_scheme="light").page.evaluate(ground) == "rgb(255, 255, 255)"
    assert visit(CODE, color_scheme="dark").page.evaluate(ground) != "rgb(255, 255, 255)"
