// Only comforts: every form and every page works without this file.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  const count = (field) => {
    const counter = document.querySelector(`[data-counter-for="${field.id}"]`);
    if (!counter) return;
    const most = Number(field.dataset.count);
    const left = most - [...field.value.replace(/\r\n/g, "\n").trim()].length;
    counter.textContent = left >= 0 ? `还可填写${left}个字` : `超出${-left}个字，请精简`;
    counter.classList.toggle("over", left < 0);
  };

  const grow = (area) => {
    area.rows = Math.min(24, Math.max(area.dataset.least || 4, area.value.split("\n").length + 1, Math.ceil(area.value.length / 34)));
  };

  const size = (bytes) => (bytes < 1024 ? `${bytes} 字节` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

  const pick = (input) => {
    const list = document.querySelector(`[data-picked-for="${input.id}"]`);
    if (!list) return;
    list.replaceChildren(...[...input.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}（${size(file.size)}）`;
      return item;
    }));
  };

  const addRow = (button) => {
    const box = button.closest("[data-rows]");
    const rows = all(".row-pair", box);
    if (rows.length >= Number(box.dataset.most)) return;
    const row = rows.at(-1).cloneNode(true);
    const number = (text) => text && text.replace(/-(\d+)-(text|date)$/, (_, n, part) => `-${Number(n) + 1}-${part}`);
    all(".error", row).forEach((note) => note.remove());
    all("input", row).forEach((input) => {
      input.value = "";
      input.id = number(input.id);
      input.name = number(input.name);
    });
    all("label", row).forEach((label) => { label.htmlFor = number(label.htmlFor); });
    row.setAttribute("aria-label", `第${rows.length + 1}项`);
    button.before(row);
    row.querySelector("input").focus();
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-count]")) count(event.target);
    if (event.target.matches("textarea")) grow(event.target);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[type=file]")) pick(event.target);
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const add = event.target.closest(".add-row");
    if (add) { event.preventDefault(); addRow(add); }
    all("details.person[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.person[open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    if (location.hash === "#rail") location.hash = "#main";
  });
  // A second tap on a slow line must not send the same form twice; the server refuses it as well.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }));

  all("[data-count]").forEach(count);
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();
