import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration';
import { applyMode, ModeError, readMode } from './mode';
import { MountError, readMount } from './mount';
import { PortError, portsOf, readPorts } from './ports';
import { isSignal } from './signals';
import { suggest } from './suggest';

describe('--chmod', () => {
  it.each([
    ['755', 0o644, 0o755],
    ['7777', 0o644, 0o7777],
    ['u+x', 0o644, 0o744],
    ['+x', 0o644, 0o755],
    ['go-r', 0o644, 0o600],
    ['a=r', 0o755, 0o444],
    ['u=rw,go=', 0o777, 0o600],
    ['g=u', 0o640, 0o660],
    ['a+X', 0o644, 0o644],
    ['a+X', 0o744, 0o755],
    ['u+s,o+t', 0o755, 0o5755],
  ])('%s on %o gives %o', (text, before, after) => {
    expect(applyMode(readMode(text), before, false).toString(8)).toBe(after.toString(8));
  });

  it('X makes folders enterable', () => {
    expect(applyMode(readMode('a+X'), 0o644, true)).toBe(0o755);
  });

  it.each(['99', '10000', 'abc', 'u+q', 'u', ''])('%j is none', (text) => {
    expect(() => readMode(text)).toThrow(ModeError);
  });
});

describe('--mount', () => {
  it('fills in what is not said', () => {
    expect(readMount('type=cache,target=/c')).toEqual({
      ...{ type: 'cache', target: '/c', id: '/c', from: undefined, source: '', sharing: 'shared', readOnly: false },
      ...{ mode: undefined, uid: 0, gid: 0 },
    });
    expect(readMount('target=/x')).toMatchObject({ type: 'bind', target: '/x', readWrite: false });
    expect(readMount('type=secret,id=a/b')).toMatchObject({ id: 'a/b', target: '/run/secrets/b', required: false });
    expect(readMount('type=secret,id=pw,env=PW')).toMatchObject({ env: 'PW', target: undefined });
    expect(readMount('type=tmpfs,target=/t,size=64m')).toMatchObject({ size: 64 * 2 ** 20 });
    expect(readMount('"target=/with,comma",rw')).toMatchObject({ target: '/with,comma', readWrite: true });
  });

  it.each(['type=cache', 'foo', 'type=cash,target=/x', 'target=/x,mode=9', 'target=/x,size=big', 'type=secret'])(
    '%s is none',
    (text) => {
      expect(() => readMount(text)).toThrow(MountError);
    },
  );
});

describe('EXPOSE', () => {
  it.each([
    ['80', ['80/tcp']],
    ['80/UDP', ['80/udp']],
    ['80-82/sctp', ['80/sctp', '81/sctp', '82/sctp']],
    ['127.0.0.1:8080:80', ['80/tcp']],
  ])('%s names %j', (spec, ports) => {
    expect(portsOf(readPorts(spec))).toEqual(ports);
  });

  it.each(['', 'http', '70000', '80-70', '80/foo', '/tcp'])('%j names none', (spec) => {
    expect(() => readPorts(spec)).toThrow(PortError);
  });
});

it.each([
  ['1h2m3s', 3_723_000_000_000],
  ['1.5s', 1_500_000_000],
  ['0', 0],
  ['-2ms', -2_000_000],
  ['10µs', 10_000],
  ['5', undefined],
  ['', undefined],
  ['s', undefined],
])('the duration %s is %s nanoseconds', (text, nanoseconds) => {
  expect(parseDuration(text)).toBe(nanoseconds);
});

it('signals have numbers and names', () => {
  for (const text of ['9', 'SIGTERM', 'term', 'RTMIN+3', 'SIGRTMAX-1', '300']) expect(isSignal(text), text).toBe(true);
  for (const text of ['0', '', 'STOPIT', 'RTMIN+40']) expect(isSignal(text), text).toBe(false);
});

it('suggestions are near, and in the case of what was written', () => {
  expect(suggest('FORM', ['from', 'run'])).toBe('FROM');
  expect(suggest('rnu', ['from', 'run'])).toBe('run');
  expect(suggest('from', ['from', 'form'])).toBeUndefined();
  expect(suggest('something', ['from', 'run'])).toBeUndefined();
});
