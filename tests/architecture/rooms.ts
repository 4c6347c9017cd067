/**
 * The house's table of who may import whom, machine-readable: docs/architecture.md explains it, `rooms.test.ts` enforces it.
 * A room may always import `errors` and `clock`, and every room that is reachable through what it may import.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  clock: [],
  words: [],
  pattern: [],
  content: [],
  fs: ['content'],
  layer: ['content', 'fs'],
  snapshot: ['layer'],
  image: ['snapshot', 'pattern'],
  container: ['image'],
  dockerfile: [],
  process: ['fs'],
  shell: ['process', 'pattern'],
  programs: ['process', 'shell'],
  builder: ['dockerfile', 'container'],
  engine: ['builder', 'process'],
  cli: ['engine'],
  catalog: ['image', 'programs'],
  machine: ['cli', 'catalog'],
  compare: ['engine'],
  lesson: ['machine', 'compare'],
  classroom: ['lesson'],
  protocol: ['classroom'],
};

/** Packages that lib may import, and the rooms that may. Everything else comes from lib itself. */
export const libraries: Readonly<Record<string, readonly string[]>> = {
  '@noble/hashes/sha2.js': ['content'],
  '#sha256': ['content', 'layer', 'image'],
  '#gzip': ['layer', 'image'],
  fflate: ['layer', 'image', 'programs'],
  fzstd: ['layer', 'image'],
  'just-bash': ['programs'],
  'just-bash/browser': ['programs'],
  zod: ['image', 'protocol'],
};

/** Server rooms, downwards: each may import those named, and lib. */
export const serverRooms: Readonly<Record<string, readonly string[]>> = {
  config: [],
  store: [],
  auth: ['store', 'config'],
  machines: ['store'],
  classes: ['machines', 'store'],
  gateway: ['classes', 'auth'],
  archives: ['gateway'],
  pages: ['gateway'],
  main: ['archives', 'pages', 'gateway', 'classes', 'machines', 'store', 'auth', 'config'],
};

/** The simulation never asks the surroundings: what may not stand in lib outside tests, and what to do instead. */
export const ambient: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/from '(node:|fs|path|os|crypto|zlib|stream|child_process)[a-z/]*'/, 'lib runs in browsers: no Node modules'],
  [/\bDate\.now\(|\bnew Date\(\)|\bperformance\.now/, 'ask the Clock'],
  [/\bMath\.random\(|\bcrypto\.(getRandomValues|randomUUID)/, 'ask the Chance'],
  [/\bset(Timeout|Interval|Immediate)\(/, 'sleep on the Clock, or yield to the Scheduler'],
  [/(?<![.\w'"`/-])(window|document|localStorage|navigator)\.[a-z]/, 'lib has no page'],
  [/\bprocess\.(env|cwd\(\)|stdout|argv\b(?!\.|\[|\)|,|;))(?=.*node)/, 'lib has no surroundings'],
  [/\bBuffer\.(from|alloc|concat)/, 'Uint8Array'],
  [/^export \* from/m, 'name what the door lets through'],
];
