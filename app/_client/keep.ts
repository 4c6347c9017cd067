import type { Keep } from './outbox';

/** In this tab alone: another tab is another client. */
export function tabKeep(code: string): Keep {
  const key = `dockerland:typed:${code}`;
  return {
    load() {
      try {
        const kept = sessionStorage.getItem(key);
        return kept ? JSON.parse(kept) : undefined;
      } catch {
        return undefined;
      }
    },
    save(kept) {
      try {
        if (kept.typed.length === 0) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(kept));
      } catch {
        // Storage is full or closed: what was typed is still kept by the page itself.
      }
    },
  };
}

/** A name for this page load among the seat's clients, or for one request among all: 16 hexadecimal digits say it. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
