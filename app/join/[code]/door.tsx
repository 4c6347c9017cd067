'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { parseCode } from '../../../lib/classroom';
import type { Refusal } from '../../../lib/protocol';
import { seatToken, takeSeat, useWire } from '../../_client';
import { Join, type Looked, type Problem } from '../../_features/join';
import { fetchAhead } from '../../_features/terminal/ahead';
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

  const found = looked.kind === 'found';
  // While the code is looked up and a name is typed: the desk, and then the terminal, which is larger.
  useEffect(() => {
    if (code) router.prefetch(`/class/${code}`, { kind: whole });
  }, [code, router]);
  useEffect(() => {
    if (found) fetchAhead();
  }, [found]);

  const take = async (name: string) => {
    if (!wire || !code) return;
    setBusy(true);
    const answer = await takeSeat(wire, code, name);
    if (answer.ok) return router.replace(`/class/${code}`);
    setBusy(false);
    setProblem({ message: answer.message, offer: offerOf(answer) });
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

type Kind = NonNullable<Parameters<ReturnType<typeof useRouter>['prefetch']>[1]>['kind'];
/** Next's name for the whole page and not only what its addresses have in common. */
const whole = 'full' as Kind;

function readCode(typed: string): string | undefined {
  try {
    return parseCode(typed);
  } catch {
    return undefined;
  }
}

const offerOf = ({ detail }: Refusal) => (typeof detail?.offer === 'string' ? detail.offer : undefined);
