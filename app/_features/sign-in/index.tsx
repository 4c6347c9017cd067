'use client';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../_i18n/language';
import { Button, Field, Mark } from '../../_ui';

export interface Provider {
  readonly id: string;
  readonly name: string;
}

/** How a host proves who they are: the passphrase that the first start printed, or a configured provider. */
export function SignIn({
  providers,
  passphrase,
  wrong,
  busy,
  onPassphrase,
  onProvider,
}: {
  readonly providers: readonly Provider[];
  /** Whether the server takes a passphrase. */
  readonly passphrase: boolean;
  readonly wrong: boolean;
  readonly busy: boolean;
  readonly onPassphrase: (values: { name: string; passphrase: string }) => void;
  readonly onProvider: (id: string) => void;
}) {
  const say = useSay();
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    onPassphrase({ name, passphrase: secret });
  };
  return (
    <main className="mx-auto grid max-w-md gap-5 px-4 pt-6 pb-16 md:pt-16">
      <div className="surface grid gap-5 p-6">
        <div className="flex items-center gap-3">
          <Mark size={40} />
          <div>
            <h1 className="text-2xl">{say('signIn.title')}</h1>
            <p className="text-sm text-soft">{say('signIn.lead')}</p>
          </div>
        </div>
        {passphrase && (
          <form onSubmit={send} className="grid gap-4">
            <Field
              label={say('signIn.name')}
              hint={say('signIn.nameHint')}
              name="name"
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Field
              label={say('signIn.passphrase')}
              hint={say('signIn.passphraseHint')}
              error={wrong && say('signIn.wrong')}
              name="passphrase"
              type="password"
              autoComplete="current-password"
              required
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
            <Button type="submit" look="primary" disabled={busy} className="py-3 text-base">
              {say(busy ? 'signIn.busy' : 'signIn.enter')}
            </Button>
          </form>
        )}
        {providers.length > 0 && (
          <div className="grid gap-2 border-t border-line pt-4">
            {providers.map((provider) => (
              <Button key={provider.id} onClick={() => onProvider(provider.id)}>
                {say('signIn.with', { provider: provider.name })}
              </Button>
            ))}
          </div>
        )}
      </div>
      <p className="text-center text-sm text-soft">{say('signIn.students')}</p>
    </main>
  );
}
