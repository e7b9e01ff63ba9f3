/**
 * GraphiQL's storage, without request headers: they carry access tokens. `shouldPersistHeaders={false}` keeps
 * them out of the tabs, but the history would still write them.
 */
export function storageWithoutHeaders(storage) {
  const own = () => Object.keys(storage).filter((key) => key.startsWith('graphiql:'));
  return {
    get length() {
      return own().length;
    },
    getItem: (key) => (key === 'graphiql:headers' ? null : storage.getItem(key)),
    setItem: (key, value) => {
      if (key !== 'graphiql:headers') storage.setItem(key, withoutHeaders(key, value));
    },
    removeItem: (key) => storage.removeItem(key),
    clear: () => {
      for (const key of own()) storage.removeItem(key);
    },
  };
}

const KEYS_WITH_HEADERS = ['graphiql:tabState', 'graphiql:queries', 'graphiql:favorites'];

function withoutHeaders(key, value) {
  if (!KEYS_WITH_HEADERS.includes(key)) return value;
  return JSON.stringify(JSON.parse(value), (name, inner) => (name === 'headers' ? null : inner));
}

/** @returns the browser's storage, or null where it is forbidden: the page then works without memory. */
export function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
