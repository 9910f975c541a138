// form[data-autosave]: saves the form a moment after the last change, and says so.
const PAUSE = 1200;
const LONGEST_WAIT = 30_000;

for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);

function watch(form) {
  const state = form.querySelector("[data-save-state]");
  const backup = `autosave:${location.pathname}`;
  let timer = 0;
  let failures = 0;
  let version = 0;
  let saved = 0;
  let sending = false;

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  };

  async function send() {
    if (sending || saved === version) return;
    const sent = version;
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: written(form),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(20_000),
      });
      await settle(answer, sent);
    } catch {
      retry();
    } finally {
      sending = false;
    }
    if (failures === 0 && version > sent) later(PAUSE);
  }

  async function settle(answer, sent) {
    if (answer.redirected || answer.status === 401 || answer.status === 403) return stop("signedOut");
    if (answer.status === 409) return stop("elsewhere");
    if (answer.status >= 500 || answer.status === 429) return retry();
    if (!answer.ok) return stop("refused");
    saved = sent;
    failures = 0;
    sessionStorage.removeItem(backup);
    say("saved", { hour: hour(new Date()) });
    await remember(form, answer);
  }

  function retry() {
    failures += 1;
    keep(form, backup);
    say("offline", {}, true);
    later(Math.min(1000 * 2 ** failures, LONGEST_WAIT));
  }

  // What was refused is tried again at the next change, not before.
  function stop(reason) {
    failures = 0;
    keep(form, backup);
    say(reason, {}, true);
  }

  function say(what, facts = {}, worrying = false) {
    if (!state) return;
    const words = (state.dataset[what] ?? "").replace("{hour}", facts.hour ?? "");
    state.classList.toggle("is-worrying", worrying);
    if (state.textContent !== words) state.textContent = words;
  }

  if (restore(form, backup)) {
    version += 1;
    say("restored");
    later(PAUSE);
  }
  form.addEventListener("input", () => {
    version += 1;
    later(failures ? LONGEST_WAIT / 10 : PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sessionStorage.removeItem(backup);
    saved = version;
  });
  addEventListener("online", () => later(0));
  addEventListener("pagehide", () => saved !== version && keep(form, backup));
  addEventListener("beforeunload", (event) => {
    if (saved !== version && failures) event.preventDefault();
  });
}

function written(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

// The server may answer {"revision": …}, which the next save then carries.
async function remember(form, answer) {
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) return;
  const { revision } = await answer.json();
  const field = form.elements.namedItem("revision");
  if (field && revision !== undefined) field.value = revision;
}

function texts(form) {
  return [...form.elements].filter((field) => field.matches("textarea, input:is([type=text], [type=email], [type=tel], [type=url], [type=date])"));
}

function keep(form, key) {
  sessionStorage.setItem(key, JSON.stringify(texts(form).map((field) => [field.name, field.value])));
}

function restore(form, key) {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "[]");
  let changed = false;
  for (const [name, value] of kept) {
    const field = texts(form).find((one) => one.name === name);
    if (!field || field.value === value) continue;
    field.value = value;
    changed = true;
  }
  return changed;
}

function hour(now) {
  const minutes = String(now.getMinutes()).padStart(2, "0");
  return document.documentElement.lang === "en" ? `${String(now.getHours()).padStart(2, "0")}:${minutes}` : `${now.getHours()}\u00a0h\u00a0${minutes}`;
}
