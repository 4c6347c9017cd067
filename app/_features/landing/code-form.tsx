'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { codeLength, parseCode } from '../../../lib/classroom';
import { useSay } from '../../_i18n/language';
import { Button, Field } from '../../_ui';

/** Type the code of a class. A wrong one is told here, before any page is loaded. */
export function CodeForm() {
  const say = useSay();
  const router = useRouter();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const code = readCode(text);
    if (code) router.push(`/join/${code}`);
    else setWrong(true);
  };
  return (
    <form onSubmit={go} className="grid gap-3">
      <Field
        label={say('landing.code')}
        name="code"
        placeholder="K7P 4QX"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
        error={wrong && say('landing.codeWrong', { length: codeLength })}
        hint={say('landing.codeHint')}
        className="text-center font-mono text-2xl font-semibold tracking-[0.18em] uppercase"
      />
      <Button type="submit" look="primary" className="py-3 text-base">
        {say('landing.join')}
      </Button>
    </form>
  );
}

function readCode(text: string): string | undefined {
  try {
    return parseCode(text);
  } catch {
    return undefined;
  }
}
