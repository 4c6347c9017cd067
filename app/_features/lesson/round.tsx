'use client';
import { useState } from 'react';
import type { RoundAnswer } from '../../../lib/classroom';
import type { Round as RoundData } from '../../../lib/lesson';
import { useLanguage, useSay } from '../../_i18n/language';
import { Button } from '../../_ui';

/** The question of a step: predicted before it is run, revealed for the class when the teacher says so. */
export interface Prediction {
  /** The step whose question the teacher has opened for the class, if any. */
  readonly open?: string;
  readonly answered: number;
  readonly present: number;
  readonly revealed: boolean;
  readonly mine?: RoundAnswer;
  /** By option, once revealed. */
  readonly counts: Readonly<Record<string, number>>;
  readonly onAnswer: (answer: RoundAnswer) => void;
}

const sureness = ['guess', 'fairly', 'certain'] as const;

export function Round({
  round,
  step,
  prediction,
}: {
  readonly round: RoundData;
  readonly step: string;
  readonly prediction: Prediction;
}) {
  const say = useSay();
  const language = useLanguage();
  const forClass = prediction.open === step;
  const [option, setOption] = useState<string>();
  const [sure, setSure] = useState<RoundAnswer['sure']>('fairly');
  const [own, setOwn] = useState<RoundAnswer>();
  const locked = forClass ? prediction.mine : own;
  const revealed = forClass && prediction.revealed;
  const lock = () => {
    if (!option) return;
    if (forClass) prediction.onAnswer({ option, sure });
    else setOwn({ option, sure });
  };
  return (
    <fieldset className="grid gap-2" disabled={locked !== undefined}>
      <legend className="mb-1.5 font-semibold">{round.question[language]}</legend>
      {round.options.map(({ id, text }) => (
        <label
          key={id}
          className={`flex items-baseline gap-2 rounded-[10px] border px-3 py-2 ${(locked?.option ?? option) === id ? 'border-accent' : 'border-line'} ${revealed && id === round.answer ? 'bg-add-wash' : ''}`}
        >
          <input
            type="radio"
            name={`round-${step}`}
            checked={(locked?.option ?? option) === id}
            onChange={() => setOption(id)}
          />
          <span className="min-w-0 flex-1">{text[language]}</span>
          {revealed && <span className="font-mono text-sm">{prediction.counts[id] ?? 0}</span>}
        </label>
      ))}
      {!locked && (
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="text-sm text-soft" id={`sure-${step}`}>
            {say('round.sure')}
          </span>
          <div role="radiogroup" aria-labelledby={`sure-${step}`} className="flex gap-1.5">
            {sureness.map((one) => (
              // biome-ignore lint/a11y/useSemanticElements: three small buttons of which one is pressed
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={sure === one}
                onClick={() => setSure(one)}
                className={`rounded-lg border px-2 py-1 text-sm ${sure === one ? 'border-accent font-semibold' : 'border-line'}`}
              >
                {say(`round.${one}`)}
              </button>
            ))}
          </div>
          <Button look="primary" small onClick={lock} disabled={!option}>
            {say('round.lock')}
          </Button>
        </div>
      )}
      <p role="status" className="text-sm text-soft">
        {sentence()}
      </p>
    </fieldset>
  );

  function sentence(): string {
    if (!locked) return say('round.first');
    if (!forClass) return say('round.ownLocked');
    if (!revealed) return say('round.waiting', { n: prediction.answered, total: prediction.present });
    return say(locked.option === round.answer ? 'round.asPredicted' : 'round.otherwise');
  }
}
