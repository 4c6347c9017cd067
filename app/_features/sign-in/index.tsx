'use client';
import { useSay } from '../../_i18n/language';
import { Button, Field, Form, Mark } from '../../_ui';

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
  return (
    <main className="mx-auto grid max-w-md grid-cols-[minmax(0,1fr)] gap-5 px-4 pt-6 pb-16 md:pt-16">
      <div className="surface grid gap-5 p-6">
        <div className="flex items-center gap-3">
          <Mark size={40} />
          <div>
            <h1 className="text-2xl">{say('signIn.title')}</h1>
            <p className="text-sm text-soft">{say('signIn.lead')}</p>
          </div>
        </div>
        {passphrase && (
          <Form
            submit={say(busy ? 'signIn.busy' : 'signIn.enter')}
            busy={busy}
            onSend={({ name = '', passphrase = '' }) => onPassphrase({ name, passphrase })}
          >
            <Field label={say('signIn.name')} hint={say('signIn.nameHint')} name="name" autoComplete="name" />
            <Field
              label={say('signIn.passphrase')}
              hint={say('signIn.passphraseHint')}
              error={wrong && say('signIn.wrong')}
              name="passphrase"
              type="password"
              autoComplete="current-password"
            />
          </Form>
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
