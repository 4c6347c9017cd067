'use client';
import { useSearchParams } from 'next/navigation';
import { getProviders, signIn } from 'next-auth/react';
import { useEffect, useState } from 'react';
import { type Provider, SignIn } from '../_features/sign-in';

const passphraseId = 'passphrase';

/** Our own sign-in page over next-auth: the passphrase, and whatever providers the server has. */
export function Form() {
  const query = useSearchParams();
  const next = safePath(query.get('callbackUrl'));
  const [providers, setProviders] = useState<readonly Provider[]>([]);
  const [wrong, setWrong] = useState(query.has('error'));
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    void getProviders().then((found) =>
      setProviders(Object.values(found ?? {}).filter(({ id }) => id !== passphraseId)),
    );
  }, []);

  const enter = async (values: { name: string; passphrase: string }) => {
    setBusy(true);
    setWrong(false);
    const result = await signIn(passphraseId, { ...values, redirect: false }).catch(() => undefined);
    if (result?.ok && !result.error) location.assign(next);
    else {
      setWrong(true);
      setBusy(false);
    }
  };

  return (
    <SignIn
      providers={providers}
      passphrase
      wrong={wrong}
      busy={busy}
      onPassphrase={(values) => void enter(values)}
      onProvider={(id) => void signIn(id, { callbackUrl: next })}
    />
  );
}

/** Only paths of this site: a link to our sign-in page must not send a host elsewhere. */
function safePath(wanted: string | null): string {
  if (!wanted) return '/host';
  const url = new URL(wanted, 'http://here.invalid');
  const own = typeof location !== 'undefined' && url.host === location.host;
  return url.host === 'here.invalid' || own ? url.pathname + url.search : '/host';
}
