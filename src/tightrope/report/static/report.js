"use strict";
(() => {
  const form = document.getElementById("filter");
  const field = document.getElementById("filter-text");
  const count = document.getElementById("filter-count");
  const groups = [...document.querySelectorAll("#claims details")];
  const claims = [...document.querySelectorAll("#claims li")].map(item => ({ item, text: item.textContent.toLowerCase() }));
  form.hidden = false;
  form.addEventListener("submit", event => event.preventDefault());
  const filter = () => {
    const wanted = field.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { item, text } of claims) {
      item.hidden = !wanted.every(word => text.includes(word));
      shown += item.hidden ? 0 : 1;
    }
    for (const group of groups) {
      const hits = group.querySelectorAll("li:not([hidden])").length;
      group.hidden = hits === 0;
      group.open = wanted.length > 0 && hits > 0;
    }
    count.textContent = wanted.length ? `${shown} of ${claims.length} claims` : `${claims.length} claims`;
  };
  field.addEventListener("input", filter);

  const reveal = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
