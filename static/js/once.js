// form[data-once]: a second press sends nothing. Buttons stay enabled, so that their value leaves with the form.
const sent = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (sent.has(form)) return event.preventDefault();
  sent.add(form);
  mark(form, true);
});

// Coming back with the back button brings the page as it was left: let it be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) {
    sent.delete(form);
    mark(form, false);
  }
});

function mark(form, waiting) {
  for (const button of form.querySelectorAll("button[type=submit]")) {
    if (waiting) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}
