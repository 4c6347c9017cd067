import { expect, it } from 'vitest';
import { mostContextBytes, protocolVersion } from '../../lib/protocol';
import { mostContext } from '../_features/image/state';
import { version } from './wire';

it('speaks the server’s version, and knows its bounds', () => {
  expect(version).toBe(protocolVersion);
  expect(mostContext).toBe(mostContextBytes);
});
