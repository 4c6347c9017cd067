import { describe, expect, it } from 'vitest';
import { type BaseFacts, IgnoreMatcher, lint, type RuleName, rules } from '../../lib/dockerfile';
import { peerCases } from './peer-cases';

interface PeerRule {
  name: RuleName;
  description: string;
  url: string | null;
  experimental: boolean;
  docs_examples: { bad: boolean; dockerfile: string }[];
}

const peerRules = peerCases<PeerRule[]>('dockerfile/lint-rules.json');

/** Where Docker's page says one thing and the engine (28.5) another: the engine counts. */
const differsOnEngine = new Set(['ARG foo bar\n']);

const environments: Readonly<Record<string, Record<string, string>>> = { python: { PYTHON_VERSION: '3' } };

function base(reference: string): BaseFacts {
  return { environment: new Map(Object.entries(environments[reference] ?? {})) };
}

/** The rule's pages show parts of files: a FROM is added where one is missing, and rules off by default are switched on. */
function whole({ name, experimental }: PeerRule, text: string): string {
  const from = /^from /im.test(text) ? '' : 'FROM alpine\n';
  return `${experimental ? `# check=experimental=${name}\n\n` : ''}${from}${text.replaceAll('...\n', '')}`;
}

describe.skipIf(!peerRules)('the rules of docker build --check', () => {
  it('are all there, with BuildKit’s name, summary and address', () => {
    const ours = [...rules.values()].map(({ name, summary, url, experimental }) => [
      name,
      summary,
      url ?? null,
      experimental,
    ]);
    const theirs = peerRules!.map(({ name, description, url, experimental }) => [name, description, url, experimental]);
    expect(ours).toEqual(theirs);
  });

  it('are explained in words of their own, without links', () => {
    for (const { explanation, fixHint, summary } of rules.values()) {
      expect(explanation.length).toBeGreaterThan(80);
      expect(explanation + fixHint).not.toMatch(/https?:/);
      expect(explanation).not.toContain(summary);
    }
  });

  describe.each((peerRules ?? []).filter((rule) => rule.docs_examples.length > 0))('$name', (rule) => {
    const examples = rule.docs_examples.filter(
      ({ dockerfile }) => ![...differsOnEngine].some((text) => dockerfile.includes(text)),
    );
    it.each(examples)('$dockerfile is bad: $bad', ({ bad, dockerfile }) => {
      const ignored = rule.name === 'CopyIgnoredFile' ? new IgnoreMatcher(['*/tmp/*', 'tmp']) : undefined;
      const { warnings } = lint(whole(rule, dockerfile), { base, ignored });
      expect(warnings.some((warning) => warning.rule === rule.name)).toBe(bad);
    });
  });

  it('InvalidBaseImagePlatform compares with what was pulled', () => {
    const { warnings } = lint('FROM alpine', { base: () => ({ environment: new Map(), platform: 'linux/arm64' }) });
    expect(warnings.map(({ message }) => message)).toEqual([
      'Base image alpine was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
    ]);
  });
});
