import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scenarios } from './fixtures/scenarios';
import { DockerBuild } from './testing/docker-build';

interface RecordedStep {
  stdout: string;
  stderr: string;
  exitCode: number;
  config?: Record<string, unknown>;
  author?: string;
  layers?: number;
  history?: { createdBy: string; comment: string }[];
  listing?: string[];
}

const file = new URL('./fixtures/transcripts.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as {
  engine: string;
  scenarios: { name: string; steps: RecordedStep[] }[];
};

/** Where we deliberately say something else, or the real engine says it only sometimes. Each with its reason. */
const different: Readonly<Record<string, string>> = {};

/** Times, ids and paths that must differ. */
function neutral(text: string): string {
  return text
    .replace(/^(#\d+ )?\d+\.\d{3} /gm, '$1T ')
    .replace(/DONE \d+\.\ds/g, 'DONE T')
    .replace(/ \d+\.\ds done$/gm, ' done')
    .replace(/(transferring context: 10)\.\d\dkB/g, '$1.NkB')
    .replace(/sha256:[0-9a-f]{64}/g, 'sha256:ID')
    .replace(/of ref \S+::\w{25}/g, 'of ref REF')
    .replace(/\/var\/lib\/\w+\/overlay2\/\w+/g, 'LAYER')
    .replace(/(---> |Running in |container |built )[0-9a-f]{12}/g, '$1ID')
    .replace(/(file|dir|multi):[0-9a-f]{64}/g, '$1:ID');
}

/** Blocks of progress without their numbers (which of two vertices begins first is the real engine's luck), and the rest. */
function blocks(stderr: string): { vertices: string[]; rest: string } {
  const vertices = new Map<string, string[]>();
  const rest: string[] = [];
  for (const line of neutral(stderr).split('\n')) {
    const match = /^#(\d+) (.*)$/.exec(line);
    if (!match) rest.push(line);
    else vertices.set(match[1]!, [...(vertices.get(match[1]!) ?? []), match[2]!]);
  }
  const told = [...vertices.values()].map((lines) =>
    [...new Set(lines.filter((line) => line !== '...' && !/^transferring \w+:$/.test(line)))].join('\n'),
  );
  return { vertices: told.sort(), rest: rest.join('\n').replace(/^\n+/, '') };
}

function filled(value: object): Record<string, unknown> {
  const empty = (item: unknown) => item === null || item === '' || item === undefined;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => !empty(item)));
}

describe(`docker build as Engine ${recorded.engine} does it`, () => {
  describe.each(scenarios.filter(({ name }) => !different[name]))('$name', (scenario) => {
    const expected = recorded.scenarios.find(({ name }) => name === scenario.name);

    it('says and makes the same', async () => {
      const ours = new DockerBuild(scenario);
      await ours.bench.build('FROM busybox\n');
      for (const [index, step] of scenario.steps.entries()) {
        const real = expected!.steps[index]!;
        const said = await ours.play(step);
        const where = `step ${index + 1}: docker build ${step.args.join(' ')}`;
        expect(blocks(said.stderr), where).toEqual(blocks(real.stderr));
        expect(neutral(said.stdout), where).toBe(neutral(real.stdout));
        expect(said.exitCode, where).toBe(real.exitCode);
        if (!real.config) continue;
        const { config } = said.image!;
        expect(filled(config.config ?? {}), where).toEqual(filled(real.config));
        expect(config.author ?? '', where).toBe(real.author);
        expect(config.rootfs.diff_ids.length, where).toBe(real.layers);
        const history = (config.history ?? []).map(({ created_by = '', comment = '' }) => ({
          createdBy: neutral(created_by.replaceAll('\t', ' ')),
          comment,
        }));
        expect(history.reverse(), where).toEqual(
          real.history!.map(({ createdBy, comment }) => ({ createdBy: neutral(createdBy), comment })),
        );
        if (step.list)
          expect(ours.listing(said.image!, step.list).sort(), where).toEqual(real.listing!.filter(Boolean).sort());
      }
    });
  });
});
