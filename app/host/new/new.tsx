'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useWire } from '../../_client';
import { NewClass } from '../../_features/classes';

export function New() {
  const wire = useWire();
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const open = async (title: string) => {
    setBusy(true);
    const answer = await wire?.ask('class:open', { title });
    setBusy(false);
    if (answer?.ok) return router.push(`/class/${answer.code}/image`);
    if (answer?.code === 'forbidden') return router.push('/sign-in?callbackUrl=/host/new');
    setProblem(answer?.message);
  };
  return <NewClass problem={problem} busy={busy} onOpen={(title) => void open(title)} />;
}
