// @ts-check
// Pictures: a click shows one as large as the window lets it be.

(() => {
  "use strict";

  /** Pixels from which on a picture is no badge or icon. */
  const SMALLEST = 160;

  /** Gives each picture that is not a link its button. */
  function addButtons() {
    for (const image of gl.all(".gl-page .gl-note img")) {
      if (!(image instanceof HTMLImageElement) || image.closest("a, button")) continue;
      if (image.complete) wrap(image);
      else image.addEventListener("load", () => wrap(image), { once: true });
    }
  }

  /** @param {HTMLImageElement} image */
  function wrap(image) {
    if (image.clientWidth < SMALLEST) return;
    const button = gl.make("button", "gl-zoom", { type: "button", title: glWords.enlarge });
    if (!image.alt) button.setAttribute("aria-label", glWords.enlarge);
    image.replaceWith(button);
    button.append(image);
    button.addEventListener("click", () => show(image));
  }

  /** @param {HTMLImageElement} image */
  function show(image) {
    const dialog = gl.make("dialog", "gl-large", { "aria-label": image.alt || glWords.enlarge });
    const close = gl.make("button", "", { type: "button", "aria-label": glWords.close }, "×");
    const large = gl.make("img", "", { src: image.currentSrc || image.src, alt: image.alt });
    dialog.append(large, close);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  gl.onPage(addButtons);
})();
