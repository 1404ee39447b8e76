// @ts-check
// What a page does beyond being read. Without this script all of it can be read, and all links
// lead to where they say.

(() => {
  "use strict";

  /** Where a reader was on the page of another language, until this one is there. */
  const PLACE = "glossator.place";

  /** @typedef {{ path: string, anchor: string, share: number }} Place */

  /** @type {(selector: string, root?: ParentNode) => HTMLElement[]} */
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /** Whether an element is drawn at all. @param {Element} element */
  const isShown = (element) => element.getClientRects().length > 0;

  /** The height of what covers the top of the window. */
  const headerHeight = () =>
    document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;

  /**
   * What Material tells its own script.
   * @returns {{ base?: string, features?: string[], translations?: Record<string, string> }}
   */
  const config = () => JSON.parse(document.getElementById("__config")?.textContent || "{}");

  /** The script's own words, in the language of the page. */
  const words = () => {
    const holder = document.querySelector("template.gl-words");
    return holder instanceof HTMLElement ? holder.dataset : {};
  };

  // ── Copying ──────────────────────────────────────────────────────────────────────────────────

  /** Whether the site lets code be copied, and what its button is called. */
  function copying() {
    const { features = [], translations = {} } = config();
    return features.includes("content.code.copy") ? translations["clipboard.copy"] || "" : "";
  }

  /**
   * Gives each box of code its button. Material's own names the box by the id of its row in a
   * selector, and `#BatchNorm.forward` selects something else there.
   */
  function addCopyButtons() {
    const title = copying();
    if (!title) return;
    for (const code of all(".gl-page .no-copy > code, .gl-page .no-copy pre > code")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "md-code__button";
      button.title = title;
      button.dataset.mdType = "copy";
      // Material's clipboard looks for this, copies it and says so.
      button.dataset.clipboardText = "";
      toolsOf(code).append(button);
    }
  }

  /** The place for buttons of a box of code. @param {HTMLElement} code */
  function toolsOf(code) {
    const made = code.parentElement?.querySelector(".md-code__nav");
    if (made) return made;
    const tools = document.createElement("div");
    tools.className = "md-code__nav";
    code.before(tools);
    return tools;
  }

  /** A button learns what it copies when it is about to. @param {Event} event */
  function fillClipboard(event) {
    const button = event.target instanceof Element && event.target.closest("[data-clipboard-text='']");
    const code = button && button.closest("pre")?.querySelector("code");
    if (code) button.setAttribute("data-clipboard-text", (code.textContent || "").trimEnd());
  }

  // ── Links of a row ───────────────────────────────────────────────────────────────────────────

  /** The row of an event, if it has not got its links yet. @param {Event} event */
  function newRow(event) {
    const row = event.target instanceof Element && event.target.closest(".gl-row");
    return row instanceof HTMLElement && !row.dataset.linked ? row : null;
  }

  /** A row gets its links when a reader first comes to it. @param {Event} event */
  function addRowLinks(event) {
    const row = newRow(event);
    const { place, source } = words();
    if (!row || !place || !source) return;
    row.dataset.linked = "yes";
    const note = row.querySelector(".gl-note");
    if (row.id && note && !note.querySelector("h1")) note.append(link("gl-link", "#" + encodeURIComponent(row.id), place, "§"));
    const file = document.querySelector(".gl-bar .gl-source");
    const code = row.querySelector(".gl-code > code");
    if (!(file instanceof HTMLAnchorElement) || !(code instanceof HTMLElement)) return;
    const line = lineOf(code);
    const title = source.replace("{line}", String(line));
    toolsOf(code).append(link("md-code__button gl-at-source", `${file.href}#L${line}`, title));
  }

  /** The number of the first line of a box of code. @param {HTMLElement} code */
  const lineOf = (code) => Number(code.querySelector("i")?.style.getPropertyValue("--n") || 1);

  /** @param {string} kind @param {string} href @param {string} title @param {string} [text] */
  function link(kind, href, title, text = "") {
    const made = document.createElement("a");
    made.className = kind;
    made.href = href;
    made.title = title;
    made.setAttribute("aria-label", title);
    made.textContent = text;
    return made;
  }

  // ── Places ───────────────────────────────────────────────────────────────────────────────────

  /** A click on a line's number puts the line into the address. @param {MouseEvent} event */
  function nameLine(event) {
    const mark = event.target;
    if (!(mark instanceof HTMLElement) || !mark.matches(".gl-code i[id]")) return;
    const { scrollX, scrollY } = window;
    location.hash = mark.id;
    window.scrollTo(scrollX, scrollY);
  }

  /** The anchors of a page from its top to its end. */
  const anchors = () =>
    all(".gl-row[id], .gl-page :is(h1, h2, h3, h4, h5, h6)[id]").filter(isShown);

  /** Where an anchor is in the window. @param {Element} anchor */
  const topOf = (anchor) => anchor.getBoundingClientRect().top;

  /** The place that a reader is looking at: the last anchor above it, and how far below. */
  function currentPlace() {
    const edge = headerHeight() + 8;
    const found = anchors();
    const next = found.findIndex((anchor) => topOf(anchor) > edge);
    const index = next < 0 ? found.length - 1 : next - 1;
    if (index < 0) return null;
    const height = heightBelow(found, index);
    return { anchor: found[index].id, share: height > 0 ? (edge - topOf(found[index])) / height : 0 };
  }

  /** How far it is from an anchor to the next. @param {HTMLElement[]} found @param {number} index */
  function heightBelow(found, index) {
    const end = found[index + 1] ?? document.querySelector("footer");
    return end ? topOf(end) - topOf(found[index]) : 0;
  }

  /** Switching the language keeps the place: anchors are the same in all. @param {MouseEvent} event */
  function keepPlace(event) {
    const twin = event.target instanceof Element && event.target.closest("a.gl-twin");
    if (!(twin instanceof HTMLAnchorElement)) return;
    const place = window.scrollY > 0 ? currentPlace() : null;
    twin.hash = location.hash;
    if (!place) return;
    const stays = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    // Another window does not share the storage: there the anchor in the address has to do.
    if (!(stays && remember({ path: twin.pathname, ...place }))) twin.hash = place.anchor;
  }

  /** The root of this language, as it was when the window opened. */
  const ROOT = new URL(String(config().base ?? ".") + "/", location.href);

  /**
   * Instant navigation leaves the header as it was on the first page, and the switch in it: its
   * links are led on, from the root of each language.
   */
  function followWithSwitch() {
    const page = location.pathname.slice(ROOT.pathname.length);
    for (const twin of all("a.gl-twin")) {
      if (!(twin instanceof HTMLAnchorElement)) continue;
      const path = twin.pathname;
      twin.dataset.root ??= path.endsWith(page) ? path.slice(0, path.length - page.length) : "";
      if (twin.dataset.root) twin.pathname = twin.dataset.root + page;
    }
  }

  /** Whether a place is kept. @param {Place} place */
  function remember(place) {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(place));
      return true;
    } catch {
      return false;
    }
  }

  /** @returns {Place | null} */
  function recall() {
    try {
      const kept = sessionStorage.getItem(PLACE);
      sessionStorage.removeItem(PLACE);
      return kept && JSON.parse(kept);
    } catch {
      return null;
    }
  }

  /** Goes where the reader was on the page's twin, after the browser has gone where it wants. */
  function resumePlace() {
    const place = recall();
    if (!place || place.path !== location.pathname) return;
    const go = () => requestAnimationFrame(() => goTo(place));
    if (document.readyState === "complete") go();
    else window.addEventListener("load", go, { once: true });
  }

  /** @param {Place} place */
  function goTo(place) {
    const found = anchors();
    const index = found.findIndex((anchor) => anchor.id === place.anchor);
    if (index < 0) return;
    const down = topOf(found[index]) + place.share * heightBelow(found, index);
    window.scrollBy(0, down - headerHeight() - 8);
  }

  /** Old addresses count sections: `#section-7` is the eighth. */
  function followOldAddress() {
    const match = /^#section-(\d+)$/.exec(location.hash);
    if (!match || document.getElementById(match[0].slice(1))) return;
    const place = all(".gl-row[id], .gl-code a[id]")[Number(match[1])];
    if (place) location.replace("#" + encodeURIComponent(place.id));
  }

  /** A line of prose has no anchor: its address leads to the row of the code that it is about. */
  function followLine() {
    const wanted = /^#L(\d+)$/.exec(location.hash);
    if (!wanted || document.getElementById(wanted[0].slice(1))) return;
    const lines = all(".gl-code i[id]");
    const next = lines.find((line) => Number(line.id.slice(1)) > Number(wanted[1]));
    next?.closest(".gl-row")?.scrollIntoView();
  }

  // ── The keyboard ─────────────────────────────────────────────────────────────────────────────

  /** The menu opens by a label, which no keyboard reaches: a button takes its place. */
  function addMenuButton() {
    const label = document.querySelector(".md-header__button[for='__drawer']");
    const drawer = document.getElementById("__drawer");
    const menu = document.querySelector(".md-nav--primary");
    if (!(label instanceof HTMLElement) || !drawer || !menu || label.hidden) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-header__button md-icon gl-menu";
    button.setAttribute("aria-label", menu.getAttribute("aria-label") || "");
    button.append(...Array.from(label.childNodes, (child) => child.cloneNode(true)));
    button.addEventListener("click", () => drawer.click());
    drawer.addEventListener("change", showPlaceInMenu);
    label.hidden = true;
    label.before(button);
  }

  /** In a wide window the menu opens where the reader is in it, as Material's does in others. */
  function showPlaceInMenu() {
    const active = all(".md-sidebar--primary .md-nav__link--active").filter(isShown).pop();
    const menu = active?.closest(".md-sidebar__scrollwrap");
    if (!active || !menu || !matchMedia("(min-width: 76.25em)").matches) return;
    menu.scrollTop += topOf(active) - window.innerHeight / 2;
    active.focus({ preventScroll: true });
  }

  /** Escape closes the menu and the list of languages. @param {KeyboardEvent} event */
  function closeByKey(event) {
    if (event.key !== "Escape") return;
    const drawer = document.getElementById("__drawer");
    if (drawer instanceof HTMLInputElement && drawer.checked) {
      drawer.click();
      all(".gl-menu")[0]?.focus();
    }
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest(".md-select")) active.blur();
  }

  function start() {
    followWithSwitch();
    addCopyButtons();
    addMenuButton();
    followOldAddress();
    followLine();
    resumePlace();
  }

  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, addRowLinks);
    document.addEventListener(kind, fillClipboard);
  }
  document.addEventListener("click", keepPlace, true);
  document.addEventListener("click", nameLine);
  document.addEventListener("keydown", closeByKey);
  window.addEventListener("hashchange", followOldAddress);
  window.addEventListener("hashchange", followLine);

  // Material tells of each page that its instant navigation puts into the window.
  const pages = /** @type {{ document$?: { subscribe(next: () => void): void } }} */ (window).document$;
  if (pages) pages.subscribe(start);
  else start();
})();
