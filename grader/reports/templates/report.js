"use strict";
(() => {
  const table = document.getElementById("class"), body = table.tBodies[0];
  const find = document.getElementById("find"), which = document.getElementById("which"), shown = document.getElementById("shown");
  const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const rows = Array.from(body.rows, row => ({ row, text: (row.textContent + " " + row.dataset.m).toLowerCase(), kinds: row.dataset.k.split(" ") }));

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text, kinds } of rows) {
      const fits = words.every(word => text.includes(word)) && (!which.value || kinds.includes(which.value));
      if (row.hidden === fits) row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${rows.length}`;
  };

  const valueOf = (row, column) => row.cells[column].textContent.trim();
  const compare = (one, other) => {
    if (one === "" || other === "") return (one === "") - (other === "");
    const difference = parseFloat(one) - parseFloat(other);
    return Number.isNaN(difference) ? order.compare(one, other) : difference;
  };
  const isNumber = column => table.tHead.rows[0].cells[column].classList.contains("n");

  const sort = (head, column) => {
    const down = head.ariaSort ? head.ariaSort === "ascending" : isNumber(column);
    for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const keyed = rows.map((each, place) => ({ each, place, key: valueOf(each.row, column) }));
    const by = isNumber(column) ? compare : (one, other) => order.compare(one, other);
    keyed.sort((a, b) => (a.key === "" || b.key === "" || !down ? by(a.key, b.key) : by(b.key, a.key)) || a.place - b.place);
    body.append(...keyed.map(({ each }) => each.row));
  };

  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, column));
    head.append(button);
  });

  let waiting;
  find.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  which.addEventListener("change", filter);
  find.form.addEventListener("submit", event => event.preventDefault());
  for (const link of document.querySelectorAll("[data-find]")) {
    link.addEventListener("click", () => { find.value = link.dataset.find; filter(); find.focus(); });
  }
  find.form.hidden = false;
  filter();
})();
