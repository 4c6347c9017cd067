import { useSay } from '../../_i18n/language';
import { changeColour, glyphs } from '../../_picture';
import { words } from './row';

/** What the signs of a cell say. */
export function Legend() {
  const say = useSay();
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-[13px] text-soft">
      {(['added', 'changed', 'deleted'] as const).map((kind) => (
        <span key={kind}>
          <b style={{ color: changeColour[kind] }} className="font-mono">
            {glyphs[kind]}
          </b>{' '}
          {say(words[kind])}
        </span>
      ))}
      <span>▢ {say('matrix.same')}</span>
      <span>{say('matrix.ground')}</span>
    </p>
  );
}
