/** A small SQL: tables of text and numbers, as far as a class of containers needs. PostgreSQL's words for what goes wrong. */
import { Change } from './changes';
import { Definition } from './definitions';
import type { Session } from './expressions';
import { Select } from './select';
import type { Database, Outcome } from './values';
import { SqlFault, tokenise } from './words';

/** One statement: the tables are changed, and what came of it is told. Throws `SqlFault`. */
export function execute(tables: Database, session: Session, sql: string): Outcome {
  const [verb, ...words] = tokenise(sql);
  switch (verb?.text) {
    case 'select':
      return new Select(tables, session, words).select();
    case 'create':
      return new Definition(tables, session, words).create();
    case 'drop':
      return new Definition(tables, session, words).drop();
    case 'truncate':
      return new Definition(tables, session, words).truncate();
    case 'insert':
      return new Change(tables, session, words).insert();
    case 'update':
      return new Change(tables, session, words).update();
    case 'delete':
      return new Change(tables, session, words).delete();
    case 'set':
      return { tag: 'SET' };
    case undefined:
      throw new SqlFault('syntax error at end of input');
    default:
      throw new SqlFault(`syntax error at or near "${verb!.text}"`);
  }
}
