'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import type { ClassState } from '../../../lib/classroom';
import { type Room, useHeld, useOutbox, useRoom } from '../../_client';
import { Ended } from '../../_features/connection';
import { Containers } from '../../_features/containers';
import { FileEditor } from '../../_features/file-editor';
import { HandButton } from '../../_features/hands';
import { OwnLayers } from '../../_features/layers';
import { Lesson } from '../../_features/lesson';
import { LookedAt } from '../../_features/look';
import { Inbox, LatestNote } from '../../_features/notes';
import { Pages } from '../../_features/pages';
import { ProofMark, useProof } from '../../_features/proof';
import { TeacherShows } from '../../_features/spotlight';
import { OldImage } from '../../_features/tags';
import { Terminal } from '../../_features/terminal';
import { UndoButtons } from '../../_features/undo';
import { useSay } from '../../_i18n/language';
import { buttonLook, Note } from '../../_ui';
import { type ContainerView, containersOf } from '../../_view';
import { Desk } from './desk';
import { Frame } from './frame';
import { classLesson, predictionOf, useProgress } from './lesson';
import { usePages } from './pages';
import { useSeatActs } from './seat-acts';
import { SeatLink } from './seat-link';
import { TakeClassHome } from './take-home';
import { useTerminal } from './terminal';
import { usePlace, withComputers } from './use-place';
import { latestImage, nameIn, standsOn } from './view';

/** A desk: one's own computer, its terminal, and the picture of what it does. */
export function DeskScreen({ code }: { readonly code: string }) {
  const say = useSay();
  const router = useRouter();
  const room = useRoom(code, 'any');
  useDoor(room, code);
  usePlace(room, code, withComputers);
  const state = useHeld(room?.classInbox.replica);
  const me = useHeld(room?.me);
  const machine = useHeld(room?.own);
  const [problem, setProblem] = useState<string>();
  const outbox = useOutbox(room, setProblem);
  const waiting = useHeld(outbox?.waiting) ?? 0;
  const terminal = useTerminal(room, machine, outbox);
  const pages = usePages(room, machine);
  const image = latestImage(state);
  const [shown, setShown] = useState(false);
  // Layers are fetched to be hashed when the terminal stands: it does not wait for them.
  const proof = useProof(
    shown ? image : undefined,
    async (digest) => room?.blobs.fetch(digest),
    (report) => void room?.wire.ask('proof:report', { code, ...report }),
  );
  const containers = useMemo(() => (machine ? containersOf(machine) : []), [machine]);
  const [chosen, choose] = useChosen(containers, terminal.insideId);

  const done = useProgress(code, machine, state);
  const seat = state?.seats.find(({ id }) => id === me?.seat);
  const colour = seat?.colour ?? -1;
  const owner = seat?.name ?? state?.host.name ?? '';
  const over = state?.phase === 'ended';
  const gone = over && me?.role === 'seat';

  const acts = useSeatActs(room, code);
  const back = async (type: 'machine:undo' | 'machine:reset') => {
    const answer = await room?.wire.ask(type, { code });
    setProblem(answer && !answer.ok ? answer.message : undefined);
  };

  return (
    <Frame
      room={room}
      state={state}
      waiting={waiting}
      tall
      marks={
        image && !over && <ProofMark image={image} proof={proof} fetch={async (digest) => room?.blobs.fetch(digest)} />
      }
      tools={
        state &&
        !gone && (
          <>
            <Link
              prefetch={false}
              href={`/class/${code}/compare${chosen ? `?left=image&right=${chosen.id.slice(0, 12)}` : ''}`}
              className={`${buttonLook('quiet', true)} max-sm:hidden`}
            >
              {say('desk.compare')}
            </Link>
            {(me?.role === 'host' || state.rules.compare) && (
              <Link prefetch={false} href={`/class/${code}/board`} className={buttonLook('plain', true)}>
                {say('desk.board')}
              </Link>
            )}
            {me?.seat && (
              <HandButton
                place={placeOf(state, me.seat)}
                onRaise={() => void room?.wire.ask('hand:raise', { code })}
                onLower={() => void room?.wire.ask('hand:lower', { code })}
              />
            )}
            {me?.role === 'seat' && !over && (
              <Inbox
                notes={state.notes}
                me={me.seat!}
                people={[{ id: 'host', name: state.host.name }]}
                onSend={acts.note}
              />
            )}
            {me?.role === 'seat' && (
              <SeatLink code={code} name={owner} colour={colour} onRename={(name) => acts.rename(me.seat!, name)} />
            )}
          </>
        )
      }
    >
      {gone ? (
        <Ended title={say('ended.title')} message={say('ended.more')} again={{ href: '/', label: say('ended.home') }} />
      ) : (
        <>
          {me?.seat && state?.looks[me.seat] && (
            <LookedAt
              look={state.looks[me.seat]!}
              host={state.host.name}
              onGrant={(typing) => void room?.wire.ask('look:grant', { code, typing })}
              onEnd={() => void room?.wire.ask('look:end', { code })}
            />
          )}
          {me?.role === 'seat' && state?.spotlight && !over && (
            <TeacherShows
              spotlight={state.spotlight}
              host={state.host.name}
              name={nameIn(state, state.spotlight)}
              onFollow={() => router.push(`/class/${code}/projector`)}
            />
          )}
          {me?.role === 'seat' && state && <LatestNote notes={state.notes} host={state.host.name} />}
          {machine && !over && (
            <FileEditor
              editing={terminal.editing}
              place={`${machine.id}.${terminal.id}`}
              watched={watchedBy(room, state, me?.seat, terminal.id)}
              onClose={(text) => closeEditor(room, machine.id, terminal.id, text)}
            />
          )}
          <Desk
            asked={me?.role === 'seat' && asksMe(state, me.seat!)}
            tools={
              <>
                {chosen && (
                  <Link
                    href={`/class/${code}/compare?left=${chosen.id.slice(0, 12)}@last&right=${chosen.id.slice(0, 12)}`}
                    className={buttonLook('quiet', true)}
                    title={say('earlier.deskMore')}
                  >
                    {say('earlier.desk')}
                  </Link>
                )}
                <UndoButtons onUndo={() => void back('machine:undo')} onReset={() => void back('machine:reset')} />
                <TakeClassHome
                  room={room}
                  image={image}
                  containers={chosen ? [{ id: chosen.id, label: chosen.name, seat: me?.seat }] : []}
                />
              </>
            }
            guide={
              <Lesson
                lesson={classLesson}
                done={done}
                image={image?.reference}
                onType={(line) => outbox?.type(terminal.id, line)}
                prediction={predictionOf(
                  state,
                  me?.seat,
                  (answer) => void room?.wire.ask('round:answer', { code, ...answer }),
                )}
              />
            }
            terminal={
              <>
                {state?.frozen && me?.role === 'seat' && <Note tone="warn">{say('desk.frozen')}</Note>}
                {problem && (
                  <Note tone="wrong" live>
                    {problem}
                  </Note>
                )}
                {machine && terminal.ready ? (
                  <div className="grid min-h-0 flex-1">
                    <Terminal
                      {...terminal.shown}
                      user={machine.user}
                      colour={colour}
                      readOnly={over || (state?.frozen === true && me?.role === 'seat')}
                      onType={(data) => outbox?.type(terminal.id, data)}
                      onResize={terminal.resize}
                      onShown={() => setShown(true)}
                    />
                  </div>
                ) : (
                  <p className="surface grid flex-1 place-items-center text-soft">{say('desk.waiting')}</p>
                )}
              </>
            }
            stack={
              <>
                {image && chosen?.image === image.reference && chosen.imageId !== image.imageId && (
                  <OldImage container={chosen} image={image} />
                )}
                {image && (
                  <OwnLayers
                    image={standsOn(chosen, image, state?.images ?? [])}
                    container={chosen}
                    others={containers}
                    colour={colour}
                    owner={owner}
                    onChoose={choose}
                  />
                )}
                {!over && <Pages {...pages} />}
                <Containers containers={containers} chosen={chosen?.id} onChoose={choose} />
              </>
            }
          />
        </>
      )}
    </Frame>
  );
}

/** Somebody looks over this shoulder, and sees the editor too: a draft that is not too long for it. */
function watchedBy(room: Room | undefined, state: ClassState | undefined, seat: string | undefined, terminal: string) {
  const look = seat ? state?.looks[seat] : undefined;
  if (!room || !state || !look || look.state === 'asked') return undefined;
  const onDraft = (path: string, text: string) => {
    const machine = room.ownId;
    if (machine && text.length <= mostShown)
      void room.wire.ask('editor:draft', { code: room.code, machine, terminal, path, text });
  };
  return { by: state.hosts.find(({ id }) => id === look.by)?.name ?? state.host.name, onDraft };
}

/** Characters of a draft that travel while somebody looks. */
const mostShown = 64 * 1024;

/** A sentence when the file could not be written: then the editor is still open. */
async function closeEditor(room: Room | undefined, machine: string, terminal: string, text: string | undefined) {
  if (!room) return undefined;
  const body = { code: room.code, machine, terminal, ...(text !== undefined && { text }) };
  const answer = await room.wire.ask('editor:close', body);
  return answer.ok ? undefined : answer.message;
}

/** A question is open to this seat, which has not answered it. */
function asksMe(state: ClassState | undefined, seat: string): boolean {
  return Boolean(state?.phase === 'open' && state.round && !state.round.revealed && !state.round.answers[seat]);
}

/** 1 for the next in the queue of those who ask. */
function placeOf(state: ClassState, seat: string): number | undefined {
  const at = state.hands.findIndex((hand) => hand.seat === seat);
  return at < 0 ? undefined : at + 1;
}

/** The picture follows the prompt into a container, until somebody points elsewhere. */
function useChosen(containers: readonly ContainerView[], inside: string | undefined) {
  const [chosen, setChosen] = useState<string>();
  useEffect(() => {
    if (inside) setChosen(inside);
  }, [inside]);
  const container = containers.find(({ id }) => id === chosen) ?? containers[0];
  return [container, setChosen] as const;
}

/** A stranger with the link of a desk wants in: the door is the way. */
function useDoor(room: Room | undefined, code: string): void {
  const router = useRouter();
  const refused = useHeld(room?.refused);
  useEffect(() => {
    if (refused?.code === 'forbidden') router.replace(`/join/${code}`);
  }, [refused, router, code]);
}
