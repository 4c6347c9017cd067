/** Programs that are no busybox applets, by the id in their executable file. */
import { curl, getent } from './applets/network';
import { edit } from './applets/screens';
import { shell } from './applets/shell';
import { column, join, jq } from './applets/text-tools';
import type { Applet } from './run';

/** Found in the gnu-flavoured images only, as `gnu:NAME`. */
export const gnuOnly: Readonly<Record<string, Applet>> = { column, getent, join };

/** Programs with an executable of their own: shells, services, package managers. They speak gnu's dialect. */
export const programs: Readonly<Record<string, Applet>> = { bash: shell, dash: shell, curl, jq, nano: edit, vim: edit };
