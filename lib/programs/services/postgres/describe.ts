/** psql's commands that describe what is there: `\l`, `\dt`, `\d NAME`, `\du`, `\conninfo`, `\?`. */
import type { Cell, Table } from '../sql/values';
import type { Catalogue, Who } from './protocol';
import { cellText, drawTable, type Style } from './table';

interface Description {
  readonly shown?: string;
  readonly complaint?: string;
  readonly exitCode?: number;
}

const help = '\\l  databases\n\\dt tables\n\\d NAME  a table\n\\c NAME  connect to a database\n\\q  leave\n';

export function describe(
  { databases, tables, user }: Catalogue,
  who: Pick<Who, 'user' | 'database'>,
  style: Style,
  verb: string,
  word: string | undefined,
): Description {
  const draw = (titles: readonly string[], rows: readonly (readonly Cell[])[], title: string) =>
    drawTable(
      style,
      titles.map((name) => ({ name, type: 'text' })),
      rows,
      title,
    );
  switch (verb) {
    case '\\l':
      return {
        shown: draw(
          ['Name', 'Owner', 'Encoding'],
          databases.map((name) => [name, user, 'UTF8']),
          'List of databases',
        ),
      };
    case '\\d':
      if (word !== undefined) return describeTable(tables[word], word, draw);
      break;
    case '\\dt':
      break;
    case '\\du':
      return {
        shown: draw(['Role name', 'Attributes'], [[user, 'Superuser, Create role, Create DB']], 'List of roles'),
      };
    case '\\conninfo':
      return { shown: `You are connected to database "${who.database}" as user "${who.user}".\n` };
    case '\\?':
      return { shown: help };
    default:
      return { complaint: `invalid command ${verb}\nTry \\? for help.\n`, exitCode: 1 };
  }
  const rows = Object.keys(tables)
    .sort()
    .map((name) => ['public', name, 'table', user]);
  if (rows.length === 0) return { complaint: 'Did not find any relations.\n' };
  return { shown: draw(['Schema', 'Name', 'Type', 'Owner'], rows, 'List of relations') };
}

function describeTable(
  table: Table | undefined,
  name: string,
  draw: (titles: readonly string[], rows: readonly (readonly Cell[])[], title: string) => string,
): Description {
  if (!table) return { complaint: `Did not find any relation named "${name}".\n`, exitCode: 1 };
  const rows = table.columns.map((column) => [
    column.name,
    column.type,
    '',
    column.required ? 'not null' : '',
    column.initial === null ? '' : cellText(column.initial),
  ]);
  const drawn = draw(['Column', 'Type', 'Collation', 'Nullable', 'Default'], rows, `Table "public.${name}"`);
  return { shown: drawn.replace(/\(\d+ rows?\)\n\n$/, '\n') };
}
