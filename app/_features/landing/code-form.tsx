'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { codeLength, parseCode } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Field, Form } from '../../_ui';

/** Type the code of a class. A wrong one is told here, before any page is loaded. */
export function CodeForm() {
  const say = useSay();
  const router = useRouter();
  const [wrong, setWrong] = useState(false);
  const go = (text = '') => {
    const code = readCode(text);
    if (code) router.push(`/join/${code}`);
    else setWrong(true);
  };
  return (
    <Form submit={say('landing.join')} onSend={({ code }) => go(code)} className="grid gap-3">
      <Field
        label={say('landing.code')}
        name="code"
        placeholder="K7P 4QX"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        onChange={() => setWrong(false)}
        error={wrong && say('landing.codeWrong', { length: codeLength })}
        hint={say('landing.codeHint')}
        className="text-center font-mono text-2xl font-semibold tracking-[0.18em] uppercase"
      />
    </Form>
  );
}

function readCode(text: string): string | undefined {
  try {
    return parseCode(text);
  } catch {
    return undefined;
  }
}
