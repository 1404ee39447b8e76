// @ts-check
// The menu and the list of languages, by the keyboard.

(() => {
  "use strict";

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
    const active = gl.all(".md-sidebar--primary .md-nav__link--active").filter(gl.isShown).pop();
    const menu = active?.closest(".md-sidebar__scrollwrap");
    if (!active || !menu || !matchMedia("(min-width: 76.25em)").matches) return;
    menu.scrollTop += gl.topOf(active) - window.innerHeight / 2;
    active.focus({ preventScroll: true });
  }

  /** Escape closes the menu and the list of languages. @param {KeyboardEvent} event */
  function closeByKey(event) {
    if (event.key !== "Escape") return;
    const drawer = document.getElementById("__drawer");
    if (drawer instanceof HTMLInputElement && drawer.checked) {
      drawer.click();
      gl.all(".gl-menu")[0]?.focus();
    }
    const active = document.activeElement;
    if (active instanceof HTMLElement && active.closest(".md-select")) active.blur();
  }

  document.addEventListener("keydown", closeByKey);
  gl.onPage(addMenuButton);
})();
