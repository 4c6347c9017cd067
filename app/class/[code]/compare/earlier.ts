import { useEffect, useMemo, useState } from 'react';
import type { MachineState } from '../../../../lib/machine';
import type { EarlierPoint } from '../../../../lib/protocol';
import type { Room } from '../../../_client';

/** A container that stands on a side, and when: `last` is before the last command that changed it. */
export interface Wanted {
  readonly machine: string;
  readonly container: string;
  /** Of its sheet now: when that is another, there may be another point. */
  readonly digest: string;
  readonly when?: number | 'last';
}

export interface Earlier {
  /** The newest first; undefined until they are known. */
  points(container: string): readonly EarlierPoint[] | undefined;
  /** The version that is meant; undefined while it is not known, or when there is none. */
  version({ container, when }: Wanted): number | undefined;
  /** The computer with this container alone, as it was then; undefined while it is on its way. */
  past(container: string, version: number): MachineState | { readonly gone: string } | undefined;
}

/** Containers change while one looks: after so many milliseconds of rest it is asked again. */
const restMs = 700;

/** What these containers were like earlier, asked for as it is wanted. */
export function useEarlier(room: Room | undefined, wanted: readonly Wanted[]): Earlier {
  const points = useAsked(room, new Map(wanted.map((one) => [one.container, one])), listPoints, (one) => one.digest);
  const known = useMemo(() => {
    const version = ({ container, when }: Wanted) => (when === 'last' ? points.get(container)?.[0]?.version : when);
    return { points: (container: string) => points.get(container), version };
  }, [points]);
  const pasts = useAsked(
    room,
    new Map(
      wanted.flatMap((one) => {
        const version = known.version(one);
        return version === undefined ? [] : [[keyOf(one.container, version), { ...one, version }] as const];
      }),
    ),
    (room, { machine, container, version }) => room.earlier(machine, container, version),
    () => 'as it was',
  );
  return useMemo(
    () => ({ ...known, past: (container, version) => pasts.get(keyOf(container, version)) }),
    [known, pasts],
  );
}

/** A container that has been removed: whose it was, and the beginning of its id. */
export interface Lost {
  readonly machine: string;
  readonly container: string;
}

export type Last = Awaited<ReturnType<Room['last']>>;

/** What is remembered of these, by the beginning of their ids; nothing while it is on its way. */
export function useLast(room: Room | undefined, lost: readonly Lost[]): ReadonlyMap<string, Last> {
  const wanted = new Map(lost.map((one) => [one.container, one]));
  return useAsked(room, wanted, askLast, () => 'as it was');
}

const askLast = (room: Room, { machine, container }: Lost) => room.last(machine, container);

const keyOf = (container: string, version: number) => `${container}@${version}`;

async function listPoints(room: Room, { machine, container }: Wanted): Promise<readonly EarlierPoint[]> {
  const answer = await room.wire.ask('earlier:list', { code: room.code, machine, container });
  return answer.ok ? answer.points : [];
}

/** Answers by key, each asked for once, and again when its stamp is another; the old one stays until the new one is there. */
function useAsked<Q, A>(
  room: Room | undefined,
  questions: ReadonlyMap<string, Q>,
  ask: (room: Room, question: Q) => Promise<A>,
  stampOf: (question: Q) => string,
): ReadonlyMap<string, A> {
  const [answers, setAnswers] = useState<ReadonlyMap<string, A>>(new Map());
  const [stamps] = useState(() => new Map<string, string>());
  const wanted = [...questions].map(([key, question]) => `${key} ${stampOf(question)}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is what `wanted` says
  useEffect(() => {
    if (!room) return;
    const fresh = [...questions].filter(([key, question]) => stamps.get(key) !== stampOf(question));
    const again = fresh.some(([key]) => stamps.has(key));
    const timer = setTimeout(
      () => {
        for (const [key, question] of fresh) {
          stamps.set(key, stampOf(question));
          void ask(room, question).then((answer) => setAnswers((now) => new Map(now).set(key, answer)));
        }
      },
      again ? restMs : 0,
    );
    return () => clearTimeout(timer);
  }, [room, wanted]);
  return answers;
}
