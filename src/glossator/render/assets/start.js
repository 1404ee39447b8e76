// @ts-check
// What the scripts of a page share: the page itself, what the build says to them, and when to begin.
// The build puts `glWords` before it: what they say, in the language of the page.
// Without any script all of a page can be read, and all links lead to where they say.

const gl = (() => {
  "use strict";

  /** @type {(selector: string, root?: ParentNode) => HTMLElement[]} */
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  /** Whether an element is drawn at all. @param {Element} element */
  const isShown = (element) => element.getClientRects().length > 0;

  /** Where an element is in the window. @param {Element} element */
  const topOf = (element) => element.getBoundingClientRect().top;

  /** The height of what covers the top of the window. */
  const headerHeight = () =>
    document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;

  /**
   * What Material tells its own script.
   * @returns {{ base?: string, features?: string[], translations?: Record<string, string> }}
   */
  const config = () => JSON.parse(document.getElementById("__config")?.textContent || "{}");

  /** The root of this language, as it was when the window opened. */
  const root = new URL(`${config().base ?? "."}/`.replace("//", "/"), location.href);

  /** A choice that a reader has made on any page, or nothing. @param {string} name */
  function recall(name) {
    try {
      return localStorage.getItem(`glossator.${name}`) || "";
    } catch {
      return "";
    }
  }

  /** Keeps a choice where the browser lets it. @param {string} name @param {string} choice */
  function remember(name, choice) {
    try {
      localStorage.setItem(`glossator.${name}`, choice);
    } catch {
      // It holds for this page then.
    }
  }

  /**
   * Makes an element with a class, attributes and text.
   * @template {keyof HTMLElementTagNameMap} T
   * @param {T} tag @param {string} kind @param {Record<string, string>} attributes
   * @param {string} [text]
   * @returns {HTMLElementTagNameMap[T]}
   */
  function make(tag, kind, attributes, text = "") {
    const made = document.createElement(tag);
    made.className = kind;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.textContent = text;
    return made;
  }

  /**
   * Runs something on this page, and on each that instant navigation puts into the window: Material
   * tells of those.
   * @param {() => void} start
   */
  function onPage(start) {
    const pages = /** @type {{ document$?: { subscribe(next: () => void): void } }} */ (window)
      .document$;
    if (pages) pages.subscribe(start);
    else start();
  }

  return { all, config, headerHeight, isShown, make, onPage, recall, remember, root, topOf };
})();
