// The share of a page's rows in which neither prose nor code stands.
() => {
  const page = document.querySelector(".gl-page");
  const height = (element) => element.getBoundingClientRect().height;
  const width = (element) => element.getBoundingClientRect().width;
  const prose = (note) => {
    const boxes = [...note.children].map((child) => child.getBoundingClientRect());
    const padding = height(note) - note.clientHeight + 14;
    return Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top)) + padding;
  };
  let area = 0, filled = 0;
  for (const row of page.querySelectorAll(".gl-row")) {
    area += height(row) * page.clientWidth;
    const code = row.querySelector(":scope > .gl-code");
    if (code) filled += height(code) * width(code);
    for (const note of row.querySelectorAll(":scope > .gl-note")) {
      const beside = code && !note.matches(".gl-rest");
      filled += prose(note) * (beside ? page.clientWidth - width(code) : width(note));
    }
  }
  return 1 - filled / area;
}
