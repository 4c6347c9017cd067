import { startBenchServer } from '../bench/support/bundled-server';
import { number } from '../bench/support/numbers';
import { fuzzProtocol } from './protocol';

/** Behind `npm run fuzz -- protocol`. */
const words = process.argv.slice(2);
const [messages, seed] = [number(words, '--messages', 100_000), number(words, '--seed', 1)];
const server = await startBenchServer();
const { url, secret } = server;
const report = await fuzzProtocol({ url, secret, messages, seed, flood: true }).catch((error: unknown) => {
  console.error(server.output().slice(-3000));
  throw error;
});
// A thread that was lost or a machine that failed is a crash too, though the class goes on.
const lost = server.output().match(/^(a thread with|machine .*:).*/gm) ?? [];
const crashes = (server.ended ? 1 : 0) + lost.length;
await server.stop();
const { effects, answers, ...more } = report;
const result = { ...more, crashes, effects: effects.length, answers, seed };
console.log(words.includes('--json') ? JSON.stringify(result) : result);
for (const part of effects) console.error(`changed: ${part}`);
for (const line of lost) console.error(line);
process.exit(crashes || effects.length || report.unknown.length || report.unanswered || answers.internal ? 1 : 0);
