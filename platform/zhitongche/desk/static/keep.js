// What was typed at a meeting outlives a lost connection or a reloaded page: kept in this tab only, gone once it is saved.
(() => {
  "use strict";
  const PREFIX = "zt-keep:";
  const key = (form) => PREFIX + form.dataset.keep;
  const fields = (form) => [...form.elements].filter((field) => field.name && !["hidden", "submit", "button"].includes(field.type));
  const read = (form) => fields(form).map((field) => [field.name, field.value, ["radio", "checkbox"].includes(field.type) ? field.checked : null]);
  const write = (form, kept) => kept.forEach(([name, value, checked]) => {
    fields(form).filter((field) => field.name === name).forEach((field) => {
      if (checked === null) field.value = value;
      else if (field.value === value) field.checked = checked;
    });
  });

  document.querySelectorAll("form[data-keep]").forEach((form) => {
    const fresh = JSON.stringify(read(form));
    const kept = sessionStorage.getItem(key(form));
    // After a refusal the page itself brings everything back.
    if (kept && kept !== fresh && !form.querySelector(".error-summary") && !document.querySelector(".notice.danger")) {
      write(form, JSON.parse(kept));
      const note = form.querySelector("[data-kept]");
      if (note) note.hidden = false;
    }
    const keep = () => sessionStorage.setItem(key(form), JSON.stringify(read(form)));
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
  });
  // Whatever was saved says so at the top of the next page; until then nothing is thrown away.
  const saved = document.querySelector(".flashes .notice.success");
  if (saved) Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX)).forEach((name) => sessionStorage.removeItem(name));
})();
