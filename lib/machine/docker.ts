import { dockerProgram, type Listener } from '../cli';
import type { Engine } from '../engine';
import type { Loader, Process, Program } from '../process';
import { createLoader, type EditorHost } from '../programs';
import { shellProgram } from '../shell';

/** The host's executables: those of everywhere, and `docker`, which speaks to the engine of this computer. */
export function dockerLoader(engineFor: (process: Process) => Engine, editor: EditorHost, listener?: Listener): Loader {
  const base = createLoader({ editor });
  const docker: Program = (process) => dockerProgram(engineFor(process), listener)(process);
  const own: Readonly<Record<string, Program>> = { docker, bash: shellProgram({ dialect: 'gnu' }) };
  return (fs, path, argv, head) => {
    const program = own[/dockerland:(\w+)\n/.exec(new TextDecoder().decode(head))?.[1] ?? ''];
    return program ? { kind: 'program', program } : base(fs, path, argv, head);
  };
}

/**
 * A container's executables. `restore` is the checkpoint of its first shell: the first shell that starts goes on from there.
 */
export function shellLoader(editor: EditorHost, restore?: unknown): Loader {
  const base = createLoader({ editor });
  if (restore === undefined) return base;
  let waiting = true;
  return (fs, path, argv, head) => {
    const name = (argv[0] ?? '').split('/').pop()!.replace(/^-/, '');
    if (!waiting || !/^(sh|ash|bash)$/.test(name)) return base(fs, path, argv, head);
    waiting = false;
    return { kind: 'program', program: shellProgram({ dialect: dialectOf(head), restore }) };
  };
}

/** The shell of busybox speaks its own words; every other one those of bash. */
function dialectOf(head: Uint8Array): 'busybox' | 'gnu' {
  return new TextDecoder().decode(head).includes('dockerland:busybox\n') ? 'busybox' : 'gnu';
}
