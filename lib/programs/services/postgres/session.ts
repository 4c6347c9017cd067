/** One connection to postgres: who may ask, and what a transaction gives back. */
import type { Connection } from '../../../process';
import { LineReader } from '../../line-reader';
import type { Run } from '../../run';
import { encode } from '../../text';
import { answerTo, type Cluster, type Kept } from './cluster';
import type { Answer, Request } from './protocol';

export async function session(run: Run, connection: Connection, { cluster, save }: Kept): Promise<void> {
  const local = connection.remote.address.startsWith('127.');
  const lines = new LineReader(() => run.process.until(connection.read()));
  /** The databases as they were when a transaction began. */
  let before: string | undefined;
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    const request = JSON.parse(line) as Request;
    const refused = refusal(cluster, request, local);
    const word = request.sql?.trim().replace(/;$/, '').toLowerCase();
    let answer: Answer;
    if (refused !== undefined) answer = { error: refused, fatal: true };
    else if (word === 'begin' || word === 'commit' || word === 'rollback') {
      if (word === 'rollback' && before !== undefined) cluster.databases = JSON.parse(before) as Cluster['databases'];
      before = word === 'begin' ? JSON.stringify(cluster.databases) : undefined;
      answer = { outcome: { tag: word.toUpperCase(), changed: word !== 'begin' } };
    } else answer = answerTo(run, cluster, request);
    if ('outcome' in answer && answer.outcome.changed && before === undefined) await save();
    await run.process.until(connection.write(encode(`${JSON.stringify(answer)}\n`)));
  }
}

/** Those inside of the container need no password. */
function refusal(cluster: Cluster, { user, password }: Request, local: boolean): string | undefined {
  if (user !== cluster.user) return `role "${user}" does not exist`;
  if (local || !cluster.password || password === cluster.password) return undefined;
  return `password authentication failed for user "${user}"`;
}
