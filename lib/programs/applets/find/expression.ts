/** find's expression: words joined by `-o`, `-a`, `!` and parentheses, into one test of a file. */
import { Complaint, UsageError } from '../../options';
import { actions } from './actions';
import { type Search, type Test, wrong } from './search';
import { tests } from './tests';

/** All words. An expression that does nothing prints. */
export function readExpression(search: Search): Test {
  const test = search.words.length > 0 ? either(search) : () => true;
  const rest = search.words[0];
  if (rest !== undefined) throw wrong(search, rest);
  if (search.acts) return test;
  return async (here) => {
    if (!(await test(here))) return false;
    await search.run.print(`${here.path}\n`);
    return true;
  };
}

const isOr = (word: string | undefined) => word === '-o' || word === '-or';

function either(search: Search): Test {
  let left = both(search);
  while (isOr(search.words[0])) {
    search.words.shift();
    const [before, after] = [left, both(search)];
    left = async (here) => (await before(here)) || (await after(here));
  }
  return left;
}

function both(search: Search): Test {
  let left = not(search);
  for (;;) {
    const word = search.words[0];
    if (word === undefined || isOr(word) || word === ')') return left;
    if (word === '-a' || word === '-and') search.words.shift();
    const [before, after] = [left, not(search)];
    left = async (here) => (await before(here)) && (await after(here));
  }
}

function not(search: Search): Test {
  const word = search.words.shift();
  if (word === '!' || word === '-not') {
    const inner = not(search);
    return async (here) => !(await inner(here));
  }
  if (word === '(') {
    const inner = either(search);
    if (search.words.shift() !== ')') throw new Complaint('unmatched (');
    return inner;
  }
  if (word === undefined) throw new UsageError('expression expected');
  return primary(search, word);
}

function primary(search: Search, word: string): Test {
  const test = tests.get(word);
  if (test) return test(search, word);
  const action = actions.get(word);
  if (!action) throw wrong(search, word);
  // To prune is no answer to what is to be done.
  if (word !== '-prune') search.acts = true;
  return action(search, word);
}
