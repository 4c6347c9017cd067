/** Programs that are no busybox applets, by the id in their executable file. */
import type { Applet } from './run';

/** Found in the gnu-flavoured images only, as `gnu:NAME`. */
export const gnuOnly: Readonly<Record<string, Applet>> = {};

/** Programs with an executable of their own: services, package managers. */
export const programs: Readonly<Record<string, Applet>> = {};
