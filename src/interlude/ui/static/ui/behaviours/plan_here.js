// plan_here.js — shows the copy that this device keeps, after its PIN or sentence where it has one; removes it in one tap.
const parts = [...document.querySelectorAll("[data-plan-when]")];
const show = (state) => { for (const part of parts) part.hidden = part.dataset.planWhen !== state; };
const copy = planCopy.read();

// Words are put in as text and are never markup. What is a heading stays one.
function lay({ language, lines }) {
  const place = document.querySelector("[data-plan-shown]");
  place.lang = language;
  for (const [tag, text] of lines) {
    const line = document.createElement(["h2", "h3"].includes(tag) ? tag : "p");
    if (tag === "p") line.className = "own-plan__lines";
    line.textContent = text;
    place.append(line);
  }
  show("open");
}

async function unlock(event) {
  event.preventDefault();
  const box = document.getElementById("phrase");
  const found = await planCopy.open(copy, box.value);
  if (found) lay(found);
  document.querySelector("[data-wrong]").hidden = Boolean(found);
  if (!found) box.focus();
}

if (planCopy.able()) {
  if (!copy) show("none");
  else if (copy.data) show("locked");
  else planCopy.open(copy).then(lay);
  document.querySelector("form[data-plan-when]").addEventListener("submit", unlock);
  for (const button of document.querySelectorAll("[data-plan-remove]")) {
    button.addEventListener("click", () => {
      document.querySelector("[data-plan-shown]").replaceChildren();
      show("none");
      planCopy.remove();
    });
  }
}
