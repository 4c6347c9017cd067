'use client';
import dynamic from 'next/dynamic';
import type { EditorProps } from './editor';

const Lazy = dynamic(() => import('./editor').then((module) => module.Editor), {
  ssr: false,
  loading: () => <div className="h-full min-h-40 animate-pulse bg-paper-deep/40" />,
});

/** A text editor, loaded when it is first shown. */
export function Editor(props: EditorProps) {
  return <Lazy {...props} />;
}
