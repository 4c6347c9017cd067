'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { ClassSummary } from '../../lib/protocol';
import { useWire } from '../_client';
import { Classes } from '../_features/classes';

export function Mine() {
  const wire = useWire();
  const router = useRouter();
  const [classes, setClasses] = useState<readonly ClassSummary[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    void wire?.ask('class:list', {}).then((answer) => {
      if (answer.ok) return setClasses(answer.classes);
      if (answer.code === 'forbidden') return router.replace('/sign-in?callbackUrl=/host');
      setProblem(answer.message);
    });
  }, [wire, router]);
  return <Classes classes={classes} problem={problem} />;
}
