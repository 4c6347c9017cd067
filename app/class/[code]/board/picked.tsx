'use client';
import type { ReactNode } from 'react';
import type { Spotlight } from '../../../../lib/classroom';
import { useSay } from '../../../_i18n/language';
import { Button } from '../../../_ui';
import type { Column } from '../../../_view';

/** What is picked on the board, and what can be done with it. */
export function Picked({
  picked,
  columns,
  onCompare,
  onShow,
  onClear,
  children,
}: {
  readonly picked: readonly string[];
  readonly columns: readonly Column[];
  readonly onCompare: (left: string, right: string) => void;
  /** To the projector, for who may. */
  readonly onShow?: (spotlight: Spotlight) => void;
  readonly onClear: () => void;
  /** What can be done with the image too. */
  readonly children: ReactNode;
}) {
  const say = useSay();
  const [first, second] = picked.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  return (
    <div className="surface flex min-h-[52px] flex-wrap items-center gap-3 px-4 py-2">
      <span role="status" className={first ? '' : 'text-soft'}>
        {second
          ? say('board.pickTwo', { left: first!.label, right: second.label })
          : first
            ? say('board.pickOne', { name: first.label })
            : columns.length > 0 && say('board.pickHint')}
      </span>
      <span className="ml-auto flex flex-wrap gap-2">
        {first && (
          <>
            <Button
              small
              look="primary"
              onClick={() => onCompare(second ? first.id : 'image', second ? second.id : first.id)}
            >
              {say(second ? 'board.compare' : 'board.compareImage')}
            </Button>
            {!second && (
              <Button small onClick={() => onCompare(`${first.id}@last`, first.id)}>
                {say('earlier.itself')}
              </Button>
            )}
            {onShow && (
              <Button
                small
                onClick={() =>
                  onShow(
                    second
                      ? { kind: 'pair', left: first.id, right: second.id }
                      : { kind: 'pair', left: 'image', right: first.id },
                  )
                }
              >
                {say('spotlight.show')}
              </Button>
            )}
            <Button small look="quiet" onClick={onClear}>
              {say('board.clear')}
            </Button>
          </>
        )}
        {children}
      </span>
    </div>
  );
}
