"use strict";
// Choosing what is shown, sorting tables, and keeping both in the address. The page is whole without this:
// everything is on it, and nothing here adds to what it says.
(() => {
  const form = document.getElementById("filter");
  const said = document.getElementById("said");
  const selection = document.getElementById("selection");
  const permalink = document.getElementById("permalink");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // ── evidence, and what rests on it ──
  const evidence = new Map(all(".at-home").map((home) => [Number(home.id.slice(1)), {
    actor: (home.dataset.actor || "").split(" "),
    demand: (home.dataset.demand || "").split(" "),
    source: [home.dataset.source],
    day: home.dataset.day || "",
  }]));

  const citedIn = (element) => all('a[href^="#e"]', element).flatMap((link) => {
    const last = Number(link.getAttribute("href").slice(2));
    const first = Number(link.dataset.from || last);
    return Array.from({ length: last - first + 1 }, (_, step) => first + step);
  }).filter((number) => evidence.has(number));

  const isShownByEvidence = (row) => row.matches(":not(tr)") || citedIn(row.closest("table")).length > 0;
  const items = all("main .finding, main .card, main .quotation, main tbody tr")
    .filter(isShownByEvidence)
    .map((element) => ({
      element,
      numbers: element.matches(".at-home") ? [Number(element.id.slice(1))] : citedIn(element),
    }));

  // ── a number shows the words it stands for, before one goes there ──
  const hint = (event) => {
    const link = event.target.closest?.(".cite a");
    const home = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!home?.matches(".at-home") || link.title) return;
    const words = home.querySelector("mark").textContent.trim();
    link.title = `“${words}” – ${home.querySelector(".origin bdi").textContent}`;
  };
  addEventListener("pointerover", hint);
  addEventListener("focusin", hint);

  // ── what is asked for: the form, the address ──
  const fields = form ? all("select, input", form) : [];
  const asked = () => Object.fromEntries(fields.filter((f) => f.value).map((f) => [f.name, f.value]));
  const sorted = new Map();

  const isView = () => location.hash.includes("=");
  const address = () => {
    const view = new URLSearchParams(asked());
    for (const [id, by] of sorted) view.append("sort", `${id}.${by.column}.${by.order}`);
    return view.size ? `#${view}` : "#content";
  };
  const keep = () => {
    const target = address();
    history.replaceState(null, "", target);
    if (permalink) permalink.setAttribute("href", target);
  };

  // ── filtering ──
  const fits = (record, wanted) =>
    ["actor", "demand", "source"].every((facet) => !wanted[facet] || record[facet].includes(wanted[facet]))
    && (!wanted.from || (record.day && record.day >= wanted.from))
    && (!wanted.to || (record.day && record.day <= wanted.to));

  // a heading under which nothing is shown; those of chapters stay
  const headings = all("main > h4, main > h5, main > h6");
  const isBare = (heading) => {
    let under = heading.nextElementSibling;
    const isEmpty = !under || /^H[1-6]$/.test(under.tagName);
    while (under && under.hidden) under = under.nextElementSibling;
    return !isEmpty && (!under || /^H[1-6]$/.test(under.tagName));
  };

  const tables = [...new Set(items.filter((item) => item.element.matches("tr")).map((item) => item.element.closest("table")))];
  const count = (table, isActive) => {
    all(".count", table).forEach((old) => old.remove());
    const rows = [...table.tBodies[0].rows];
    table.tBodies[0].hidden = isActive && rows.every((row) => row.hidden); // no group of rows without a row
    if (!isActive || !table.caption) return;
    const words = document.createElement("span");
    words.className = "count";
    words.textContent = ` (${rows.filter((row) => !row.hidden).length} of ${rows.length} rows)`;
    table.caption.firstElementChild.append(words);
  };

  const inWords = (wanted) => fields.filter((field) => wanted[field.name]).map((field) => {
    const words = field.matches("select") ? field.selectedOptions[0].dataset.name : field.value;
    return `${field.labels[0].textContent.toLowerCase()} ${words}`;
  }).join("; ");

  const filter = () => {
    const wanted = asked();
    const isActive = Object.keys(wanted).length > 0;
    const chosen = new Set([...evidence.keys()].filter((number) => fits(evidence.get(number), wanted)));
    for (const { element, numbers } of items) {
      element.hidden = isActive && !numbers.some((number) => chosen.has(number));
    }
    for (const part of all("main .part")) {
      part.hidden = isActive && all(".at-home", part).every((home) => home.hidden);
    }
    headings.forEach((heading) => { heading.hidden = isActive && isBare(heading); });
    tables.forEach((table) => count(table, isActive));
    document.body.classList.toggle("filtered", isActive);
    selection.hidden = !isActive;
    const share = `${chosen.size} of ${evidence.size} quotations`;
    selection.textContent = isActive
      ? `A selection: ${inWords(wanted)} – ${share}, and the findings, cards and rows that rest on them. `
        + "Prose, figures and counts are those of the whole briefing."
      : "";
    return isActive ? `Shown: ${share}.` : "Everything is shown.";
  };

  const say = (words) => { said.textContent = words; };
  const choose = () => { say(filter()); keep(); };

  // ── sorting ──
  const words = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
  const compared = (a, b, isNumber) => {
    if (a === "" || b === "") return (a === "") - (b === ""); // what says nothing stands last
    return isNumber ? Number(a) - Number(b) : words.compare(a, b);
  };

  const arrange = (table, column, order) => {
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => a.dataset.place - b.dataset.place);
    const keys = new Map(rows.map((row) => [row, keyOf(row, column)]));
    const isNumber = [...keys.values()].every((key) => key === "" || !Number.isNaN(Number(key)));
    const turn = order === "down" ? -1 : 1;
    if (order) {
      rows.sort((a, b) => {
        const way = keys.get(a) === "" || keys.get(b) === "" ? 1 : turn;
        return way * compared(keys.get(a), keys.get(b), isNumber);
      });
    }
    body.append(...rows);
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    if (order) {
      table.tHead.rows[0].cells[column].setAttribute("aria-sort", order === "down" ? "descending" : "ascending");
    }
  };

  const sortBy = (table, column, order) => {
    const { id } = table.closest(".table");
    arrange(table, column, order);
    if (order) sorted.set(id, { column, order });
    else sorted.delete(id);
  };

  const clicked = (table, column) => {
    const now = sorted.get(table.closest(".table").id);
    const order = now?.column !== column ? "up" : now.order === "up" ? "down" : "";
    sortBy(table, column, order);
    const name = table.tHead.rows[0].cells[column].textContent;
    say(order ? `Sorted by ${name}, ${order === "up" ? "ascending" : "descending"}.` : "In the first order again.");
    keep();
  };

  const makeSortable = (table) => {
    [...table.tBodies[0].rows].forEach((row, place) => { row.dataset.place = place; });
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => clicked(table, column));
      head.append(button);
    });
  };

  // ── the address leads to a view, or to a place, which is then brought to light ──
  const setView = () => {
    const view = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) {
      field.value = view.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    for (const id of [...sorted.keys()]) sortBy(document.getElementById(id).querySelector("table"), 0, "");
    for (const [id, column, order] of view.getAll("sort").map((part) => part.split("."))) {
      const table = document.getElementById(id)?.querySelector("table");
      if (table?.tHead.rows[0].cells[column] && (order === "up" || order === "down")) {
        sortBy(table, Number(column), order);
      }
    }
    say(filter());
    if (permalink) permalink.setAttribute("href", address());
    if (form && Object.keys(asked()).length) form.closest("details").open = true;
  };

  const reveal = () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    for (let element = place; element; element = element.parentElement) {
      element.hidden = false;
      if (element.matches("details")) element.open = true;
    }
    place.scrollIntoView();
  };

  const follow = () => (isView() ? setView() : reveal());

  all("main table").filter((table) => table.tBodies[0]?.rows.length > 2).forEach(makeSortable);
  if (form) {
    form.closest("details").hidden = false;
    form.closest("details").open = matchMedia("(min-width: 64rem)").matches;
    form.addEventListener("change", choose);
    form.addEventListener("reset", () => setTimeout(choose));
    form.addEventListener("submit", (event) => event.preventDefault());
  }
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => all("main details").forEach((part) => { part.open = true; }));
  if (location.hash) follow();
})();
