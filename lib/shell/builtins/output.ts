import type { Builtins } from './builtin';
import { echo } from './echo';
import { printf } from './printf';

export const output: Builtins = { echo: { run: echo }, printf: { run: printf } };
