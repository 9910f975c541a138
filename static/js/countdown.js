// [data-countdown]: what is left before an instant, by the server's clock, in the unit that matters.
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// The same words and thresholds as api/typography.py.
const WORDS = {
  fr: { days: "il reste {} jours", hours: "il reste {} heures", minutes: "il reste {} minutes", last: "il reste moins de deux\u00a0minutes", over: "échéance passée" },
  en: { days: "{} days left", hours: "{} hours left", minutes: "{} minutes left", last: "less than two minutes left", over: "deadline passed" },
};
const words = WORDS[document.documentElement.lang] ?? WORDS.fr;
const started = performance.now();

function said(left) {
  if (left <= 0) return words.over;
  if (left >= 2 * DAY) return words.days.replace("{}", Math.floor(left / DAY));
  if (left >= 2 * HOUR) return words.hours.replace("{}", Math.floor(left / HOUR));
  if (left >= 2 * MINUTE) return words.minutes.replace("{}", Math.floor(left / MINUTE));
  return words.last;
}

function tick() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const now = Date.parse(place.dataset.now) + performance.now() - started;
    const left = Date.parse(place.dataset.countdown) - now;
    const text = said(left);
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("is-near", left < DAY);
    // Ten minutes by ten minutes is enough to hear, until the last ten.
    place.setAttribute("aria-live", left > 10 * MINUTE && left < 2 * HOUR ? "off" : "polite");
  }
}

tick();
setInterval(tick, MINUTE / 4);
