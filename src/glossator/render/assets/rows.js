// @ts-check
// The buttons and links of a row: copying its code, its own address, its line in the source.

(() => {
  "use strict";

  /** Whether the site lets code be copied, and what its button is called. */
  function copying() {
    const { features = [], translations = {} } = gl.config();
    return features.includes("content.code.copy") ? translations["clipboard.copy"] || "" : "";
  }

  /**
   * Gives each box of code its button. Material's own names the box by the id of its row in a
   * selector, and `#BatchNorm.forward` selects something else there.
   */
  function addCopyButtons() {
    const title = copying();
    if (!title) return;
    for (const code of gl.all(".gl-page .no-copy > code, .gl-page .no-copy pre > code")) {
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

  /** The row of an event, if it has not got its links yet. @param {Event} event */
  function newRow(event) {
    const row = event.target instanceof Element && event.target.closest(".gl-row");
    return row instanceof HTMLElement && !row.dataset.linked ? row : null;
  }

  /** A row gets its links when a reader first comes to it. @param {Event} event */
  function addRowLinks(event) {
    const row = newRow(event);
    if (!row) return;
    row.dataset.linked = "yes";
    const note = row.querySelector(".gl-note");
    if (row.id && note && !note.querySelector("h1")) {
      note.append(link("gl-link", "#" + encodeURIComponent(row.id), glWords.place, "§"));
    }
    const file = document.querySelector(".gl-bar .gl-source");
    const code = row.querySelector(".gl-code > code");
    if (!(file instanceof HTMLAnchorElement) || !(code instanceof HTMLElement)) return;
    const line = lineOf(code);
    const title = glWords.source.replace("{line}", String(line));
    toolsOf(code).append(link("md-code__button gl-at-source", `${file.href}#L${line}`, title));
  }

  /** The number of the first line of a box of code. @param {HTMLElement} code */
  const lineOf = (code) => Number(code.querySelector("i")?.style.getPropertyValue("--n") || 1);

  /**
   * Gives headings a link to themselves, as every site of the theme has it. It is for the mouse: for
   * the keyboard and for ears the same link stands in the outline.
   */
  function addHeadingLinks() {
    for (const heading of gl.all(".gl-page :is(h1, h2, h3, h4, h5, h6)[id]")) {
      if (heading.querySelector(".headerlink")) continue;
      const href = "#" + encodeURIComponent(heading.id);
      const attributes = { href, "aria-hidden": "true", tabindex: "-1" };
      heading.append(gl.make("a", "headerlink", attributes, "¶"));
    }
  }

  /** @param {string} kind @param {string} href @param {string} title @param {string} [text] */
  const link = (kind, href, title, text) =>
    gl.make("a", kind, { href, title, "aria-label": title }, text);

  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, addRowLinks);
    document.addEventListener(kind, fillClipboard);
  }
  gl.onPage(addCopyButtons);
  gl.onPage(addHeadingLinks);
})();
