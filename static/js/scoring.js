// [data-score]: a digit marks the criterion that has the focus.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
  const criterion = event.target.closest("[data-score]");
  if (!criterion || event.target.matches("textarea, input:not([type=radio])")) return;
  const mark = criterion.querySelector(`input[type=radio][value="${event.key}"]`);
  if (!mark) return;
  event.preventDefault();
  mark.checked = true;
  mark.focus();
  mark.dispatchEvent(new Event("input", { bubbles: true }));
  mark.dispatchEvent(new Event("change", { bubbles: true }));
});
