'use client';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { StreamLanguage } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { theme } from './theme';

export interface EditorProblem {
  /** 1-based. */
  readonly line: number;
  readonly endLine: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface EditorProps {
  /** Changes to another document when it changes; edits are kept by whoever listens. */
  readonly document: string;
  readonly text: string;
  readonly label: string;
  readonly mode?: 'dockerfile' | 'text';
  readonly problems?: readonly EditorProblem[];
  readonly onChange?: (text: string) => void;
  /** Has the keys when it appears, and again when this becomes true. */
  readonly focused?: boolean;
}

/** Tab leaves the editor, as on any page: indenting has its own keys (Ctrl-] and Ctrl-[). */
export function Editor({ document, text, label, mode = 'text', problems, onChange, focused = false }: EditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const change = useRef(onChange);
  change.current = onChange;
  const first = useRef(text);
  first.current = text;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another `document` is another editor
  useEffect(() => {
    const made = new EditorView({
      parent: holder.current!,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          lintGutter(),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          mode === 'dockerfile' ? StreamLanguage.define(dockerFile) : [],
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => update.docChanged && change.current?.(update.state.doc.toString())),
          theme,
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [document, mode]);

  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === text) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text } });
  }, [text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another `document` needs its marks again
  useEffect(() => {
    const made = view.current;
    if (made) made.dispatch(setDiagnostics(made.state, marks(made.state, problems ?? [])));
  }, [problems, document]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another `document` takes the keys too
  useEffect(() => {
    if (focused) view.current?.focus();
  }, [focused, document]);

  return <div ref={holder} className="h-full min-h-0" />;
}

function marks(state: EditorState, problems: readonly EditorProblem[]): Diagnostic[] {
  return problems.map(({ line, endLine, message, severity }) => {
    const from = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
    const to = state.doc.line(Math.min(Math.max(line, endLine), state.doc.lines));
    return { from: from.from, to: to.to, message, severity };
  });
}
