// [data-max-bytes]: says that a file is too big before it leaves.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("input[type=file][data-max-bytes]")) return;
  const tooBig = [...field.files].some((file) => file.size > Number(field.dataset.maxBytes));
  const warning = field.parentElement.querySelector("[data-file-warning]");
  const words = tooBig ? field.dataset.tooBig : "";
  field.setCustomValidity(words);
  if (warning) warning.textContent = words;
});
