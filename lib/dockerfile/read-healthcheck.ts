import { quote } from './characters';
import { parseDuration } from './duration';
import type { Flags } from './flags';
import type { Instruction } from './instruction';
import type { Reading } from './read-instruction';

export function readHealthcheck(reading: Reading): Instruction {
  const { node, fail, written } = reading;
  const [type, ...command] = node.words;
  if (type === undefined) throw fail('HEALTHCHECK requires at least one argument');
  if (type.toUpperCase() === 'NONE') {
    if (command.length > 0) throw fail('HEALTHCHECK NONE takes no arguments');
    return { kind: 'healthcheck', ...written, healthcheck: { test: ['NONE'] } };
  }
  const flags = reading.flags({
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  });
  if (type.toUpperCase() !== 'CMD') throw fail(`Unknown type ${quote(type.toUpperCase())} in HEALTHCHECK (try CMD)`);
  if (command.length === 0) throw fail('Missing command after HEALTHCHECK CMD');
  const healthcheck = {
    test: [node.json ? 'CMD' : 'CMD-SHELL', ...command],
    interval: duration(reading, flags, 'interval'),
    timeout: duration(reading, flags, 'timeout'),
    startPeriod: duration(reading, flags, 'start-period'),
    startInterval: duration(reading, flags, 'start-interval'),
    retries: retries(reading, flags),
  };
  return { kind: 'healthcheck', ...written, healthcheck };
}

function duration({ fail }: Reading, flags: Flags, name: string): number | undefined {
  const text = flags.text(name);
  if (text === undefined || text === '') return undefined;
  const value = parseDuration(text);
  if (value === undefined) throw fail(`time: invalid duration ${quote(text)}`);
  if (value === 0) return undefined;
  if (value < 1e6) throw fail(`Interval ${quote(name)} cannot be less than 1ms`);
  return value;
}

function retries({ fail }: Reading, flags: Flags): number | undefined {
  const text = flags.text('retries');
  if (text === undefined || text === '') return undefined;
  if (!/^[-+]?\d+$/.test(text)) throw fail(`strconv.ParseInt: parsing ${quote(text)}: invalid syntax`);
  const value = Number(text);
  if (Math.abs(value) > 2 ** 31 - 1) throw fail(`strconv.ParseInt: parsing ${quote(text)}: value out of range`);
  if (value < 0) throw fail(`--retries cannot be negative (${value})`);
  return value === 0 ? undefined : value;
}
