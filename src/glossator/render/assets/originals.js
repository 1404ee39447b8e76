// @ts-check
// Two languages at once: the original of a passage stands below it when a reader asks for it, or
// below all of them. It is taken from the page's twin, which has the same rows and blocks, so that a
// page carries no word of it.

(() => {
  "use strict";

  /** @typedef {[english: string, forms: string[], meaning: string]} Term */

  const TRANSLATED = ".gl-note > :is([data-e], [lang]):not(.gl-original, .gl-hidden)";
  const UNTRANSLATED = ".gl-note > .gl-original";

  /** The choice to see all originals. */
  const BOTH = "originals";

  /** The twin of this page in the language of the sources, if this page is another one. */
  function twin() {
    const first = document.querySelector("a.gl-twin");
    return first instanceof HTMLAnchorElement && !first.ariaCurrent ? first : null;
  }

  /** What was fetched, by its address. @type {Map<string, Promise<Response>>} */
  const fetched = new Map();

  /** Fetches once. @param {string} url */
  function load(url) {
    const known = fetched.get(url) ?? fetch(url);
    fetched.set(url, known);
    return known.then((response) => {
      if (!response.ok) throw new Error(response.statusText);
      return response.clone().text();
    });
  }

  /** The blocks of each row, as the build has made them. @param {ParentNode} page */
  const rowsOf = (page) =>
    gl
      .all(".gl-page > .gl-row", page)
      .map((row) => gl.all(":scope > .gl-note > *", row).filter((block) => !isOurs(block)));

  /** Whether something was added by a script. @param {Element} element */
  const isOurs = (element) => element.matches(".gl-ask, .gl-twin-text, .gl-link");

  /**
   * The original of a block: what stands in the same place on the twin.
   * @param {HTMLElement} block @param {Document} other
   */
  function originalOf(block, other) {
    if (block.matches("h1")) return other.querySelector(".gl-page h1");
    const here = rowsOf(document);
    const row = here.findIndex((blocks) => blocks.includes(block));
    const there = rowsOf(other)[row] ?? [];
    const own = here[row] ?? [];
    return there.length === own.length ? there[own.indexOf(block)] : undefined;
  }

  // ── What stands below a passage ──────────────────────────────────────────────────────────────

  /** The place for an original below a block, if it is open. @param {HTMLElement} block */
  function opened(block) {
    const next = block.nextElementSibling?.nextElementSibling;
    return next instanceof HTMLElement && next.matches(".gl-twin-text") ? next : null;
  }

  /** Opens the original of a block. @param {HTMLElement} block @param {boolean} isAlone */
  async function open(block, isAlone) {
    const link = twin();
    const ask = block.nextElementSibling;
    if (!link || !ask || opened(block)) return;
    const place = gl.make("div", "gl-twin-text", { lang: link.lang });
    ask.after(place);
    setOpen(block, true);
    try {
      const other = new DOMParser().parseFromString(await load(link.href), "text/html");
      const original = originalOf(block, other);
      if (!original) throw new Error("the twin is another page");
      place.dir = other.documentElement.dir;
      place.append(copyOf(original, link.href));
      if (isAlone) place.append(...(await foot(block, original)));
    } catch {
      // Without a connection, or from a file, there is still the way to it.
      const row = block.closest(".gl-row");
      const href = link.href + (row?.id ? `#${encodeURIComponent(row.id)}` : "");
      place.replaceChildren(gl.make("a", "", { href }, link.textContent ?? ""));
    }
  }

  /** Closes the original of a block. @param {HTMLElement} block */
  function close(block) {
    opened(block)?.remove();
    setOpen(block, false);
  }

  /** @param {HTMLElement} block @param {boolean} isOpen */
  const setOpen = (block, isOpen) =>
    block.nextElementSibling?.querySelector("button")?.setAttribute("aria-expanded", String(isOpen));

  /** @param {HTMLElement} block */
  const toggle = (block) => (opened(block) ? close(block) : void open(block, true));

  /** A copy without ids and tools, whose links lead where they led. @param {Element} original @param {string} base */
  function copyOf(original, base) {
    const copy = document.importNode(original, true);
    for (const extra of gl.all(".headerlink", copy)) extra.remove();
    for (const part of [copy, ...gl.all("[id]", copy)]) part.removeAttribute("id");
    for (const link of gl.all("a[href]", copy)) {
      link.setAttribute("href", new URL(link.getAttribute("href") ?? "", base).href);
    }
    for (const image of gl.all("img[src]", copy)) {
      image.setAttribute("src", new URL(image.getAttribute("src") ?? "", base).href);
    }
    // A heading of a copy is no heading of this page.
    if (!/^H\d$/.test(copy.nodeName)) return copy;
    const words = gl.make("p", "", {});
    words.append(...copy.childNodes);
    return words;
  }

  // ── Terms, and the way to the catalog ────────────────────────────────────────────────────────

  /** @param {HTMLElement} block @param {Element} original */
  async function foot(block, original) {
    const made = [];
    const terms = glWords.terms ? await termsIn(block, original) : [];
    if (terms.length > 0) made.push(listOf(terms));
    const href = catalogAt(block);
    if (href) made.push(gl.make("a", "gl-improve", { href, ...spoken() }, glWords.improve));
    return made;
  }

  /** The terms of the glossary that a passage and its original have. @param {Element} block @param {Element} original */
  async function termsIn(block, original) {
    /** @type {Term[]} */
    const all = JSON.parse(await load(new URL("assets/glossator/terms.json", gl.root).href));
    let english = original.textContent ?? "";
    const said = block.textContent ?? "";
    return all.filter(([term, forms]) => {
      const pattern = patternOf(term);
      // The longer term comes first, and hides those that it is made of.
      if (!pattern.test(english) || !forms.some((form) => said.includes(form))) return false;
      english = english.replaceAll(pattern, " ");
      return true;
    });
  }

  /** @param {string} term */
  function patternOf(term) {
    const words = term.split(/[ -]+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const isCapital = /[A-Z]/.test(term);
    return new RegExp(`(?<!\\w)${words.join("[ -]")}(?:s|es)?(?!\\w)`, isCapital ? "g" : "gi");
  }

  /** @param {Term[]} terms */
  function listOf(terms) {
    const list = gl.make("dl", "gl-terms", {});
    const page = { lang: document.documentElement.lang, dir: document.documentElement.dir };
    for (const [english, forms, meaning] of terms) {
      list.append(gl.make("dt", "", page, forms[0]));
      list.append(gl.make("dd", "", { lang: twin()?.lang ?? "", dir: "ltr" }, english));
      if (meaning) list.append(gl.make("dd", "", page, meaning));
    }
    return list;
  }

  /** The line of a block in its catalog, where it can be edited. @param {HTMLElement} block */
  function catalogAt(block) {
    const catalog = document.querySelector(".gl-bar .gl-catalog");
    if (!(catalog instanceof HTMLAnchorElement)) return "";
    const { e } = block.dataset;
    return e ? `${catalog.href.replace(/#.*/, "")}#L${e}` : catalog.href;
  }

  /** How our own words say in which language they are. */
  const spoken = () =>
    glWords.lang
      ? { lang: glWords.lang, dir: "ltr" }
      : { lang: document.documentElement.lang, dir: document.documentElement.dir };

  // ── Asking ───────────────────────────────────────────────────────────────────────────────────

  /** Gives each passage what asks for its original, or leads to its place in the catalog. */
  function addQuestions() {
    if (!twin()) return;
    for (const block of gl.all(`${TRANSLATED}, .gl-page > h1[data-e]`)) {
      if (block.nextElementSibling?.matches(".gl-ask")) continue;
      const button = gl.make("button", "gl-tool", { type: "button", "aria-expanded": "false", ...spoken() });
      button.textContent = glWords.original;
      button.addEventListener("click", () => toggle(block));
      put(block, button);
    }
    for (const block of gl.all(UNTRANSLATED)) {
      const href = catalogAt(block);
      if (!href || block.nextElementSibling?.matches(".gl-ask")) continue;
      put(block, gl.make("a", "gl-tool", { href, ...spoken() }, glWords.translate));
    }
    addSwitch();
  }

  /** Puts a tool at the end of a block. @param {HTMLElement} block @param {HTMLElement} tool */
  function put(block, tool) {
    const holder = gl.make("div", "gl-ask", {});
    holder.append(tool);
    block.after(holder);
  }

  /** The switch in the bar that shows all originals; a reader's choice holds on every page. */
  function addSwitch() {
    const bar = document.querySelector(".gl-bar");
    if (!bar || bar.querySelector(".gl-both") || document.querySelector(TRANSLATED) === null) return;
    const isOn = gl.recall(BOTH) === "yes";
    const attributes = { type: "button", "aria-pressed": String(isOn), title: glWords.originals };
    const button = gl.make("button", "gl-both", { ...attributes, ...spoken() }, glWords.original);
    button.addEventListener("click", () => {
      const wanted = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(wanted));
      gl.remember(BOTH, wanted ? "yes" : "");
      showAll(wanted);
    });
    bar.append(button);
    if (isOn) showAll(true);
  }

  /** @param {boolean} isWanted */
  function showAll(isWanted) {
    for (const block of gl.all(TRANSLATED)) {
      if (isWanted) void open(block, false);
      else close(block);
    }
  }

  /** A finger asks by a tap on the passage itself. @param {MouseEvent} event */
  function tap(event) {
    const touched = /** @type {PointerEvent} */ (event).pointerType;
    const target = event.target;
    if (!(touched === "touch" || touched === "pen") || !(target instanceof Element)) return;
    if (target.closest("a, button, input, label, summary, pre, img, [data-s], .gl-twin-text")) return;
    const block = target.closest(TRANSLATED);
    if (block instanceof HTMLElement && getSelection()?.isCollapsed !== false) toggle(block);
  }

  /** Escape closes the original in which the focus is. @param {KeyboardEvent} event */
  function closeByKey(event) {
    const place = document.activeElement?.closest(".gl-ask, .gl-twin-text");
    if (event.key !== "Escape" || !place) return;
    const ask = place.matches(".gl-ask") ? place : place.previousElementSibling;
    const block = ask?.previousElementSibling;
    if (!(block instanceof HTMLElement) || !opened(block)) return;
    close(block);
    ask?.querySelector("button")?.focus();
  }

  document.addEventListener("click", tap);
  document.addEventListener("keydown", closeByKey);
  gl.onPage(addQuestions);
})();
