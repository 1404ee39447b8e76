// @ts-check
// The line between prose and code: a reader moves it, by pointer or by keys, and finds it there on
// every page.

(() => {
  "use strict";

  const CHOICE = "split";
  const [LEAST, MOST, STEP] = [25, 75, 2];

  /** Where the style sheet puts it: the share of the prose, in hundredths. */
  const USUAL = 43;

  const rows = () => gl.all(".gl-page > .gl-row:not(.gl-wide, .gl-bare)");

  /** Puts the line where it was left, on a page that has one. */
  function addLine() {
    const page = document.querySelector(".gl-page");
    if (!(page instanceof HTMLElement) || rows().length === 0) return;
    const line = gl.make("div", "gl-split", {
      role: "separator",
      tabindex: "0",
      title: glWords.split,
      "aria-label": glWords.split,
      "aria-orientation": "vertical",
      "aria-valuemin": String(LEAST),
      "aria-valuemax": String(MOST),
    });
    // It stays in the window while the page is read.
    const holder = gl.make("div", "gl-splitter", {});
    holder.append(line);
    page.before(holder);
    line.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      line.focus();
      line.setPointerCapture(event.pointerId);
    });
    line.addEventListener("pointermove", (event) => {
      if (line.hasPointerCapture(event.pointerId)) move(line, page, shareAt(event.clientX, page));
    });
    line.addEventListener("dblclick", () => move(line, page, USUAL));
    line.addEventListener("keydown", (event) => {
      const wanted = shareByKey(event.key, shareOf(line), page);
      if (wanted === undefined) return;
      event.preventDefault();
      move(line, page, wanted);
    });
    place(line, page, Number(gl.recall(CHOICE)) || USUAL);
  }

  /** @param {Element} line */
  const shareOf = (line) => Number(line.getAttribute("aria-valuenow"));

  /** @param {Element} page */
  const isRightToLeft = (page) => getComputedStyle(page).direction === "rtl";

  /** The share of the prose if the line were under the pointer. @param {number} x @param {Element} page */
  function shareAt(x, page) {
    const { left, width } = page.getBoundingClientRect();
    const share = (100 * (x - left)) / width;
    return isRightToLeft(page) ? 100 - share : share;
  }

  /** The share that a key asks for. @param {string} key @param {number} share @param {Element} page */
  function shareByKey(key, share, page) {
    const further = isRightToLeft(page) ? -STEP : STEP;
    /** @type {Record<string, number>} */
    const wanted = {
      ArrowLeft: share - further,
      ArrowRight: share + further,
      Home: LEAST,
      End: MOST,
      Enter: USUAL,
    };
    return wanted[key];
  }

  /** @param {Element} line @param {HTMLElement} page @param {number} share */
  function move(line, page, share) {
    place(line, page, share);
    const placed = shareOf(line);
    gl.remember(CHOICE, placed === USUAL ? "" : String(placed));
  }

  /** @param {Element} line @param {HTMLElement} page @param {number} share */
  function place(line, page, share) {
    const placed = Math.round(Math.min(MOST, Math.max(LEAST, share)));
    line.setAttribute("aria-valuenow", String(placed));
    const article = page.parentElement ?? page;
    article.style.setProperty("--gl-share", String(placed / 100));
    article.style.setProperty("--gl-prose", `${placed}fr`);
    article.style.setProperty("--gl-beside", `${100 - placed}fr`);
  }

  gl.onPage(addLine);
})();
