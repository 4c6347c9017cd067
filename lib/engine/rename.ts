import { Failure } from '../errors';
import { containerAttributes, validName } from './create';
import type { Daemon } from './daemon';
import { containerNamed, findContainer } from './lookup';
import { badName, emptyName, nameTaken, sameName } from './sentences';

/** `docker rename`. */
export function rename(daemon: Daemon, reference: string, newName: string): void {
  const name = newName.replace(/^\//, '');
  if (!reference || !name) throw emptyName();
  const record = findContainer(daemon, reference);
  if (record.name === name) throw sameName();
  if (!validName(name)) throw allocating(badName(`/${name}`));
  const holder = containerNamed(daemon, name);
  if (holder) throw allocating(nameTaken(name, holder.id));
  daemon.change({ type: 'container:renamed', id: record.id, name });
  daemon.announcements.tell('container', 'rename', record.id, {
    ...containerAttributes(daemon.record(record.id)),
    oldName: `/${record.name}`,
  });
}

const allocating = (failure: Failure) =>
  new Failure(failure.code, `Error when allocating new name: ${failure.message}`, failure.detail);
