'use client';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { CountMarks } from '../../_picture';
import { Panel } from '../../_ui';
import { type ContainerView, countChanges, type Status } from '../../_view';

const statuses: Readonly<Record<Status, Key>> = {
  created: 'status.created',
  running: 'status.running',
  paused: 'status.paused',
  restarting: 'status.restarting',
  exited: 'status.exited',
  dead: 'status.dead',
};

/** `docker ps -a` at a glance: what runs, what has ended and is still there. */
export function Containers({
  containers,
  chosen,
  onChoose,
}: {
  readonly containers: readonly ContainerView[];
  readonly chosen?: string;
  readonly onChoose: (id: string) => void;
}) {
  const say = useSay();
  const running = containers.filter(({ status }) => status === 'running').length;
  return (
    <Panel title={say('containers.title')} note={<code>docker ps -a</code>}>
      <p className="mb-2 text-sm text-soft" aria-live="polite">
        {containers.length === 0 ? say('containers.none') : say('containers.count', { n: containers.length, running })}
      </p>
      <ul className="grid gap-1">
        {containers.map((container) => (
          <li key={container.id}>
            <button
              type="button"
              aria-pressed={container.id === chosen}
              onClick={() => onChoose(container.id)}
              className={`grid w-full grid-cols-[14px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-lg px-2 py-1.5 text-left ${container.id === chosen ? 'bg-paper-deep' : 'hover:bg-paper-deep'}`}
            >
              <Lamp status={container.status} />
              <span className="min-w-0">
                <span className="block truncate font-semibold">{container.name}</span>
                <span className="block truncate font-mono text-[12px] text-soft">
                  {container.id.slice(0, 12)} · {container.image} · {container.command}
                </span>
              </span>
              <span className="grid justify-items-end gap-0.5">
                <span className="text-[13px]">
                  {say(statuses[container.status], { code: container.exitCode ?? 0 })}
                </span>
                <CountMarks counts={countChanges(container.changes.filter((change) => !change.onTheWay))} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Filled while it runs, a ring when it has ended: the shape says it too. */
function Lamp({ status }: { readonly status: Status }) {
  const running = status === 'running';
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle
        cx="7"
        cy="7"
        r="5"
        fill={running ? 'var(--ok)' : 'none'}
        stroke={running ? 'var(--ok)' : 'var(--soft)'}
        strokeWidth="2"
      />
      {status === 'paused' && <path d="M5.500 5v4M8.500 5v4" stroke="var(--soft)" strokeWidth="1.500" />}
    </svg>
  );
}
