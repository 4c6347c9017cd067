import { below, type Chance, seeded } from '../../lib/clock';

/** A sequence of file operations that follows from its seed alone. */
export type Step =
  | {
      readonly verb: 'write' | 'append' | 'exclusive';
      readonly path: string;
      readonly text: string;
      readonly uid: number;
    }
  | { readonly verb: 'patch'; readonly path: string; readonly text: string; readonly at: number; readonly uid: number }
  | {
      readonly verb: 'truncate' | 'chmod' | 'mkdir' | 'utimes';
      readonly path: string;
      readonly number: number;
      readonly uid: number;
    }
  | {
      readonly verb: 'rmdir' | 'unlink' | 'readlink' | 'read' | 'list' | 'stat';
      readonly path: string;
      readonly uid: number;
    }
  | {
      readonly verb: 'rename' | 'link' | 'symlink';
      readonly path: string;
      readonly other: string;
      readonly uid: number;
    }
  | {
      readonly verb: 'chown';
      readonly path: string;
      readonly owner: number;
      readonly group: number;
      readonly uid: number;
    };

/** What the layers hold, bottom first: path → content, target (`->x`), hard link (`=path`), folder (`/`); `.wh.` whiteouts. */
export const layers: readonly Readonly<Record<string, string>>[] = [
  {
    'a/': '/',
    'a/f': 'lower f',
    'a/g': '=a/f',
    'a/s': '->f',
    'a/deep/': '/',
    'a/deep/er/': '/',
    'a/deep/er/x': 'bottom',
    'b/': '/',
    'b/one': '1',
    'b/two': '22',
    'b/sub/': '/',
    'b/sub/k': 'kk',
    'empty/': '/',
    top: 'top file',
    loop: '->loop',
    out: '->./a',
    'gone/': '/',
    'gone/x': 'x',
    was: 'a file below',
  },
  {
    'a/': '/',
    'a/h': 'second',
    'b/': '/',
    'b/.wh.two': '',
    'b/sub/': '/',
    'b/sub/.wh..wh..opq': '',
    'b/sub/new': 'n',
    '.wh.gone': '',
    'was/': '/',
    'was/in': 'i',
  },
];

const folders = ['/a', '/a/deep', '/a/deep/er', '/b', '/b/sub', '/empty', '/n', '/n/m', '/gone', '/was', '/out', ''];
const names = ['f', 'g', 's', 'h', 'one', 'two', 'k', 'x', 'n', 'm', 'deep', 'sub', 'in', 'top', 'new'];
const targets = ['f', 'b/one', '/top', 'nowhere', './sub', 'deep', '/a/g', '.'];
const modes = [0o644, 0o600, 0o777, 0o755, 0o4755, 0o2770, 0o1777, 0o000, 0o444, 0o111, 0o666];

const pick = <T>(chance: Chance, from: readonly T[]): T => from[below(chance, from.length)]!;

function path(chance: Chance): string {
  if (below(chance, 4) === 0) return pick(chance, folders) || '/top';
  return `${pick(chance, folders)}/${pick(chance, names)}${below(chance, 25) === 0 ? '/' : ''}`;
}

const verbs = [
  'write',
  'write',
  'append',
  'exclusive',
  'patch',
  'truncate',
  'chmod',
  'mkdir',
  'mkdir',
  'utimes',
  'rmdir',
  'rmdir',
  'unlink',
  'unlink',
  'unlink',
  'readlink',
  'read',
  'list',
  'stat',
  'rename',
  'rename',
  'rename',
  'link',
  'link',
  'symlink',
  'chown',
] as const;

export function sequence(seed: number, length: number): Step[] {
  const chance = seeded(seed);
  return Array.from({ length }, () => step(chance));
}

function step(chance: Chance): Step {
  const uid = below(chance, 5) === 0 ? 1000 : 0;
  const verb = pick(chance, verbs);
  const common = { path: path(chance), uid };
  switch (verb) {
    case 'write':
    case 'append':
    case 'exclusive':
      return { verb, ...common, text: 'abcdefgh'.slice(0, below(chance, 9)) };
    case 'patch':
      return { verb, ...common, text: 'XYZ', at: below(chance, 12) };
    case 'truncate':
      return { verb, ...common, number: below(chance, 20) };
    case 'utimes':
      return { verb, ...common, number: 1_000_000 + below(chance, 1_000_000) };
    case 'chmod':
    case 'mkdir':
      return { verb, ...common, number: pick(chance, modes) };
    case 'rename':
    case 'link':
      return { verb, ...common, other: path(chance) };
    case 'symlink':
      return { verb, ...common, other: pick(chance, targets) };
    case 'chown':
      return { verb, ...common, owner: pick(chance, [0, 1000, 5]), group: pick(chance, [0, 1000, 6]) };
    default:
      return { verb, ...common };
  }
}
