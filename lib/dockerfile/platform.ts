import { quote } from './characters';
import { DockerfileError, type LineRange } from './error';

const systems: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);
const architectures: ReadonlyMap<string, string> = new Map([
  ...'386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x wasm'.split(' ').map(same),
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
  ['i386', '386'],
  ['armhf', 'arm/v7'],
  ['armel', 'arm/v6'],
]);

function same(name: string): [string, string] {
  return [name, name];
}

/** A `--platform` in its full form: `amd64` is `linux/amd64`, `linux` the engine's own architecture. */
export function readPlatform(text: string, own: string, range?: LineRange): string {
  const parts = text.toLowerCase().split('/');
  const [first = '', second, third] = parts;
  if (parts.length > 3) throw problem(text, 'cannot parse platform specifier', range);
  if (parts.some((part) => !/^[a-z0-9_.-]+$/.test(part)))
    throw problem(text, `${quote(text)} is an invalid component`, range);
  if (second !== undefined) return [first, architectures.get(second) ?? second, ...(third ? [third] : [])].join('/');
  if (systems.has(first)) return `${first}/${own.split('/').slice(1).join('/')}`;
  const architecture = architectures.get(first);
  if (architecture) return `linux/${architecture}`;
  throw problem(text, 'unknown operating system or architecture', range);
}

function problem(text: string, reason: string, range: LineRange | undefined): DockerfileError {
  return new DockerfileError(`failed to parse platform ${text}: ${quote(text)}: ${reason}: invalid argument`, range);
}
