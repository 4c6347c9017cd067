/**
 * What an executable does.
 *
 * - `createLoader(hosts)`: the Loader that lib/process asks which program a file is.
 * - `executableFile(id)`: the bytes of a file that stands for a program; `programIds()`: the ids there are.
 * - `gnuNames`: the programs that exist in gnu's dialect, as `gnu:NAME`.
 * - `appletNames`: what our busybox answers to. `busyboxVersion`: which one it plays.
 * - `EditorHost`: what `vi` and `nano` need to open a file before a person's eyes.
 */
export { appletNames } from './applets';
export { createLoader, executableFile, gnuNames, programIds } from './loader';
export type { Dialect, EditorHost, Hosts } from './run';
export { busyboxVersion } from './usage';
