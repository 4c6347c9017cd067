'use client';
import Link from 'next/link';
import { useSay } from './_i18n/language';
import { buttonLook, Top } from './_ui';

export default function NotFound() {
  const say = useSay();
  return (
    <>
      <Top />
      <main className="mx-auto grid max-w-lg justify-items-center gap-4 px-4 pt-16 text-center">
        <h1 className="text-3xl">{say('notFound.title')}</h1>
        <p className="text-soft">{say('notFound.more')}</p>
        <Link href="/" className={buttonLook('primary')}>
          {say('ended.home')}
        </Link>
      </main>
    </>
  );
}
