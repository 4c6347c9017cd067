'use client';
import type { ClassState, Published } from '../../../../lib/classroom';
import { ExportClass } from '../../../_features/export';
import { useLanguage } from '../../../_i18n/language';
import { csvOf, predictionsOf, reportOf, roundsOf, type SeatView } from '../../../_view';
import { classLesson } from '../lesson';

/** The board as a file: who is here, their containers, what those changed, and what was proved and answered, in every round. */
export function ExportBoard({
  state,
  seats,
  image,
}: {
  readonly state: ClassState;
  /** As they are when the file is made. */
  readonly seats: () => readonly SeatView[];
  readonly image: Published | undefined;
}) {
  const language = useLanguage();
  const rounds = () => roundsOf(classLesson, state, language);
  const rows = () => {
    const asked = rounds();
    return reportOf(seats(), (seat) => {
      const proof = state.proofs[seat];
      const asks = state.hands.findIndex((hand) => hand.seat === seat) + 1;
      const answer = state.round?.answers[seat]?.option;
      return {
        ...(proof?.manifestDigest === image?.manifestDigest && { proof: `${proof?.verified} of ${proof?.total}` }),
        ...(asks > 0 && { asks }),
        ...(answer !== undefined && { answer }),
        predictions: predictionsOf(asked, seat),
      };
    });
  };
  const whole = () => ({
    title: state.title,
    code: state.code,
    openedAt: new Date(state.openedAt).toISOString(),
    images: state.images.map(({ reference, imageId, manifestDigest, layers }) => ({
      reference,
      imageId,
      manifestDigest,
      layers,
    })),
    rounds: rounds(),
    rows: rows(),
  });
  return (
    <ExportClass
      name={`dockerland-${state.code}`}
      onCsv={() => csvOf(rows())}
      onJson={() => JSON.stringify(whole(), null, 2)}
    />
  );
}
