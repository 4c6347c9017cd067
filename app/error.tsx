'use client';
import { useSay } from './_i18n/language';
import { Button, Top } from './_ui';

export default function Problem({ reset }: { readonly reset: () => void }) {
  const say = useSay();
  return (
    <>
      <Top />
      <main className="mx-auto grid max-w-lg justify-items-center gap-4 px-4 pt-16 text-center">
        <h1 className="text-3xl">{say('problem.title')}</h1>
        <p className="text-soft">{say('problem.more')}</p>
        <Button look="primary" onClick={reset}>
          {say('problem.again')}
        </Button>
      </main>
    </>
  );
}
