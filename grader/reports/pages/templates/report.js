"use strict";
(() => {
  const table = document.getElementById("class"), body = table.tBodies[0], view = table.parentElement;
  const heads = Array.from(table.tHead.rows[0].cells);
  const find = document.getElementById("find"), which = document.getElementById("which"), shown = document.getElementById("shown");
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const AROUND = 25;

  let rows = Array.from(body.rows, row => ({
    row, text: `${row.textContent} ${row.dataset.m}`.toLowerCase(), kinds: row.dataset.k.split(" "),
  }));
  let fitting = rows, height = 0;

  // Only the rows in view are in the table, between two that are as high as all the others.
  const spacer = () => {
    const row = document.createElement("tr");
    row.append(document.createElement("td"));
    row.setAttribute("aria-hidden", "true");
    row.className = "spacer";
    return row;
  };
  const above = spacer(), below = spacer();
  body.replaceChildren(above, below);

  const draw = () => {
    const first = height ? Math.max(0, Math.floor(view.scrollTop / height) - AROUND) : 0;
    const last = Math.min(fitting.length, first + (height ? Math.ceil(view.clientHeight / height) : 1) + 2 * AROUND);
    const window = fitting.slice(first, last).map(each => each.row), wanted = new Set(window);
    for (const row of Array.from(body.rows)) if (row !== above && row !== below && !wanted.has(row)) row.remove();
    let place = above;
    window.forEach((row, i) => {
      row.setAttribute("aria-rowindex", first + i + 2);
      if (place.nextSibling !== row) place.after(row);
      place = row;
    });
    if (!height && window.length) height = window[0].offsetHeight;
    above.firstChild.style.height = `${first * height}px`;
    below.firstChild.style.height = `${(fitting.length - last) * height}px`;
    table.setAttribute("aria-rowcount", fitting.length + 1);
    shown.textContent = `${fitting.length} of ${rows.length}`;
  };

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    fitting = rows.filter(({ text, kinds }) =>
      words.every(word => text.includes(word)) && (!which.value || kinds.includes(which.value)));
    view.scrollTop = 0;
    draw();
  };

  const isNumber = head => head.classList.contains("n");
  const sort = (head, column) => {
    const down = head.ariaSort ? head.ariaSort === "ascending" : isNumber(head);
    heads.forEach(each => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const compare = isNumber(head) ? (one, other) => one - other : order.compare;
    const keyed = rows.map((each, place) => ({ each, place, key: each.row.cells[column].textContent.trim() }));
    keyed.sort((one, other) =>  // what is missing comes last either way
      (one.key === "") - (other.key === "") || (down ? -1 : 1) * compare(one.key, other.key) || one.place - other.place);
    rows = keyed.map(({ each }) => each);
    filter();
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });

  let waiting;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 100); });
  which.addEventListener("change", filter);
  find.form.addEventListener("submit", event => event.preventDefault());
  for (const link of document.querySelectorAll("[data-find]")) {
    link.addEventListener("click", () => { find.value = link.dataset.find; filter(); find.focus(); });
  }
  view.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", () => { height = 0; draw(); });
  addEventListener("beforeprint", () => { fitting.forEach(({ row }) => below.before(row)); above.hidden = below.hidden = true; });
  addEventListener("afterprint", () => { above.hidden = below.hidden = false; draw(); });
  find.form.hidden = false;
  draw();
})();
