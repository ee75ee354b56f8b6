// plan_copy.js — the copy of a plan that somebody chose to keep on this device: one entry, clear or locked.
// Locked: AES-GCM, with a key that PBKDF2 makes of their own PIN or sentence. Neither leaves the device.
const planCopy = (() => {
  const NAME = "plan", CACHE = "plan-page", ROUNDS = 600_000;
  const coded = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  const decoded = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

  async function keyOf(phrase, salt) {
    const words = new TextEncoder().encode(phrase.normalize("NFKC"));
    const raw = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", salt, iterations: ROUNDS, hash: "SHA-256" };
    return crypto.subtle.deriveKey(how, raw, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  }

  async function locked(text, phrase) {
    const salt = crypto.getRandomValues(new Uint8Array(16)), iv = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await keyOf(phrase, salt), new TextEncoder().encode(text));
    return { salt: coded(salt), iv: coded(iv), data: coded(new Uint8Array(data)) };
  }

  return {
    // Can this browser keep and lock something, and open it without a network?
    able() {
      try {
        localStorage.setItem(`${NAME}-try`, "1");
        localStorage.removeItem(`${NAME}-try`);
        return Boolean(globalThis.crypto?.subtle && navigator.serviceWorker);
      } catch { return false; }
    },
    read() {
      try { return JSON.parse(localStorage.getItem(NAME)); } catch { return null; }
    },
    async keep(lines, { phrase, leaves }) {
      const text = JSON.stringify(lines);
      const said = phrase ? await locked(text, phrase) : { text };
      localStorage.setItem(NAME, JSON.stringify({ ...said, leaves }));
    },
    // The lines; null where the phrase is another one.
    async open(copy, phrase) {
      if (!copy.data) return JSON.parse(copy.text);
      const key = await keyOf(phrase, decoded(copy.salt));
      try {
        const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: decoded(copy.iv) }, key, decoded(copy.data));
        return JSON.parse(new TextDecoder().decode(clear));
      } catch { return null; }
    },
    async remove() {
      localStorage.removeItem(NAME);
      await globalThis.caches?.delete(CACHE);
      for (const one of (await navigator.serviceWorker?.getRegistrations()) ?? []) {
        if (new URL(one.scope).pathname.startsWith("/plan/")) await one.unregister();
      }
    },
  };
})();
