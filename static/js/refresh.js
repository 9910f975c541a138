// [data-live][data-refresh=seconds]: asks the page again, or data-from, and swaps that element by its id.
const SHORTEST = 5;

for (const live of document.querySelectorAll("[data-live][data-refresh]")) {
  setInterval(() => refresh(live.id), Math.max(SHORTEST, Number(live.dataset.refresh)) * 1000);
}

async function refresh(id) {
  const old = document.getElementById(id);
  // Never under the hands of somebody: hidden pages wait, and so does a part that has the focus.
  if (!old || document.hidden || old.contains(document.activeElement)) return;
  try {
    const answer = await fetch(old.dataset.from || location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(id);
    if (fresh && fresh.innerHTML !== old.innerHTML && !old.contains(document.activeElement)) old.replaceWith(fresh);
  } catch {
    // The network is away: the next turn will tell.
  }
}
