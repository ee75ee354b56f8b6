// line_hours.js — a help line with hours says by the reader's own clock whether somebody is there now, or when.
// Without a script the hours stand there by the clock of the line.
function sayHours(line, now) {
  const { zone, opens, closes, openNow, opensAt } = line.dataset;
  const [hour, minute] = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    .format(now).split(":").map(Number);
  const minutes = (clock) => { const [hours, rest] = clock.split(":").map(Number); return hours * 60 + rest; };
  const until = (clock) => (minutes(clock) - hour * 60 - minute + 1_440) % 1_440 || 1_440;
  const isOpen = until(closes) < until(opens);
  const at = new Date(now.getTime() + (isOpen ? until(closes) : until(opens)) * 60_000);
  const clock = at.toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
  const said = (isOpen ? openNow : opensAt).replace("{closes}", clock).replace("{opens}", clock);
  line.append(" ", Object.assign(document.createElement("strong"), { textContent: said }));
}

for (const line of document.querySelectorAll("[data-opens]")) sayHours(line, new Date());
