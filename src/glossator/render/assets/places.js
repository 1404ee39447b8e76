// @ts-check
// Places: the address of a line, old addresses, and the place that a switch of language keeps.

(() => {
  "use strict";

  /** Where a reader was on the page of another language, until this one is there. */
  const PLACE = "glossator.place";

  /** @typedef {{ path: string, anchor: string, share: number }} Place */

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
    gl.all(".gl-row[id], .gl-page :is(h1, h2, h3, h4, h5, h6)[id]").filter(gl.isShown);

  /** The place that a reader is looking at: the last anchor above it, and how far below. */
  function currentPlace() {
    const edge = gl.headerHeight() + 8;
    const found = anchors();
    const next = found.findIndex((anchor) => gl.topOf(anchor) > edge);
    const index = next < 0 ? found.length - 1 : next - 1;
    if (index < 0) return null;
    const height = heightBelow(found, index);
    return { anchor: found[index].id, share: height > 0 ? (edge - gl.topOf(found[index])) / height : 0 };
  }

  /** How far it is from an anchor to the next. @param {HTMLElement[]} found @param {number} index */
  function heightBelow(found, index) {
    const end = found[index + 1] ?? document.querySelector("footer");
    return end ? gl.topOf(end) - gl.topOf(found[index]) : 0;
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

  /**
   * Instant navigation leaves the header as it was on the first page, and the switch in it: its
   * links are led on, from the root of each language.
   */
  function followWithSwitch() {
    const page = location.pathname.slice(gl.root.pathname.length);
    for (const twin of gl.all("a.gl-twin")) {
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
    const down = gl.topOf(found[index]) + place.share * heightBelow(found, index);
    window.scrollBy(0, down - gl.headerHeight() - 8);
  }

  /** Old addresses count sections: `#section-7` is the eighth. */
  function followOldAddress() {
    const match = /^#section-(\d+)$/.exec(location.hash);
    if (!match || document.getElementById(match[0].slice(1))) return;
    const place = gl.all(".gl-row[id], .gl-code a[id]")[Number(match[1])];
    if (place) location.replace("#" + encodeURIComponent(place.id));
  }

  /** A line of prose has no anchor: its address leads to the row of the code that it is about. */
  function followLine() {
    const wanted = /^#L(\d+)$/.exec(location.hash);
    if (!wanted || document.getElementById(wanted[0].slice(1))) return;
    const lines = gl.all(".gl-code i[id]");
    const next = lines.find((line) => Number(line.id.slice(1)) > Number(wanted[1]));
    next?.closest(".gl-row")?.scrollIntoView();
  }

  document.addEventListener("click", keepPlace, true);
  document.addEventListener("click", nameLine);
  window.addEventListener("hashchange", followOldAddress);
  window.addEventListener("hashchange", followLine);
  gl.onPage(() => {
    followWithSwitch();
    followOldAddress();
    followLine();
    resumePlace();
  });
})();
