// plan_keep.js — `form[data-plan-keep]`: keeps the words of `[data-plan-words]` on this device, as its owner chooses.
// The form is shown where a browser can do that; what it says is never sent.
const form = document.querySelector("form[data-plan-keep]");
const wish = () => form.querySelector("[data-lock]:checked").dataset.lock;

function shownFor(lock) {
  for (const part of form.querySelectorAll("[data-with]")) part.hidden = part.dataset.with !== lock;
}

// The worker has the page before we say that it works without a network.
async function ready(script) {
  const registration = await navigator.serviceWorker.register(script);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  await new Promise((done, failed) => {
    const look = () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed(new Error("the page could not be kept"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

async function keep(phrase) {
  const words = document.querySelector("[data-plan-words]");
  const lines = [...words.children].map((one) => [one.localName, one.textContent]);
  try {
    await ready(form.dataset.planKeep);
    await planCopy.keep({ language: words.lang, lines }, { phrase, leaves: form.querySelector("[data-leaves]").checked });
    location.assign(form.action);
  } catch {
    document.querySelector("[data-plan-failed]").hidden = false;
  }
}

if (form && planCopy.able()) {
  document.querySelector("[data-plan-unable]").hidden = true;
  form.hidden = false;
  form.addEventListener("change", () => shownFor(wish()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const phrase = wish() === "phrase" ? document.getElementById("phrase").value : "";
    const short = wish() === "phrase" && phrase.length < 4;
    form.querySelector("[data-short]").hidden = !short;
    if (!short) keep(phrase);
  });
}
