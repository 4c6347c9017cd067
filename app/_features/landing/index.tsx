'use client';
import Link from 'next/link';
import type { Key } from '../../_i18n';
import { useSay } from '../../_i18n/language';
import { buttonLook } from '../../_ui';
import { CodeForm } from './code-form';
import { Hero } from './hero';

const points: readonly (readonly [Key, Key])[] = [
  ['landing.point1', 'landing.point1More'],
  ['landing.point2', 'landing.point2More'],
  ['landing.point3', 'landing.point3More'],
];

export function Landing() {
  const say = useSay();
  return (
    <main className="mx-auto grid max-w-[1320px] gap-x-14 gap-y-8 px-4 pt-4 pb-12 md:px-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:items-center">
      <div className="grid gap-7">
        <div className="grid gap-4">
          <h1 className="text-[2.1rem] leading-[1.08] font-[680] tracking-[-0.03em] md:text-[3.1rem]">
            {say('landing.title')}
          </h1>
          <p className="max-w-[52ch] text-lg text-soft">{say('landing.lead')}</p>
        </div>
        <div className="surface grid max-w-md gap-4 p-5">
          <CodeForm />
          <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
            <span className="text-soft">{say('landing.teach')}</span>
            <Link href="/host" className={buttonLook('plain')}>
              {say('landing.host')}
            </Link>
          </div>
        </div>
      </div>
      <Hero />
      <ul className="grid gap-x-10 gap-y-5 border-t border-line pt-7 md:grid-cols-3 lg:col-span-2">
        {points.map(([title, more]) => (
          <li key={title}>
            <h2 className="mb-1 text-base">{say(title)}</h2>
            <p className="text-soft">{say(more)}</p>
          </li>
        ))}
      </ul>
    </main>
  );
}
