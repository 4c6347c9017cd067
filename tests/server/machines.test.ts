import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDigest } from '../../lib/content';
import type { MachineEvent } from '../../lib/machine';
import { wholeMachine } from '../../lib/machine/events';
import { type MachineChange, Machines } from '../../server/machines';
import { openEmbedded, type Store } from '../../server/store';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function openStore(): Store {
  const folder = mkdtempSync(join(tmpdir(), 'dockerland-machines-'));
  const store = openEmbedded(join(folder, 'store.db'));
  open.push(() => store.close().then(() => rmSync(folder, { recursive: true, force: true })));
  return store;
}

function start(
  options: { store?: Store; hangMs?: number; commandMs?: number; workers?: number; shared?: boolean } = {},
) {
  const store = options.store ?? openStore();
  const thread = { name: 'fake-worker', here: new URL('../support/x.ts', import.meta.url).href };
  const machines = new Machines({ workers: 1, ...options, store, thread });
  open.push(() => machines.close());
  const told: MachineChange[] = [];
  machines.onChanged((change) => told.push(change));
  let seq = 0;
  const type = (id: string, data: string, client = 'aaaaaaaa', at = ++seq) =>
    machines.run(id, { type: 'terminal:type', terminal: 't1', data, client, seq: at });
  const files = async (id: string) => {
    const caught = await machines.catchUp(id, 0, wholeMachine);
    return caught.kind === 'snapshot' ? (caught.state as unknown as { files: Record<string, string> }).files : {};
  };
  return { store, machines, told, type, files };
}

const image = { reference: 'motd:1.0' } as Parameters<Machines['make']>[3][number];

describe('custody of machines', () => {
  it('stores before it tells, in order, without a gap', async () => {
    const { store, machines, told, type } = start();
    await machines.make('c.s', 'ana', 'ana-pc', [image]);
    await Promise.all(Array.from({ length: 50 }, (_, n) => type('c.s', `put f${n} x\r`)));
    let cursor = 0;
    for (const { from, upTo, events } of told) {
      expect(from).toBe(cursor);
      expect(upTo).toBe(from + events.length);
      cursor = upTo;
    }
    expect(cursor).toBe(2 + 50 * 3);
    const { events } = await store.log.read<MachineEvent>('machine/c.s', 0);
    expect(events).toEqual(told.flatMap((change) => change.events));
  });

  it('makes a machine once, with its images', async () => {
    const { machines, told } = start();
    await Promise.all([1, 2, 3].map(() => machines.make('c.s', 'ana', 'ana-pc', [image])));
    expect(told.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['machine:made', 'fake:loaded']);
  });

  it('takes an input once, however often it is sent', async () => {
    const { machines, type, files } = start();
    await machines.make('c.s', 'ana', 'ana-pc', []);
    expect(await type('c.s', 'append f a\r', 'tabtabtab', 1)).toEqual({ ok: true });
    expect(await type('c.s', 'append f a\r', 'tabtabtab', 1)).toEqual({ ok: true });
    expect(await type('c.s', 'append f b\r', 'tabtabtab', 2)).toEqual({ ok: true });
    expect(await type('c.s', 'append f c\r', 'tabtabtab', 3)).toEqual({ ok: true });
    expect(await files('c.s')).toEqual({ f: 'abc' });
  });

  it('answers a reader with what it missed, or with the state, and hides what is private', async () => {
    const { machines, told, type } = start();
    await machines.make('c.s', 'ana', 'ana-pc', []);
    await type('c.s', 'put a 1\r');
    const before = told.at(-1)!.upTo;
    await type('c.s', 'put b 2\r');
    const own = await machines.catchUp('c.s', before, wholeMachine);
    expect(own).toMatchObject({ kind: 'missed', upTo: before + 3 });
    const board = { private: false, person: false };
    expect(await machines.catchUp('c.s', before, board)).toEqual({
      kind: 'missed',
      upTo: before + 3,
      events: [{ type: 'fake:put', name: 'b', text: '2' }],
    });
    expect(await machines.catchUp('c.s', 9999, board)).toMatchObject({
      kind: 'snapshot',
      upTo: before + 3,
      state: { screen: '', files: { a: '1', b: '2' } },
    });
    await type('c.s', 'many 1500\r');
    expect(await machines.catchUp('c.s', before, wholeMachine)).toMatchObject({ kind: 'snapshot' });
  });

  it('gives a snapshot that fits exactly between two announcements', async () => {
    const { machines, told, type } = start();
    await machines.make('c.s', 'ana', 'ana-pc', []);
    const typing = Promise.all(Array.from({ length: 60 }, (_, n) => type('c.s', `put f${n} x\r`)));
    for (let n = 0; n < 20; n++) {
      const { upTo } = await machines.catchUp('c.s', 0, wholeMachine);
      expect(upTo).toBe(told.at(-1)?.upTo);
    }
    await typing;
  });

  it('knows nothing of a machine that was never made', async () => {
    const { machines, type } = start();
    expect(await type('c.x', 'put a b\r')).toMatchObject({ ok: false, code: 'not-found' });
    await expect(machines.catchUp('c.x', 0, wholeMachine)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('brings a machine back from its stream, from its kept state, and from disk', async () => {
    const { store, machines, type, files } = start();
    await machines.make('c.s', 'ana', 'ana-pc', []);
    await type('c.s', 'many 600\r');
    await type('c.s', 'put last one\r');
    const before = await files('c.s');
    machines.evict(0);
    expect(machines.size).toBe(0);
    expect(await files('c.s')).toEqual(before);
    expect((await store.log.kept('machine/c.s'))?.version).toBeGreaterThan(500);
    const again = start({ store });
    expect(await again.files('c.s')).toEqual(before);
    expect(await again.type('c.s', 'put more x\r', 'otherotherother')).toEqual({ ok: true });
  });

  it('ends a thread that hangs: the others go on, the culprit is told, nothing stored is lost', async () => {
    const { machines, type, files } = start({ hangMs: 600 });
    for (const id of ['c.a', 'c.b', 'c.c']) await machines.make(id, 'x', 'x', []);
    await type('c.a', 'put kept yes\r', 'clienta0', 1);
    const hung = type('c.b', 'hang\r', 'clientb0', 1);
    const after = type('c.b', 'put later x\r', 'clientb0', 2);
    const beside = type('c.c', 'put beside x\r', 'clientc0', 1);
    expect(await hung).toEqual({ ok: true });
    expect(await after).toEqual({ ok: true });
    expect(await beside).toEqual({ ok: true });
    expect(await type('c.a', 'append kept !\r', 'clienta0', 2)).toEqual({ ok: true });
    expect(await files('c.a')).toEqual({ kept: 'yes!' });
    expect(await files('c.b')).toEqual({ later: 'x' });
    expect(await files('c.c')).toEqual({ beside: 'x' });
    const caught = await machines.catchUp('c.b', 0, wholeMachine);
    expect(JSON.stringify(caught)).toContain('stopped answering');
  });

  it('survives a thread that dies, and a command that never answers', async () => {
    const { machines, type, files } = start({ commandMs: 4000 });
    await machines.make('c.a', 'x', 'x', []);
    await type('c.a', 'put kept yes\r', 'clienta0', 1);
    expect(await type('c.a', 'never\r', 'clienta0', 2)).toEqual({ ok: true });
    expect(await type('c.a', 'crash\r', 'clienta0', 3)).toEqual({ ok: true });
    expect(await type('c.a', 'append kept !\r', 'clienta0', 4)).toEqual({ ok: true });
    expect(await files('c.a')).toEqual({ kept: 'yes!' });
  });

  it('has the bytes that an event names, in another thread and after a restart', async () => {
    const { store, machines, type, files } = start();
    await machines.make('c.a', 'x', 'x', []);
    await type('c.a', 'blob f some bytes\r');
    const digest = parseDigest((await files('c.a')).f!);
    expect(new TextDecoder().decode(await store.blobs.get(digest))).toBe('some bytes');
  });

  it('lets two nodes serve one machine: each input has its effect once', async () => {
    const { store, machines, type } = start({ shared: true });
    const other = start({ store, shared: true });
    await machines.make('c.a', 'x', 'x', []);
    const here = Array.from({ length: 15 }, (_, n) => type('c.a', `append here ${n};\r`, 'clienthere', n + 1));
    const there = Array.from({ length: 15 }, (_, n) => other.type('c.a', `append there ${n};\r`, 'clientthere', n + 1));
    for (const outcome of await Promise.all([...here, ...there])) expect(outcome).toEqual({ ok: true });
    const text = Array.from({ length: 15 }, (_, n) => `${n};`).join('');
    const all = await other.machines.catchUp('c.a', 0, wholeMachine);
    expect(all).toMatchObject({ state: { files: { here: text, there: text } } });
  });
});
