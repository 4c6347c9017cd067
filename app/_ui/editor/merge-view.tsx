'use client';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { theme } from './theme';

export interface MergeProps {
  readonly left: string;
  readonly right: string;
  readonly leftLabel: string;
  readonly rightLabel: string;
}

/** Two texts side by side with what differs marked. Nothing can be written in it. */
export function Merge({ left, right, leftLabel, rightLabel }: MergeProps) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fixed = (label: string) => [
      lineNumbers(),
      highlightSpecialChars(),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      theme,
    ];
    const view = new MergeView({
      parent: holder.current!,
      a: { doc: left, extensions: fixed(leftLabel) },
      b: { doc: right, extensions: fixed(rightLabel) },
      collapseUnchanged: { margin: 3, minSize: 8 },
      gutter: true,
    });
    return () => view.destroy();
  }, [left, right, leftLabel, rightLabel]);
  return <div ref={holder} className="merge max-h-[56vh] overflow-auto" />;
}
