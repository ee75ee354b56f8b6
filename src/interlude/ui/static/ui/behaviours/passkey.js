// passkey.js — hands a form data-passkey="login | add | authenticate" to the sign-in library's script, which wants ids.
// When the device gives nothing, a line says so and the other ways stay open.
const { webauthn } = window.allauth;

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const ids = {
    [form.dataset.passkey]: button.id,
    credential: form.querySelector("[name=credential]").id,
    data: form.dataset.passkeyData,
    passwordless: form.querySelector("[name=passwordless]")?.id,
  };
  webauthn.forms[`${form.dataset.passkey}Form`]({ ids });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-passkey-note]")) note.hidden = false;
});
