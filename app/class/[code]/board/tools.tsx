'use client';
import { memo } from 'react';
import type { ClassState, Published } from '../../../../lib/classroom';
import type { Room } from '../../../_client';
import { Share } from '../../../_features/publish';
import { Questions } from '../../../_features/questions';
import { ClassRules } from '../../../_features/rules';
import { SpotlightControls } from '../../../_features/spotlight';
import { useSay } from '../../../_i18n/language';
import { Panel, sameList, useKept, useSteady } from '../../../_ui';
import type { SeatView, Table } from '../../../_view';
import { classLesson } from '../lesson';
import type { useSeatActs } from '../seat-acts';
import { nameIn } from '../view';
import { ColleagueLinks } from './colleague-links';
import { ExportBoard } from './export-board';
import { TeachClass } from './teach-class';

const mostPaths = 200;

interface Given {
  readonly room: Room | undefined;
  readonly state: ClassState;
  readonly image: Published | undefined;
  readonly acts: ReturnType<typeof useSeatActs>;
}

/** What a host does with the class. Its sheets move all the time; this is only drawn anew when the class itself changes. */
export function Tools({
  seats,
  table,
  ...given
}: Given & { readonly seats: readonly SeatView[]; readonly table: Table }) {
  const paths = useKept(
    table.rows
      .map(({ path }) => path)
      .sort()
      .slice(0, mostPaths),
    sameList,
  );
  const now = useSteady(() => seats);
  return <Column {...given} paths={paths} seats={now} />;
}

const Column = memo(function Column({
  room,
  state,
  image,
  acts,
  paths,
  seats,
}: Given & { readonly paths: readonly string[]; readonly seats: () => readonly SeatView[] }) {
  const say = useSay();
  const { code } = state;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <SpotlightControls
        spotlight={state.spotlight}
        name={state.spotlight && nameIn(state, state.spotlight)}
        paths={paths}
        asked={state.round !== undefined}
        onMove={acts.spotlight}
      />
      <Questions
        lesson={classLesson}
        round={state.round}
        past={state.past}
        present={state.present}
        onOpen={(step) => void room?.wire.ask('round:open', { code, lesson: classLesson.id, step })}
        onReveal={() => void room?.wire.ask('round:reveal', { code })}
        onClose={() => void room?.wire.ask('round:close', { code })}
      />
      <TeachClass room={room} state={state} />
      <ClassRules rules={state.rules} onSet={(rules) => void room?.wire.ask('rules:set', { code, ...rules })} />
      <ExportBoard state={state} seats={seats} image={image} />
      <Panel title={say('board.share')}>
        <Share code={code} link={`${location.origin}/join/${code}`} />
        <ColleagueLinks room={room} code={code} />
      </Panel>
    </div>
  );
});
