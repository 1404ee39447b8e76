// @ts-check
// Symbols: a click on a part of a formula lights all parts of the page's formulas that are the same,
// and the names that code has for it. The build has numbered them, in `data-s`; an element that is
// part of several has all their numbers, the smallest symbol first.

(() => {
  "use strict";

  /** The name of the choice in the address. */
  const PARAMETER = "symbol";

  const SYMBOLS = ".gl-page .gl-row [data-s]";

  /** The number of the symbol that is lit, or nothing. */
  let lit = "";

  /** @param {Element} element */
  const numbersOf = (element) => (element.getAttribute("data-s") ?? "").split(" ");

  /** The TeX of each symbol by its number, as it stands alone somewhere. */
  function texts() {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const formula of gl.all(".gl-page .gl-row math[data-s]")) {
      const number = numbersOf(formula)[0] ?? "";
      const tex = (formula.querySelector("annotation") ?? formula).textContent?.trim() ?? "";
      if (!found.has(number)) found.set(number, tex);
    }
    return found;
  }

  /** The names of the code for symbols, with their numbers. */
  function names() {
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const code of gl.all(".gl-page .gl-row code[data-s]")) {
      const name = (code.textContent ?? "").split(".").pop() ?? "";
      if (!found.has(name)) found.set(name, numbersOf(code)[0] ?? "");
    }
    return found;
  }

  // ── Lighting ─────────────────────────────────────────────────────────────────────────────────

  /** Lights a symbol, and puts out another. @param {string} number */
  function light(number) {
    for (const element of gl.all(".gl-lit")) {
      element.classList.remove("gl-lit");
      element.removeAttribute("aria-current");
    }
    lit = number;
    if (number) {
      for (const element of gl.all(`.gl-page .gl-row [data-s~="${number}"]`)) {
        element.classList.add("gl-lit");
        element.setAttribute("aria-current", "true");
      }
    }
    lightNames(number);
  }

  /** Lights the names of a symbol in the code, which has no elements for them. @param {string} number */
  function lightNames(number) {
    if (!("highlights" in CSS)) return;
    const wanted = [...names()].filter(([, of]) => of === number).map(([name]) => name);
    CSS.highlights.delete("gl-symbol");
    if (!number || wanted.length === 0) return;
    CSS.highlights.set("gl-symbol", new Highlight(...rangesOf(wanted)));
  }

  /** Where names stand in the code of the page. @param {string[]} wanted @returns {Range[]} */
  function rangesOf(wanted) {
    const pattern = new RegExp(`(?<!\\w)(?:${wanted.join("|")})(?!\\w)`, "g");
    const ranges = [];
    for (const code of gl.all(".gl-page .gl-code > code")) {
      const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement?.matches(".s, .s1, .s2, .sd, .c1, .c")) continue;
        for (const match of (text.nodeValue ?? "").matchAll(pattern)) {
          const range = new Range();
          range.setStart(text, match.index);
          range.setEnd(text, match.index + match[0].length);
          ranges.push(range);
        }
      }
    }
    return ranges;
  }

  /** Lights what a reader has chosen, and keeps it in the address. @param {string} number */
  function choose(number) {
    light(number);
    const url = new URL(location.href);
    const tex = texts().get(number);
    if (tex) url.searchParams.set(PARAMETER, tex);
    else url.searchParams.delete(PARAMETER);
    history.replaceState(history.state, "", url);
  }

  // ── Choosing ─────────────────────────────────────────────────────────────────────────────────

  /** All symbols that a place in a formula is part of, the smallest first. @param {Element} target */
  function symbolsAt(target) {
    /** @type {string[]} */
    const found = [];
    for (let at = target.closest(SYMBOLS); at; at = at.parentElement?.closest(SYMBOLS) ?? null) {
      found.push(...numbersOf(at).filter((number) => !found.includes(number)));
    }
    return found;
  }

  /** A click takes the smallest symbol; the next one the symbol around it, the last none. @param {Element} target */
  function take(target) {
    const found = symbolsAt(target);
    if (found.length > 0) choose(found[found.indexOf(lit) + 1] ?? "");
    return found.length > 0;
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const target = event.target;
    if (!(target instanceof Element) || target.closest("a, button, summary, label")) return;
    if (take(target)) return;
    const code = target.closest(".gl-code > code");
    const number = code ? names().get(wordAt(event)) : undefined;
    if (number) choose(number === lit ? "" : number);
  }

  /** The word of the code under the pointer. @param {MouseEvent} event */
  function wordAt(event) {
    const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
    const place = range ?? document.caretPositionFromPoint?.(event.clientX, event.clientY);
    if (!place) return "";
    const node = place instanceof Range ? place.startContainer : place.offsetNode;
    const offset = place instanceof Range ? place.startOffset : place.offset;
    const text = node.nodeValue ?? "";
    const before = /\w*$/.exec(text.slice(0, offset))?.[0] ?? "";
    return before + (/^\w*/.exec(text.slice(offset))?.[0] ?? "");
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "Escape" && lit) choose("");
    const target = event.target;
    if (!(event.key === "Enter" || event.key === " ") || !(target instanceof Element)) return;
    if (target.matches(`${SYMBOLS}[tabindex]`) && take(target)) event.preventDefault();
  }

  /** Tab reaches each symbol once, where it first stands alone, and each name that code has for one. */
  function addTabStops() {
    const seen = new Set();
    for (const element of gl.all(".gl-page .gl-row :is(math, code)[data-s]")) {
      const stop = element.localName + numbersOf(element)[0];
      if (element.closest("a") || seen.has(stop)) continue;
      seen.add(stop);
      element.setAttribute("tabindex", "0");
    }
  }

  /** The switch of language keeps the choice. @param {MouseEvent} event */
  function keepChoice(event) {
    const twin = event.target instanceof Element && event.target.closest("a.gl-twin");
    if (twin instanceof HTMLAnchorElement) twin.search = lit ? location.search : "";
  }

  /** Lights what the address names. */
  function followAddress() {
    const wanted = new URLSearchParams(location.search).get(PARAMETER);
    const found = wanted && [...texts()].find(([, tex]) => tex === wanted);
    light(found ? found[0] : "");
  }

  document.addEventListener("click", click);
  document.addEventListener("click", keepChoice, true);
  document.addEventListener("keydown", key);
  gl.onPage(() => {
    addTabStops();
    followAddress();
  });
})();
