// npm run conformance -- [--json] [--show] [--floor] [--doc] [SCENARIO...]: plays the recorded scenarios on our own computer.
// --show prints what differs, --floor writes down how far it is, --doc writes docs/fidelity.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityPage } from '../tests/conformance/fidelity';
import { type PlayedStep, playAll } from '../tests/conformance/play';
import { here, readTranscript } from '../tests/conformance/scenario';

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const played = await playAll(words.filter((word) => !word.startsWith('--')));
  const count = (verdict: PlayedStep['verdict']) => played.filter((one) => one.verdict === verdict).length;
  const result = {
    steps: played.length,
    identical: count('identical'),
    listed: count('listed'),
    different: count('different'),
  };
  if (words.includes('--show')) for (const one of played) if (one.verdict === 'different') console.log(shown(one));
  if (words.includes('--doc'))
    writeFileSync(join(here, '../../docs/fidelity.md'), fidelityPage(played, readTranscript('events')?.engine ?? ''));
  if (words.includes('--floor'))
    writeFileSync(
      join(here, 'floor.json'),
      `${JSON.stringify({ steps: result.steps, identical: result.identical })}\n`,
    );
  console.log(
    words.includes('--json')
      ? JSON.stringify(result)
      : `${result.steps} steps: ${result.identical} identical, ${result.listed} listed, ${result.different} different`,
  );
  if (words.some((word) => !word.startsWith('--'))) return 0;
  const floor = JSON.parse(readFileSync(join(here, 'floor.json'), 'utf8')) as { steps: number; identical: number };
  return result.steps >= floor.steps && result.identical >= floor.identical ? 0 : 1;
}

function shown({ scenario, step, expected, actual }: PlayedStep): string {
  return `======== ${scenario}: ${step}\n-------- real\n${expected}-------- ours\n${actual}`;
}

process.exitCode = await main();
