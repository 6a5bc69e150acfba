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
  // A student's page leads nowhere, so that it can be given out; who looks at the whole class turns the pages here, in the
  // order of the table and within what it is filtered by.
  const viewer = document.getElementById("viewer"), sheet = document.getElementById("sheet");
  const link = entry => entry.row.querySelector("a");
  let current = -1;
  const turn = place => {
    const entry = fitting[place];
    if (!entry) return;
    current = place;
    const { href, textContent } = link(entry);
    sheet.src = href;
    document.getElementById("apart").href = href;
    document.getElementById("whose").textContent = textContent;
    document.getElementById("place").textContent = `${place + 1} of ${fitting.length}`;
    document.getElementById("before").disabled = place === 0;
    document.getElementById("after").disabled = place === fitting.length - 1;
    if (!viewer.open) viewer.showModal();
  };
  const open = event => {
    const clicked = event.target.closest("a[href]");
    if (!clicked || clicked.dataset.find !== undefined || clicked === document.getElementById("apart")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;  // a tab of its own was asked for
    const its = () => fitting.findIndex(entry => link(entry).href === clicked.href);
    if (its() < 0) {
      which.value = find.value = "";
      filter();
    }
    if (its() < 0) return;
    event.preventDefault();
    turn(its());
  };
  document.querySelector("main").addEventListener("click", open);
  document.getElementById("before").addEventListener("click", () => turn(current - 1));
  document.getElementById("after").addEventListener("click", () => turn(current + 1));
  document.getElementById("close").addEventListener("click", () => viewer.close());
  viewer.addEventListener("close", () => { sheet.removeAttribute("src"); });
  viewer.addEventListener("keydown", event => {
    if (event.key === "ArrowLeft") turn(current - 1);
    if (event.key === "ArrowRight") turn(current + 1);
  });

  view.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
  addEventListener("resize", () => { height = 0; draw(); });
  addEventListener("beforeprint", () => { fitting.forEach(({ row }) => below.before(row)); above.hidden = below.hidden = true; });
  addEventListener("afterprint", () => { above.hidden = below.hidden = false; draw(); });
  find.form.hidden = false;
  draw();
})();
