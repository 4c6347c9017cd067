import { useSay } from '../../_i18n/language';
import { changeColour, digestGround, glyphs } from '../../_picture';
import { words } from './row';

/** Some bytes, of which there are two. */
const example = `sha256:${'5f70bf18'.repeat(8)}`;

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
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className="inline-flex gap-0.5">
          {[0, 1].map((one) => (
            <i key={one} style={{ background: digestGround(example) }} className="size-3 rounded-[3px]" />
          ))}
        </span>
        {say('matrix.ground')}
      </span>
    </p>
  );
}
