import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Digest, MemoryContent } from '../../lib/content';
import { evolveMachine, type MachineEvent, type MachineState, parseMachine, serialiseMachine } from '../../lib/machine';
import { wholeMachine } from '../../lib/machine/events';
import { Layers } from '../../lib/snapshot';
import { Machines } from '../../server/machines';
import { openEmbedded } from '../../server/store';

it('a snapshot taken at any moment is what the stream tells up to there, while a real computer is at work', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dockerland-replay-'));
  const store = openEmbedded(join(folder, 'store.db'));
  const machines = new Machines({ store, workers: 1 });
  const id = 'class.seat';
  await machines.make(id, 'ana', 'laptop', []);
  await machines.run(id, { type: 'terminal:open', terminal: 'main', columns: 80, rows: 24 });
  let seq = 0;
  const type = (data: string) =>
    machines.run(id, { type: 'terminal:type', terminal: 'main', client: 'abcdefgh', seq: ++seq, data: `${data}\r` });
  await type(
    'docker run -d --name busy busybox sh -c "n=0; while true; do n=$((n+1)); echo line $n >> /tmp/log; done"',
  );
  await type('docker run -it --name web busybox sh');

  const taken = [];
  for (let n = 0; n < 25; n++) {
    void type(`echo ${n} > /tmp/f${n % 4}; mkdir -p /a/b${n}; rm -rf /a/b${n - 3}; cat /etc/passwd`);
    await new Promise((resolve) => setTimeout(resolve, (n * 7) % 40));
    for (const view of [wholeMachine, { private: true, person: false }, { private: false, person: false }]) {
      const caught = await machines.catchUp(id, 0, view);
      if (caught.kind === 'snapshot') taken.push({ view, ...caught });
    }
  }
  await machines.close();

  const { events } = await store.log.read<MachineEvent>(`machine/${id}`, 0);
  const content = new MemoryContent();
  const layers = new Layers(content);
  const fetch = async (digests: readonly Digest[]) => {
    for (const digest of digests) content.put((await store.blobs.get(digest))!);
  };
  for (const event of events) {
    if (event.type === 'sheet:made') await fetch(event.diffIds);
    if (event.type === 'host:installed') await fetch(event.base);
  }
  let state: MachineState | undefined;
  let version = 0;
  for (const { upTo, state: snapshot, view } of taken) {
    for (; version < upTo; version++) state = evolveMachine(state, events[version]!, layers);
    expect(serialiseMachine(state!, view), `at ${upTo}`).toEqual(snapshot);
    expect(serialiseMachine(parseMachine(snapshot, layers), view)).toEqual(snapshot);
  }
  expect(version).toBeGreaterThan(40);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
