// [data-limit]: says how many characters are left, counted in code points as the server does.
const QUIET = 1000;
const figures = new Intl.NumberFormat(document.documentElement.lang);

for (const field of document.querySelectorAll("[data-limit]")) watch(field);

function watch(field) {
  const shown = document.getElementById(`count-${field.name}`);
  if (!shown) return;
  const heard = document.createElement("span");
  heard.className = "visually-hidden";
  heard.setAttribute("aria-live", "polite");
  shown.after(heard);
  const limit = Number(field.dataset.limit);
  let timer = 0;

  const count = () => {
    const left = limit - [...field.value.replaceAll("\r\n", "\n")].length;
    const words = left < 0 ? shown.dataset.over : shown.dataset.left;
    shown.textContent = `${words} ${figures.format(Math.abs(left))}`;
    shown.classList.toggle("is-over", left < 0);
    return left;
  };

  // Aloud only near the limit, and once the person pauses.
  field.addEventListener("input", () => {
    const left = count();
    clearTimeout(timer);
    if (left < limit / 10) timer = setTimeout(() => (heard.textContent = shown.textContent), QUIET);
  });
  count();
}
