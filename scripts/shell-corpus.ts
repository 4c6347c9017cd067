/**
 * How much of what a real shell says ours says too.
 *
 *     npm run -s shell-corpus -- [--json] [--show] [busybox|gnu|dash]
 *
 * `--json` prints `{snippets, identical, listed, different}`; `--show` prints each difference that is not listed. Exit
 * status 1 when one is, or when fewer than 97 % are identical.
 */
import { type Answer, type Dialect, type Difference, playCorpus } from '../tests/shell-corpus/play';

const args = process.argv.slice(2);
const dialects = args.filter((arg): arg is Dialect => arg === 'busybox' || arg === 'gnu' || arg === 'dash');
const { differences, ...counts } = await playCorpus(dialects.length > 0 ? dialects : undefined);

const shown = (label: string, { stdout, stderr, exitCode }: Answer) =>
  `--- ${label}\n${stdout}${stderr === '' ? '' : `(stderr)\n${stderr}`}(exit ${exitCode})\n`;

function show({ dialect, recorded, played }: Difference): void {
  console.log(`=== ${dialect}/${recorded.theme}\n${recorded.text}\n${shown('real', recorded)}${shown('ours', played)}`);
}

if (args.includes('--show')) for (const one of differences) if (one.reason === undefined) show(one);
if (args.includes('--json')) console.log(JSON.stringify(counts));
else
  console.log(
    `${counts.identical} of ${counts.snippets} snippets identical, ${counts.listed} listed, ${counts.different} different`,
  );
process.exitCode = counts.different > 0 || counts.identical < counts.snippets * 0.97 ? 1 : 0;
