// npm run bench -- engine [--json] [--no-docker]: what Docker's verbs cost here, beside a real engine in the same run, and how
// listing grows with the number of containers.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost, type DockerlandHost } from '../../scripts/dockerland-host';
import { baseImage } from '../conformance/base-image';

const words = process.argv.slice(2);
const json = words.includes('--json');
const mark = `bench-${process.pid}`;
const hasDocker =
  !words.includes('--no-docker') &&
  spawnSync('docker', ['image', 'inspect', 'busybox:latest'], { stdio: 'ignore' }).status === 0;
if (!hasDocker)
  console.error('SKIPPED: no comparison with a real engine: `docker image inspect busybox:latest` fails here.');

/** Ten instructions, none of them cached: the first is another one each time. */
const dockerfile = (round: number) => `FROM busybox:latest
LABEL round=${mark}-${round}
${Array.from({ length: 7 }, (_, at) => `RUN echo ${round} > /f${at}`).join('\n')}
CMD ["cat", "/f0"]
`;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

interface Engine {
  /** Runs a line and answers how many milliseconds it took. */
  time(line: string): Promise<number>;
  file(name: string, text: string): Promise<void>;
}

function ours(host: DockerlandHost): Engine {
  return {
    time: async (line) => {
      const start = performance.now();
      const { exitCode, stderr } = await host.run(line);
      const took = performance.now() - start;
      if (exitCode !== 0) throw new Error(`${line}: ${stderr}`);
      await host.settle();
      return took;
    },
    file: async (name, text) => void (await host.step(`cat > ${name}`, new TextEncoder().encode(text))),
  };
}

function real(folder: string): Engine {
  return {
    time: async (line) => {
      const start = performance.now();
      const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' });
      const took = performance.now() - start;
      if (status !== 0) throw new Error(`${line}: ${stderr}`);
      return took;
    },
    file: async (name, text) => writeFileSync(join(folder, name), text),
  };
}

type Times = Record<string, number>;

async function measure(engine: Engine, rounds: number): Promise<Times> {
  const times: Record<string, number[]> = {};
  const note = async (verb: string, line: string) => void (times[verb] ??= []).push(await engine.time(line));
  for (let round = 0; round < rounds; round++) {
    await note('run', `docker run -d --name ${mark}-r${round} busybox:latest sleep 1000`);
    await note('exec', `docker exec ${mark}-r${round} sh -c 'echo x > /x'`);
    await note('diff', `docker diff ${mark}-r${round}`);
    await note('commit', `docker commit ${mark}-r${round} ${mark}:${round}`);
    await engine.file('Dockerfile', dockerfile(round));
    await note('build', `docker build -q -t ${mark}:b${round} - < Dockerfile`);
  }
  for (let made = 0; made < 100 - rounds; made++)
    await engine.time(`docker create --name ${mark}-c${made} busybox:latest`);
  for (let round = 0; round < rounds; round++) await note('ps', `docker ps -a --filter name=${mark}`);
  return Object.fromEntries(Object.entries(times).map(([verb, list]) => [verb, median(list)]));
}

async function measureReal(): Promise<Times | undefined> {
  if (!hasDocker) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    return await measure(real(folder), 5);
  } finally {
    const sh = (line: string) => spawnSync('sh', ['-c', line], { stdio: 'ignore' });
    sh(`docker ps -aq --filter name=${mark} | xargs -r docker rm -f`);
    sh(`docker images -q ${mark} | sort -u | xargs -r docker rmi -f`);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a look at all containers, and one more event, cost when there are so many. */
async function growth(): Promise<Record<string, { ps: number; create: number; events: number }>> {
  const found: Record<string, { ps: number; create: number; events: number }> = {};
  const host = createHost();
  await baseImage(host);
  let made = 0;
  for (const count of [100, 1000, 10_000]) {
    for (; made < count; made++) host.engine.create({ name: `c${made}`, config: { Image: 'busybox:latest' } });
    host.engine.drain();
    const clocked = async (line: string) => {
      const start = performance.now();
      await host.run(line);
      return performance.now() - start;
    };
    const ps = median([
      await clocked('docker ps -aq | tail -1'),
      await clocked('docker ps -aq | tail -1'),
      await clocked('docker ps -aq | tail -1'),
    ]);
    const create = median([
      await clocked(`docker create busybox:latest`),
      await clocked('docker create busybox:latest'),
      await clocked('docker create busybox:latest'),
    ]);
    made += 3;
    const events = await clocked('docker events --since 1h --until 0s | tail -1');
    found[count] = { ps, create, events };
  }
  host.stop();
  return found;
}

const host = createHost();
await baseImage(host);
await measure(ours(host), 1).catch(() => {});
host.stop();
const fresh = createHost();
await baseImage(fresh);
const mine = await measure(ours(fresh), 15);
fresh.stop();
const theirs = await measureReal();
const ratios = theirs && Object.fromEntries(Object.keys(mine).map((verb) => [verb, theirs[verb]! / mine[verb]!]));
const grown = await growth();

if (json) console.log(JSON.stringify({ milliseconds: mine, real: theirs, ratios, containers: grown }));
else {
  for (const verb of Object.keys(mine))
    console.log(
      `${verb.padEnd(7)} ${mine[verb]!.toFixed(2)} ms${ratios ? `   real ${theirs![verb]!.toFixed(0)} ms   ${ratios[verb]!.toFixed(0)} times` : ''}`,
    );
  for (const [count, { ps, create, events }] of Object.entries(grown))
    console.log(
      `${count.padStart(6)} containers: ps ${ps.toFixed(1)} ms, create ${create.toFixed(2)} ms, events ${events.toFixed(1)} ms`,
    );
}
