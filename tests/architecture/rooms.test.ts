import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ambient, libraries, rooms, serverRooms } from './rooms';

const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The few files with one twin a platform, chosen by package.json's import conditions. */
const platform = /\.(node|browser)\.ts$/;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

function sources(folder: string): Source[] {
  return readdirSync(join(top, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.tsx?$/.test(name) &&
        !/\.test\.tsx?$|(^|\/)fixtures\/|\/testing\//.test(name) &&
        !name.includes('node_modules'),
    )
    .map((name) => join(folder, name))
    .map((path) => ({ path, text: readFileSync(join(top, path), 'utf8') }))
    .map(({ path, text }) => ({ path, text, imports: importsOf(text) }));
}

function importsOf(text: string) {
  const found = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]/gm)].map((m) => ({
    from: m[2]!,
    typeOnly: !!m[1],
  }));
  const bare = [...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm)].map((m) => ({
    from: (m[1] ?? m[2])!,
    typeOnly: false,
  }));
  return [...found, ...bare];
}

/** The room of a path below a wing, and whether the path is that room's door. */
function roomOf(wing: string, path: string): { room: string; door: boolean } {
  const [room = '', ...rest] = relative(join(top, wing), path).split('/');
  return {
    room: room.replace(/\.tsx?$/, ''),
    door: rest.length === 0 || rest.join('/').replace(/\.tsx?$/, '') === 'index',
  };
}

function reachable(room: string, table = rooms): Set<string> {
  const seen = new Set<string>(table === rooms ? ['errors', 'clock'] : []);
  const visit = (name: string) => {
    for (const next of table[name] ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        visit(next);
      }
  };
  visit(room);
  return seen;
}

function wrongImports(source: Source): string[] {
  const room = roomOf('lib', join(top, source.path)).room;
  return source.imports.flatMap(({ from, typeOnly }) => {
    if (!from.startsWith('.')) {
      if (platform.test(source.path) && from.startsWith('node:')) return [];
      return libraries[from]?.includes(room) || (typeOnly && from in libraries)
        ? []
        : [`${source.path}: ${from} is not a library of ${room}`];
    }
    const target = resolve(top, dirname(source.path), from);
    if (!target.startsWith(join(top, 'lib'))) return [`${source.path}: ${from} is outside lib`];
    const other = roomOf('lib', target);
    if (other.room === room) return [];
    if (!reachable(room).has(other.room)) return [`${source.path}: ${room} may not import ${other.room}`];
    return other.door ? [] : [`${source.path}: ${from} is not the door of ${other.room}`];
  });
}

describe('the house', () => {
  const lib = sources('lib');

  it('has every room of the table, and no other', () => {
    const found = readdirSync(join(top, 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(found.sort()).toEqual(Object.keys(rooms).sort());
  });

  it('has a table without circles', () => {
    const circular = Object.keys(rooms).filter((room) =>
      rooms[room]!.some((below) => reachable(below).has(room) && !['errors', 'clock'].includes(room)),
    );
    expect(circular).toEqual([]);
  });

  it('lets a room of lib import only what the table allows, through doors', () => {
    expect(lib.flatMap(wrongImports)).toEqual([]);
  });

  it('asks lib for no ambient time, chance, page or Node', () => {
    const wrong = lib
      .filter(({ path }) => !platform.test(path))
      .flatMap(({ path, text }) =>
        ambient
          .filter(([pattern]) => pattern.test(withoutComments(text)))
          .map(([pattern, instead]) => `${path}: ${pattern} (${instead})`),
      );
    expect(wrong).toEqual([]);
  });

  it('refuses people by the catalogue of lib/errors, so that each language has the words', () => {
    const met = /^(server\/(gateway|archives|pages|classes|machines|store)|lib\/classroom)\//;
    // What is ours to mend is not shown; a blob that a digest does not lead to is looked for before it is sent.
    const wrong = [...lib, ...sources('server')]
      .filter(({ path }) => met.test(path))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/new Failure\(\s*'([\w-]+)', *([^\n]*)/g)]
          .filter(
            ([, code, words]) => !['internal', 'corrupt'].includes(code!) && !words!.includes('is not in the store'),
          )
          .map(([all]) => `${path}: ${all}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps app and server apart', () => {
    const wrong = [
      ...sources('app').filter(({ path, imports }) =>
        imports.some(({ from }) => resolve(top, dirname(path), from).startsWith(join(top, 'server'))),
      ),
      ...sources('server').filter(({ path, imports }) =>
        imports.some(({ from }) => resolve(top, dirname(path), from).startsWith(join(top, 'app'))),
      ),
      ...lib.filter(({ text }) => /from '(next|react|socket\.io|libsql|redis)/.test(text)),
    ];
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('lets a room of the server import only downwards', () => {
    const wrong = sources('server').flatMap(({ path, imports }) => {
      const room = roomOf('server', join(top, path)).room;
      return imports
        .filter(({ from }) => from.startsWith('.'))
        .map(({ from }) => resolve(top, dirname(path), from))
        .filter((target) => target.startsWith(join(top, 'server')))
        .map((target) => roomOf('server', target).room)
        .filter((other) => other !== room && !reachable(room, serverRooms).has(other))
        .map((other) => `${path}: ${room} may not import ${other}`);
    });
    expect(wrong).toEqual([]);
  });

  it('keeps features of the screen apart', () => {
    const wrong = sources('app').flatMap(({ path, imports }) => {
      const feature = /app\/_features\/([^/]+)\//.exec(path)?.[1];
      return imports
        .map(({ from }) => /app\/_features\/([^/]+)/.exec(resolve(top, dirname(path), from))?.[1])
        .filter((other) => (feature && other && other !== feature) || (other && /app\/_(ui|client)\//.test(path)))
        .map((other) => `${path}: may not import the feature ${other}`);
    });
    expect(wrong).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
