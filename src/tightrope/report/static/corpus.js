"use strict";
(() => {
  const find = id => document.getElementById(id);

  const rows = [...document.querySelectorAll("[data-find]")].map(item => ({
    item, id: item.dataset.find, kind: item.dataset.kind, actors: item.dataset.actors.split("|"), issue: item.dataset.issue,
  }));
  const marks = [...document.querySelectorAll("mark[data-f]")].map(item => ({ item, finds: item.dataset.f.split(" ") }));
  const words = new Map();
  for (const { item, finds } of marks) for (const id of finds) words.set(id, `${words.get(id) ?? ""}${item.textContent}`);
  for (const row of rows) row.text = `${row.item.textContent} ${words.get(row.id) ?? ""}`.toLowerCase();

  const form = find("filters");
  const filter = () => {
    const kinds = new Set([...form.querySelectorAll("input[name=kind]:checked")].map(box => box.value));
    const [actor, issue] = [find("actor").value, find("issue").value];
    const wanted = find("words").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const shown = new Set();
    for (const row of rows) {
      const fits = kinds.has(row.kind) && (!actor || row.actors.includes(actor)) && (!issue || row.issue === issue) && wanted.every(word => row.text.includes(word));
      row.item.hidden = !fits;
      if (fits) shown.add(row.id);
    }
    for (const { item, finds } of marks) {
      const left = finds.filter(id => shown.has(id));
      item.classList.toggle("off", left.length === 0);
    }
    find("count").textContent = shown.size === rows.length ? `${rows.length} finds` : `${shown.size} of ${rows.length} finds`;
  };
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("input", filter);
  filter();

  const sheets = [...document.querySelectorAll(".sheet")];
  const choice = find("choice");
  const [left, right] = [find("left"), find("right")];
  const show = () => {
    const chosen = [left?.value, right?.value];
    for (const sheet of sheets) {
      sheet.hidden = !chosen.includes(sheet.id);
      sheet.classList.toggle("first", sheet.id === chosen[0]);
      const text = sheet.querySelector(".text");
      text.tabIndex = 0;
      text.setAttribute("role", "region");
      text.setAttribute("aria-labelledby", `${sheet.id}-h`);
    }
    find("sheets").classList.toggle("chosen", new Set(chosen).size > 1 && Boolean(right));
  };
  if (sheets.length) {
    choice.hidden = false;
    choice.addEventListener("submit", event => event.preventDefault());
    choice.addEventListener("input", show);
    show();
  }

  /** Bring a place into view: its report beside the other one, its passage marked. */
  const reveal = () => {
    const target = location.hash ? find(decodeURIComponent(location.hash.slice(1))) : null;
    const sheet = target?.closest(".sheet");
    if (sheet?.hidden) {
      right.value = sheet.id;
      show();
    }
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    for (const { item, finds } of marks) item.classList.toggle("now", Boolean(target) && finds.includes(target.id));
    const shown = target?.classList.contains("place") ? target.nextElementSibling ?? target : target;
    shown?.scrollIntoView({ block: shown === target ? "start" : "center" });
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
