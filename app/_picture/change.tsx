'use client';
import type { Key } from '../_i18n';
import { useSay } from '../_i18n/language';
import type { ChangeKind, Counts } from '../_view';

export const glyphs: Readonly<Record<ChangeKind, string>> = { added: '+', changed: '~', deleted: '−' };
/** `docker diff`'s letters. */
export const letters: Readonly<Record<ChangeKind, string>> = { added: 'A', changed: 'C', deleted: 'D' };
export const changeColour: Readonly<Record<ChangeKind, string>> = {
  added: 'var(--add)',
  changed: 'var(--chg)',
  deleted: 'var(--del)',
};
const washes: Readonly<Record<ChangeKind, string>> = {
  added: 'bg-add-wash text-add',
  changed: 'bg-chg-wash text-chg',
  deleted: 'bg-del-wash text-del',
};
const words: Readonly<Record<ChangeKind, Key>> = {
  added: 'change.added',
  changed: 'change.changed',
  deleted: 'change.deleted',
};

/** The glyph and the word of a change; `word={false}` leaves the word to screen readers. */
export function ChangeMark({ kind, word = true }: { readonly kind: ChangeKind; readonly word?: boolean }) {
  const say = useSay();
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-md px-1.5 text-[13px] font-semibold ${washes[kind]}`}>
      <span aria-hidden="true" className="font-mono text-[15px] leading-5">
        {glyphs[kind]}
      </span>
      <span className={word ? '' : 'sr-only'}>{say(words[kind])}</span>
    </span>
  );
}

/** “3 added, 1 changed, 1 deleted”, or that nothing is written. */
export function useCountSentence(): (counts: Counts) => string {
  const say = useSay();
  return ({ added, changed, deleted }) => {
    const parts = [
      added && say('count.added', { n: added }),
      changed && say('count.changed', { n: changed }),
      deleted && say('count.deleted', { n: deleted }),
    ].filter(Boolean);
    return parts.length === 0 ? say('count.none') : parts.join(', ');
  };
}

export function CountMarks({ counts }: { readonly counts: Counts }) {
  const sentence = useCountSentence();
  return (
    <span className="inline-flex gap-2 font-mono text-[13px] font-semibold" title={sentence(counts)}>
      <span className="sr-only">{sentence(counts)}</span>
      <span aria-hidden="true" className="text-add">
        +{counts.added}
      </span>
      <span aria-hidden="true" className="text-chg">
        ~{counts.changed}
      </span>
      <span aria-hidden="true" className="text-del">
        −{counts.deleted}
      </span>
    </span>
  );
}
