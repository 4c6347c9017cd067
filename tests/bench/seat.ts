// npm run bench -- seat [--json] [--machines 200] [--snapshot FILE]
//
// What one student's computer keeps in the memory of the thread that holds it, as the built server runs it (bundled from the
// present source): so many computers over one content store, one after another step, each step measured after a collection.
// KiB of heap and of what the heap holds outside of it, by computer:
//
// machines            how many
// heapPerMachineKb    all of it: a terminal open, its student in `docker run -it --name web IMAGE sh`, where they wrote a file
// madeKb              of that: what a computer is before anybody typed, with the class's image in its engine
// terminalKb          a terminal with the host's shell at its prompt
// containerKb         a container with its shell at its prompt, attached to that terminal
// fileKb              a small file written there
// rssPerMachineKb     resident memory of the process, less what it was before: with what the collector had not yet given back
// load, cores         of this computer, as it began
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { bundle } from './support/bundle';
import { number, rounded } from './support/numbers';

const words = process.argv.slice(2);
const machines = number(words, '--machines', 200);
const snapshot = words.includes('--snapshot') ? words[words.indexOf('--snapshot') + 1]! : '';
const load = rounded(loadavg()[0]!);

const made = await bundle({ seats: 'tests/bench/support/seats.ts' });
const child = fork(join(made, 'seats.mjs'), [String(machines), snapshot], { execArgv: ['--expose-gc'] });
const [steps] = (await Promise.race([
  once(child, 'message'),
  once(child, 'exit').then(() => Promise.reject(new Error('the computers ended before they were measured'))),
]).finally(() => rmSync(made, { recursive: true, force: true }))) as [Record<string, number>];
const kb = (bytes: number) => rounded(bytes / 1024 / machines);
const { nothing, made: bare, terminal, container, file, rssBefore, rssAfter } = steps as Record<string, number>;
const result = {
  machines,
  heapPerMachineKb: kb(file! - nothing!),
  madeKb: kb(bare! - nothing!),
  terminalKb: kb(terminal! - bare!),
  containerKb: kb(container! - terminal!),
  fileKb: kb(file! - container!),
  rssPerMachineKb: kb(rssAfter! - rssBefore!),
  load,
  cores: availableParallelism(),
};
if (words.includes('--json')) console.log(JSON.stringify(result));
else for (const [name, value] of Object.entries(result)) console.log(`${name.padEnd(18)} ${String(value)}`);
process.exit(0);
