// @ts-check
// Names in code: a click lights every place of the same variable, and a link tells what it leads to.
// Which places are one variable the build has found out, by Python's rules; the table `gl-names` at
// the end of a page has them. Its code has no elements for them: they would be a third of the page.

(() => {
  "use strict";

  /** Where a name stands: the text of its line, and its characters. */
  /** @typedef {{ variable: number, line: number, start: number, end: number }} Place */

  const LIT = "gl-name";
  const AT = "gl-name-at";

  /** Whether this browser can light text that is no element. */
  const canLight = "highlights" in CSS;

  /** The places of this page, and the variable that is lit. @type {Place[]} */
  let places = [];
  let lit = -1;

  /** @returns {[spelling: string, places: number[]][][]} */
  function table() {
    const plain = gl.all("script.gl-names")[0]?.textContent;
    /** @type {(string | number[])[][]} */
    const variables = plain ? JSON.parse(plain) : [];
    return variables.map((parts) =>
      parts.flatMap((part, index) =>
        typeof part === "string" ? [[part, /** @type {number[]} */ (parts[index + 1])]] : [],
      ),
    );
  }

  /** All places in the order of the file; lines are counted from the place before. */
  function readPlaces() {
    places = table().flatMap((spellings, variable) =>
      spellings.flatMap(([name, numbers]) => {
        let line = 0;
        const found = [];
        for (let at = 0; at < numbers.length; at += 2) {
          line += numbers[at] ?? 0;
          const start = numbers[at + 1] ?? 0;
          found.push({ variable, line, start, end: start + name.length });
        }
        return found;
      }),
    );
    places.sort((one, other) => one.line - other.line || one.start - other.start);
  }

  // ── Between text and places ──────────────────────────────────────────────────────────────────

  /** The range of a place on the page; none if the page does not show its line. @param {Place} place */
  function rangeOf(place) {
    const mark = document.querySelector(`.gl-code i[id=L${place.line}]`);
    const range = new Range();
    let at = 0;
    let isOpen = false;
    for (let node = mark?.nextSibling; node; node = node.nextSibling) {
      for (const text of textsIn(node)) {
        const length = text.data.length;
        if (!isOpen && place.start < at + length) {
          range.setStart(text, place.start - at);
          isOpen = true;
        }
        if (isOpen && place.end <= at + length) {
          range.setEnd(text, place.end - at);
          return range;
        }
        at += length;
      }
    }
    return null;
  }

  /** @param {Node} node @returns {Text[]} */
  function textsIn(node) {
    if (node instanceof Text) return [node];
    return [...node.childNodes].flatMap(textsIn);
  }

  /** The place at a point of the page. @param {MouseEvent} event */
  function placeAt(event) {
    const found = caretAt(event);
    const code = found?.node.parentElement?.closest(".gl-code > code");
    if (!found || !code) return undefined;
    // The line begins at the last mark before the point.
    const marks = gl.all("i[id]", code).filter((mark) => isBefore(mark, found.node));
    const mark = marks.at(-1);
    if (!mark) return undefined;
    const range = new Range();
    range.setStartAfter(mark);
    range.setEnd(found.node, found.offset);
    const line = Number(mark.id.slice(1));
    const column = range.toString().length;
    return places.find((p) => p.line === line && p.start <= column && column <= p.end);
  }

  /** @param {Node} one @param {Node} other */
  const isBefore = (one, other) =>
    Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);

  /** @param {MouseEvent} event */
  function caretAt({ clientX, clientY }) {
    const range = document.caretRangeFromPoint?.(clientX, clientY);
    if (range) return { node: range.startContainer, offset: range.startOffset };
    const caret = document.caretPositionFromPoint?.(clientX, clientY);
    return caret ? { node: caret.offsetNode, offset: caret.offset } : null;
  }

  // ── Lighting ─────────────────────────────────────────────────────────────────────────────────

  /** @param {string} name @param {Place[]} wanted */
  function show(name, wanted) {
    const ranges = wanted.map(rangeOf).filter((range) => range !== null);
    if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
    else CSS.highlights.delete(name);
  }

  /** Lights a variable, and puts out another. @param {number} variable */
  function light(variable) {
    lit = variable;
    show(LIT, places.filter((place) => place.variable === variable));
  }

  /** @param {MouseEvent} event */
  function click(event) {
    const target = event.target;
    if (!canLight || !(target instanceof Element) || !target.closest(".gl-code > code")) return;
    if (target.closest("a, button") || getSelection()?.isCollapsed === false) return;
    const place = placeAt(event);
    light(place && place.variable !== lit ? place.variable : -1);
  }

  // ── The keyboard ─────────────────────────────────────────────────────────────────────────────

  /** The name at which the keyboard is, in the box of code that has the focus. @type {Place | undefined} */
  let current;

  /** What is said of it to those who do not see it. */
  const voice = gl.make("div", "gl-voice", { "aria-live": "polite" });

  /** The places in a box of code. @param {Element} code */
  function placesIn(code) {
    const lines = new Set(gl.all("i[id]", code).map((mark) => Number(mark.id.slice(1))));
    return places.filter((place) => lines.has(place.line));
  }

  /** Goes to the next name of a box, or to the one before. @param {Element} code @param {number} step */
  function go(code, step) {
    const inside = placesIn(code);
    const index = current ? inside.indexOf(current) : -1;
    const next = inside[index < 0 ? (step > 0 ? 0 : inside.length - 1) : index + step];
    if (!next) return;
    current = next;
    show(AT, [next]);
    const range = rangeOf(next);
    if (range) scrollTo(code, range);
    const count = places.filter((place) => place.variable === next.variable).length;
    voice.textContent = `${range?.toString() ?? ""} (${count})`;
  }

  /** Brings a range into the view of its box, which may be narrower. @param {Element} code @param {Range} range */
  function scrollTo(code, range) {
    range.startContainer.parentElement?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, right } = range.getBoundingClientRect();
    const box = code.getBoundingClientRect();
    if (right > box.right) code.scrollLeft += right - box.right + 24;
    else if (left < box.left) code.scrollLeft -= box.left - left + 24;
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "Escape") {
      light(-1);
      closeTip();
    }
    const code = event.target;
    if (!(code instanceof HTMLElement) || !code.matches(".gl-code > code")) return;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // The arrows scroll the box, and other letters are Material's.
    if (event.key === "j" || event.key === "k") {
      go(code, event.key === "j" ? 1 : -1);
    } else if (current && (event.key === "Enter" || event.key === " ")) {
      light(current.variable === lit ? -1 : current.variable);
    } else return;
    event.preventDefault();
  }

  /** The name at which the keyboard was is left with its box. */
  function leave() {
    if (!current) return;
    current = undefined;
    CSS.highlights.delete(AT);
    voice.textContent = "";
  }

  /** Tab reaches each box of code that has names; within it `j` and `k` lead from one to the next. */
  function addTabStops() {
    for (const code of gl.all(".gl-code > code")) {
      if (placesIn(code).length === 0) continue;
      code.tabIndex = 0;
      code.setAttribute("aria-keyshortcuts", "j k Enter");
    }
    document.body.append(voice);
  }

  // ── What a link leads to ─────────────────────────────────────────────────────────────────────

  const WAIT = 250;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  const tip = gl.make("div", "gl-tip md-typeset", { role: "tooltip", id: "gl-tip" });

  /** @param {Event} event */
  function approach(event) {
    const link = event.target instanceof Element ? event.target.closest(".gl-code a[href]") : null;
    clearTimeout(waiting);
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) {
      if (!(event.target instanceof Element && tip.contains(event.target))) closeTip();
      return;
    }
    waiting = setTimeout(() => void openTip(link), WAIT);
  }

  /** Shows the signature and the first sentence of a definition. @param {HTMLAnchorElement} link */
  async function openTip(link) {
    const parts = await describe(link);
    if (parts.length === 0 || !link.isConnected) return;
    tip.replaceChildren(...parts);
    document.body.append(tip);
    link.setAttribute("aria-describedby", tip.id);
    const { left, top, bottom } = link.getBoundingClientRect();
    const { width, height } = tip.getBoundingClientRect();
    const below = bottom + height + 8 < innerHeight || top < height + gl.headerHeight() + 8;
    tip.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
    tip.style.top = `${below ? bottom + 6 : top - height - 6}px`;
  }

  function closeTip() {
    if (!tip.isConnected) return;
    tip.remove();
    gl.all("[aria-describedby=gl-tip]")[0]?.removeAttribute("aria-describedby");
  }

  /** @type {Map<string, Promise<Document>>} */
  const pages = new Map();

  /** The page of a link; this one is here already. @param {HTMLAnchorElement} link */
  function pageOf(link) {
    const url = link.href.replace(/#.*/, "");
    if (url === location.href.replace(/#.*/, "")) return Promise.resolve(document);
    const known =
      pages.get(url) ??
      fetch(url)
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => new DOMParser().parseFromString(text, "text/html"));
    pages.set(url, known);
    return known;
  }

  /** @param {HTMLAnchorElement} link @returns {Promise<Element[]>} */
  async function describe(link) {
    try {
      const page = await pageOf(link);
      const id = decodeURIComponent(link.hash.slice(1));
      const place = id ? page.getElementById(id) : page.querySelector(".gl-page h1");
      const row = place?.closest(".gl-row");
      const parts = [];
      const code = id ? signature(place, row) : null;
      if (code) parts.push(code);
      else if (!id && place) parts.push(gl.make("strong", "", {}, page.querySelector("h1")?.firstChild?.textContent ?? ""));
      // A line within a row is not what the words of the row are about.
      const words = /^L\d+$/.test(id) ? null : row?.querySelector(":scope > .gl-note > p");
      if (words) parts.push(sentence(words));
      for (const part of parts) part.setAttribute("lang", page.documentElement.lang);
      return parts;
    } catch {
      return [];
    }
  }

  /** The line of a definition, or all of a signature. @param {Element | null} place @param {Element | null | undefined} row */
  function signature(place, row) {
    const start = place?.matches(".gl-code *") ? place : row?.querySelector(".gl-code i");
    if (!start) return null;
    let text = "";
    for (let node = start.nextSibling; node; node = node.nextSibling) {
      text += node.textContent ?? "";
      const isOpen = (text.match(/[([]/g) ?? []).length > (text.match(/[)\]]/g) ?? []).length;
      // Decorators belong to what they decorate.
      if (text.endsWith("\n") && !isOpen && !/^\s*@/.test(text.trimEnd().split("\n").at(-1) ?? "")) break;
    }
    const lines = text.trimEnd().split("\n");
    const indent = Math.min(...lines.map((line) => line.search(/\S/)).filter((at) => at >= 0));
    return gl.make("code", "gl-signature", { dir: "ltr" }, lines.map((line) => line.slice(indent)).join("\n"));
  }

  /** A copy of a paragraph that ends with its first sentence. @param {Element} words */
  function sentence(words) {
    const copy = gl.make("p", "", { dir: "auto" });
    for (const node of words.childNodes) {
      const text = node instanceof Text ? /^[^]*?(?:[.!?](?=\s|$)|[。！？])/.exec(node.data) : null;
      copy.append(text ? text[0] : document.importNode(node, true));
      if (text) break;
    }
    for (const link of gl.all("a", copy)) link.replaceWith(...link.childNodes);
    for (const part of gl.all("[id], [tabindex]", copy)) {
      part.removeAttribute("id");
      part.removeAttribute("tabindex");
    }
    return copy;
  }

  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, approach);
  document.addEventListener("scroll", closeTip, { passive: true });
  document.addEventListener("click", closeTip);
  document.addEventListener("keydown", key);
  if (canLight) {
    document.addEventListener("click", click);
    document.addEventListener("focusout", leave);
    gl.onPage(() => {
      readPlaces();
      addTabStops();
      light(-1);
    });
  }
})();
