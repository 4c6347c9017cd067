/** All builtins by name. A prototype-less record: a command may be called `constructor`. */
import type { Builtins } from './builtin';
import { control } from './control';
import { directories } from './directories';
import { jobControl } from './job-control';
import { lookup } from './lookup';
import { options } from './options';
import { output } from './output';
import { read } from './read';
import { test } from './test';
import { variables } from './variables';

export const builtins: Builtins = Object.assign(
  Object.create(null),
  control,
  directories,
  jobControl,
  lookup,
  options,
  output,
  read,
  test,
  variables,
);
