'use client';
import Link from 'next/link';
import { useEffect, useMemo, useState } from 'react';
import { useHeld, useOutbox, useRoom } from '../../../../_client';
import { EditorSeen } from '../../../../_features/file-editor';
import { OwnLayers } from '../../../../_features/layers';
import { LookState } from '../../../../_features/look';
import { Pages } from '../../../../_features/pages';
import { Terminal } from '../../../../_features/terminal';
import { useSay } from '../../../../_i18n/language';
import { buttonLook, Note } from '../../../../_ui';
import { containersOf } from '../../../../_view';
import { Frame } from '../../frame';
import { usePages } from '../../pages';
import { useTerminal } from '../../terminal';
import { hosts, usePlace } from '../../use-place';
import { latestImage } from '../../view';

/** Over a student's shoulder, with their consent: their terminal and their sheet, and two at one keyboard when they agreed. */
export function LookScreen({ code, seat }: { readonly code: string; readonly seat: string }) {
  const say = useSay();
  const room = useRoom(code, 'host', false, seat);
  usePlace(room, code, hosts);
  const state = useHeld(room?.classInbox.replica);
  const machine = useHeld(room?.own);
  const drafted = useHeld(room?.drafted);
  const [problem, setProblem] = useState<string>();
  const outbox = useOutbox(room, setProblem);
  const look = state?.looks[seat];
  const granted = look !== undefined && look.state !== 'asked';
  const person = state?.seats.find(({ id }) => id === seat);
  const terminal = useTerminal(room, granted ? machine : undefined, outbox);
  const containers = useMemo(() => (machine ? containersOf(machine) : []), [machine]);
  const pages = usePages(room, granted ? machine : undefined);
  const [chosen, choose] = useState<string>();
  const container = containers.find(({ id }) => id === (chosen ?? terminal.insideId)) ?? containers[0];
  const image = latestImage(state);

  useEffect(() => {
    if (granted) void room?.watchOwn();
  }, [granted, room]);

  return (
    <Frame
      room={room}
      state={state}
      tall
      tools={
        <Link href={`/class/${code}/board`} className={buttonLook('plain', true)}>
          {say('desk.board')}
        </Link>
      }
    >
      {state && person && (
        <main className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] gap-4 px-4 pb-6 md:px-7 lg:grid-cols-[minmax(0,1fr)_380px]">
          <div className="flex min-h-[60dvh] flex-col gap-3">
            <LookState
              look={look}
              name={person.name}
              onAsk={() => void room?.wire.ask('look:ask', { code, seat })}
              onEnd={() => void room?.wire.ask('look:end', { code, seat })}
            />
            {problem && <Note tone="wrong">{problem}</Note>}
            {granted && machine && terminal.editing && (
              <EditorSeen
                path={terminal.editing.path}
                text={draftOf(drafted, machine.id, terminal.editing.path) ?? terminal.editing.text}
                name={person.name}
              />
            )}
            {granted && machine && terminal.ready && (
              <div className="grid min-h-0 flex-1">
                <Terminal
                  {...terminal.shown}
                  user={machine.user}
                  colour={person.colour}
                  as={{ columns: terminal.columns, smallest: 11 }}
                  readOnly={look?.state !== 'typing'}
                  onType={(data) => outbox?.type(terminal.id, data)}
                  onResize={() => {}}
                />
              </div>
            )}
          </div>
          <div className="grid min-h-0 content-start gap-4 overflow-auto">
            {granted && image && (
              <OwnLayers
                image={image}
                container={container}
                others={containers}
                colour={person.colour}
                owner={person.name}
                onChoose={choose}
              />
            )}
            <Pages {...pages} />
          </div>
        </main>
      )}
    </Frame>
  );
}

/** What is written there since the file was opened, once it was told. */
function draftOf(
  draft: { readonly machine: string; readonly path: string; readonly text: string } | undefined,
  machine: string,
  path: string,
): string | undefined {
  return draft?.machine === machine && draft.path === path ? draft.text : undefined;
}
