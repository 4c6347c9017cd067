'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { parseCode } from '../../../lib/classroom';
import type { Refusal } from '../../../lib/protocol';
import { forgetAsk, keepSeat, seatAsk, seatToken, useWire } from '../../_client';
import { Join, type Looked, type Problem } from '../../_features/join';
import { useSay } from '../../_i18n/language';

/** Looks the code up, takes a seat, goes in. Who has a seat already goes straight to it. */
export function Door({ typed }: { readonly typed: string }) {
  const say = useSay();
  const router = useRouter();
  const wire = useWire();
  const code = readCode(typed);
  const [looked, setLooked] = useState<Looked>({ kind: 'looking' });
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!code || !wire) return;
    if (seatToken(code)) return router.replace(`/class/${code}`);
    void wire
      .ask('seat:look', { code })
      .then((answer) =>
        setLooked(answer.ok ? { kind: 'found', ...answer } : { kind: 'refused', message: answer.message }),
      );
  }, [code, wire, router]);

  const take = async (name: string) => {
    if (!wire || !code) return;
    setBusy(true);
    const ask = () => wire.ask('seat:take', { code, name, key: seatAsk(code) });
    let answer = await ask();
    if (!answer.ok && answer.code === 'not-found' && answer.detail?.seat) {
      // What was asked for before was given, and taken away again.
      forgetAsk(code);
      answer = await ask();
    }
    setBusy(false);
    if (!answer.ok) return setProblem({ message: answer.message, offer: offerOf(answer) });
    keepSeat(code, answer.token);
    router.replace(`/class/${code}`);
  };

  const shown: Looked = code ? looked : { kind: 'refused', message: say('landing.codeWrong', { length: 6 }) };
  return (
    <Join
      code={code ?? typed.slice(0, 12)}
      looked={shown}
      problem={problem}
      busy={busy}
      onTake={(name) => void take(name)}
    />
  );
}

function readCode(typed: string): string | undefined {
  try {
    return parseCode(typed);
  } catch {
    return undefined;
  }
}

const offerOf = ({ detail }: Refusal) => (typeof detail?.offer === 'string' ? detail.offer : undefined);
