// held_store.js — words that could not be saved, sealed on this device until they are. The key cannot be taken out of
// the browser, and goes with the words. Nothing is opened, and no database is made, before something has to be held.
const heldWords = (() => {
  const NAME = "held", WORDS = "words", KEYS = "keys", LONGEST = 30 * 86_400_000; // milliseconds
  const of = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

  async function within(part, act, { makes = false } = {}) {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      if (makes) for (const one of [WORDS, KEYS]) opening.result.createObjectStore(one);
      else opening.transaction.abort(); // nobody held anything here, and a look leaves nothing behind
    };
    const database = await of(opening);
    database.onversionchange = () => database.close();
    try {
      return await act(database.transaction(part, "readwrite").objectStore(part));
    } finally { database.close(); }
  }

  async function keyOf() {
    const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return within(KEYS, async (store) => {
      const known = await of(store.get(NAME));
      if (!known) await of(store.put(fresh, NAME));
      return known ?? fresh;
    }, { makes: true });
  }

  async function opened(row, key, id) {
    const how = { name: "AES-GCM", iv: row.iv, additionalData: new TextEncoder().encode(id) };
    return { id, ...JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, row.data))) };
  }

  return {
    async put(id, entry) {
      const key = await keyOf(), iv = crypto.getRandomValues(new Uint8Array(12));
      const how = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(id) };
      const data = await crypto.subtle.encrypt(how, key, new TextEncoder().encode(JSON.stringify(entry)));
      await within(WORDS, (store) => of(store.put({ iv, data, at: Date.now() }, id)), { makes: true });
    },
    // What this person typed here; what nobody came back for is gone after a month.
    async all(owner) {
      try {
        const [ids, rows] = await within(WORDS, async (store) => [await of(store.getAllKeys()), await of(store.getAll())]);
        const key = await within(KEYS, (store) => of(store.get(NAME)));
        const live = ids.map((id, at) => [id, rows[at]]).filter(([, row]) => Date.now() - row.at < LONGEST);
        await Promise.all(ids.filter((id) => !live.some(([one]) => one === id)).map(this.drop));
        const found = await Promise.all(live.map(([id, row]) => opened(row, key, id)));
        return found.filter((entry) => entry.owner === owner);
      } catch { return []; }
    },
    drop: (id) => within(WORDS, (store) => of(store.delete(id))).catch(() => {}),
    clear: () => of(indexedDB.deleteDatabase(NAME)),
  };
})();
