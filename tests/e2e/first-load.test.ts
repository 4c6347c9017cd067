import { expect, it } from 'vitest';
import { firstLoadKb, pages } from '../support/first-load';

/** The goal of a desk, and of everything else that people open on a telephone in a crowded room. */
const mostKb = 250;

it.each(Object.entries(pages))('%s begins with less JavaScript than the goal allows', (_, page) => {
  const kb = firstLoadKb(page);
  // React alone is more than that: a manifest that was not understood would pass any bound.
  expect(kb).toBeGreaterThan(100);
  expect(kb).toBeLessThan(mostKb);
});
