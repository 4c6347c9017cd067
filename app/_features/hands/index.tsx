'use client';
import { useSay } from '../../_i18n/language';
import { Button, Hand } from '../../_ui';

/** Ask for help, and see when one's turn comes. `place` is 1 for the next; undefined while the hand is down. */
export function HandButton({
  place,
  onRaise,
  onLower,
}: {
  readonly place: number | undefined;
  readonly onRaise: () => void;
  readonly onLower: () => void;
}) {
  const say = useSay();
  const up = place !== undefined;
  return (
    <Button small look={up ? 'primary' : 'plain'} aria-pressed={up} onClick={up ? onLower : onRaise}>
      <Hand />
      <span aria-live="polite">{up ? say('hands.place', { n: place }) : say('hands.ask')}</span>
    </Button>
  );
}
