'use client';
import dynamic from 'next/dynamic';
import type { MergeProps } from './merge-view';

const Lazy = dynamic(() => import('./merge-view').then((module) => module.Merge), {
  ssr: false,
  loading: () => <div className="min-h-24" />,
});

/** Two texts side by side, loaded when they are first shown. */
export function Merge(props: MergeProps) {
  return <Lazy {...props} />;
}
