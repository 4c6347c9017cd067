import { createHash, timingSafeEqual } from 'node:crypto';

export type Verdict = 'right' | 'wrong' | 'too-many';

export interface PassphraseOptions {
  /** Wrong answers of one address, and of all together, within `forgetMs`. */
  readonly mostFromOne?: number;
  readonly mostFromAll?: number;
  readonly forgetMs?: number;
  readonly now?: () => number;
}

/** Compares in constant time, and stops answering whoever guesses. */
export function passphraseGate(
  passphrase: string,
  options: PassphraseOptions = {},
): (given: string, address: string) => Verdict {
  const { mostFromOne = 10, mostFromAll = 200, forgetMs = 5 * 60_000, now = Date.now } = options;
  const right = digest(passphrase.trim());
  let failures: { readonly address: string; readonly at: number }[] = [];
  return (given, address) => {
    failures = failures.filter(({ at }) => now() - at < forgetMs);
    const fromOne = failures.filter((failure) => failure.address === address).length;
    if (fromOne >= mostFromOne || failures.length >= mostFromAll) return 'too-many';
    if (timingSafeEqual(digest(given.trim()), right)) return 'right';
    failures.push({ address, at: now() });
    return 'wrong';
  };
}

const digest = (text: string) => createHash('sha256').update(text).digest();
