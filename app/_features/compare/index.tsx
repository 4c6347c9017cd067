'use client';
import { useSay } from '../../_i18n/language';
import { ChangeMark, ClassStack, ownerStyle, useCountSentence } from '../../_picture';
import { Button, Panel } from '../../_ui';
import { countChanges, legible, type Side } from '../../_view';
import { Contents } from './contents';
import { type When, WhenChoice } from './when';

export { pointName, type When } from './when';

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** Two containers, one and its image, or one and itself earlier: what each changed, and one file's contents beside each other. */
export function Compare({
  left,
  right,
  choices,
  path,
  when,
  onLeft,
  onRight,
  onItself,
  onPath,
}: {
  readonly left: Side;
  readonly right: Side;
  readonly choices: readonly Choice[];
  readonly path?: string;
  /** Nothing for an image. */
  readonly when: (side: Side) => When | undefined;
  readonly onLeft: (id: string) => void;
  readonly onRight: (id: string) => void;
  /** A container before its last change on the left, now on the right. */
  readonly onItself: (earlier: string, now: string) => void;
  readonly onPath: (path: string) => void;
}) {
  const say = useSay();
  const written = (side: Side) =>
    [...side.changes.values()].filter((change) => !change.onTheWay).map((change) => change.path);
  const paths = [...new Set([...written(left), ...written(right)])].sort();
  const open = path ?? paths.find((one) => differs(left, right, one)) ?? paths[0];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <Head side={left} other={right} when={when(left)} {...{ choices, onItself }} which="left" onChoose={onLeft} />
        <Head
          side={right}
          other={left}
          when={when(right)}
          {...{ choices, onItself }}
          which="right"
          onChoose={onRight}
        />
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(260px,380px)_minmax(0,1fr)]">
        <Panel title={say('compare.paths')} note={say('compare.pathsNote', { n: paths.length })} bare>
          {paths.length === 0 && <p className="px-4 pb-4 text-soft">{say('compare.equal')}</p>}
          <Paths left={left} right={right} paths={paths} open={open} onPath={onPath} />
          <Both left={left} right={right} />
        </Panel>
        {open ? (
          <Contents key={open} left={left} right={right} path={open} />
        ) : (
          <p className="surface p-6 text-soft">{say('compare.nothing')}</p>
        )}
      </div>
    </div>
  );
}

/** Both sheets above the image, when they stand on the same one. */
function Both({ left, right }: { readonly left: Side; readonly right: Side }) {
  const say = useSay();
  const sentence = useCountSentence();
  const same = left.layers.map(({ digest }) => digest).join() === right.layers.map(({ digest }) => digest).join();
  const sides = [left, right].filter(
    (side, i, all) => !side.isImage && all.findIndex(({ id }) => id === side.id) === i,
  );
  if (!same || sides.length === 0) return null;
  const sheets = sides.map((side) => {
    const changes = [...side.changes.values()];
    const counts = countChanges(changes.filter((change) => !change.onTheWay));
    return {
      id: side.id,
      // As it was has a long name; whose it is says its colour.
      label: side.of === undefined ? side.label : say('earlier.short'),
      colour: side.colour,
      changes,
      sentence: `${side.label}: ${sentence(counts)}`,
    };
  });
  const words = `${say('compare.image', { n: left.layers.length })}. ${sheets.map((sheet) => sheet.sentence).join('. ')}.`;
  return (
    <div className="border-t border-line px-4 py-4">
      <ClassStack layers={left.layers} sheets={sheets} sentence={words} width={420} field={sides.length * 30 + 90} />
    </div>
  );
}

function Head({
  side,
  other,
  choices,
  when,
  which,
  onChoose,
  onItself,
}: {
  readonly side: Side;
  readonly other: Side;
  readonly choices: readonly Choice[];
  readonly when: When | undefined;
  readonly which: 'left' | 'right';
  readonly onChoose: (id: string) => void;
  readonly onItself: (earlier: string, now: string) => void;
}) {
  const say = useSay();
  const sentence = useCountSentence();
  const counts = countChanges([...side.changes.values()].filter((change) => !change.onTheWay));
  const container = side.of ?? side.id;
  const last = when?.points?.find(({ undone }) => !undone) ?? when?.points?.[0];
  return (
    <div
      style={ownerStyle(side.colour)}
      className="surface grid content-start gap-1.5 border-l-[6px] border-l-owner p-3.5"
    >
      <select
        aria-label={say(which === 'left' ? 'compare.left' : 'compare.right')}
        value={container}
        onChange={(event) => onChoose(event.target.value)}
        className="w-full rounded-lg border border-line-strong bg-card-high px-2.5 py-1.5 font-semibold"
      >
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.label}
          </option>
        ))}
      </select>
      {when && (
        <WhenChoice
          when={when}
          label={say(which === 'left' ? 'earlier.whenLeft' : 'earlier.whenRight')}
          onChoose={(version) => onChoose(version === undefined ? container : `${container}@${version}`)}
        />
      )}
      <p className="text-sm text-soft">
        {side.isImage ? say('compare.image', { n: side.layers.length }) : sentence(counts)}
      </p>
      {last && container !== (other.of ?? other.id) && (
        <p>
          <Button small look="quiet" onClick={() => onItself(`${container}@${last.version}`, container)}>
            {say('earlier.itself')}
          </Button>
        </p>
      )}
    </div>
  );
}

/** Whether the two sheets say something else of a path. */
function differs(left: Side, right: Side, path: string): boolean {
  const [a, b] = [left.changes.get(path), right.changes.get(path)];
  if (!a || !b || a.kind !== b.kind || a.is !== b.is || a.digest !== b.digest) return true;
  return a.is === 'directory' || a.kind === 'deleted' ? false : modeOf(left, path) !== modeOf(right, path);
}

function modeOf(side: Side, path: string): string | undefined {
  const look = side.look(path);
  return look.kind === 'absent' ? undefined : `${look.mode} ${look.uid}:${look.gid}`;
}

function Paths({
  left,
  right,
  paths,
  open,
  onPath,
}: {
  readonly left: Side;
  readonly right: Side;
  readonly paths: readonly string[];
  readonly open: string | undefined;
  readonly onPath: (path: string) => void;
}) {
  const say = useSay();
  return (
    <ul className="max-h-[60vh] overflow-auto px-2 pb-3">
      {paths.map((path) => (
        <li key={path}>
          <button
            type="button"
            aria-pressed={path === open}
            onClick={() => onPath(path)}
            className={`grid w-full grid-cols-[30px_minmax(0,1fr)_30px] items-center gap-2 rounded-lg px-2 py-1 text-left ${path === open ? 'bg-host-wash' : 'hover:bg-paper-deep'}`}
          >
            <Mark side={left} path={path} />
            <span className="flex min-w-0 items-baseline gap-1.5">
              <code
                className={`truncate text-[13px] ${differs(left, right, path) ? '' : 'text-soft'}`}
                title={legible(path)}
              >
                {legible(path)}
              </code>
              {differs(left, right, path) && (
                <span className="ml-auto font-bold text-host-ink" title={say('compare.differs')}>
                  <span aria-hidden="true">≠</span>
                  <span className="sr-only">{say('compare.differs')}</span>
                </span>
              )}
            </span>
            <Mark side={right} path={path} />
          </button>
        </li>
      ))}
      {paths.length > 0 && (
        <li className="px-2 pt-2 text-[12.5px] text-soft">
          {say('compare.legend', { left: left.label, right: right.label })}
        </li>
      )}
    </ul>
  );
}

function Mark({ side, path }: { readonly side: Side; readonly path: string }) {
  const say = useSay();
  const change = side.changes.get(path);
  return change ? (
    <span className="justify-self-center">
      <ChangeMark kind={change.kind} word={false} />
    </span>
  ) : (
    <span className="text-center text-line-strong">
      <span aria-hidden="true">▢</span>
      <span className="sr-only">{say('matrix.same')}</span>
    </span>
  );
}
