import type { AuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import GithubProvider from 'next-auth/providers/github';
import GoogleProvider from 'next-auth/providers/google';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Config, ProviderConfig } from '../config';
import { passphraseGate } from './passphrase';

/** next-auth is CommonJS: Node hands its module over where a bundler hands over the default export. */
const factory = <T>(imported: T): T => (imported as { readonly default?: T }).default ?? imported;
const credentials = factory(CredentialsProvider);
const github = factory(GithubProvider);
const google = factory(GoogleProvider);

/** Set by the server's front door from the socket itself, whatever the request claims. */
export const addressHeader = 'x-dockerland-address';

/** next-auth v4: sessions as signed cookies, our own sign-in page, no provider that was not configured. */
export function authOptions(config: Pick<Config, 'secret' | 'passphrase' | 'providers' | 'hostEmails'>): AuthOptions {
  return {
    secret: config.secret,
    session: { strategy: 'jwt', maxAge: 30 * 24 * 3600 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [...config.providers.map(oauth), passphraseProvider(config.passphrase.text)],
    callbacks: {
      signIn: ({ account, profile, user }) =>
        account?.type === 'credentials' || mayHost(config.hostEmails, profile?.email ?? user.email, profile),
      jwt({ token, account, user }) {
        // Only here, at sign-in, is the provider known: the id that owns classes is made once.
        if (account) token.sub = `${account.provider}:${account.providerAccountId ?? user.id}`;
        return token;
      },
      session({ session, token }) {
        return { ...session, user: { ...session.user, id: token.sub } };
      },
    },
  };
}

/** With a list, the address must be on it, and the provider must not say that it is unverified. */
export function mayHost(allowed: readonly string[], email: string | null | undefined, profile: unknown): boolean {
  if (!allowed.length) return true;
  if (!email || (profile as { email_verified?: boolean } | undefined)?.email_verified === false) return false;
  const address = email.toLowerCase();
  return allowed.some((entry) => (entry.startsWith('@') ? address.endsWith(entry) : address === entry));
}

function passphraseProvider(passphrase: string) {
  const judge = passphraseGate(passphrase);
  return credentials({
    id: 'passphrase',
    name: 'Host passphrase',
    credentials: { passphrase: { type: 'password' }, name: { type: 'text' } },
    async authorize(given, request) {
      const address = String(request.headers?.[addressHeader] ?? 'unknown');
      const verdict = judge(String(given?.passphrase ?? ''), address);
      if (verdict === 'too-many') throw new Error('TooMany');
      if (verdict === 'wrong') return null;
      return { id: 'host', name: [...String(given?.name ?? '').trim()].slice(0, 40).join('') || 'Host' };
    },
  });
}

function oauth({ kind, clientId, clientSecret, issuer, name }: ProviderConfig) {
  if (kind === 'github') return github({ clientId, clientSecret });
  if (kind === 'google') return google({ clientId, clientSecret });
  const oidc: OAuthConfig<{ sub: string; name?: string; preferred_username?: string; email?: string }> = {
    id: 'oidc',
    name: name!,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: 'openid email profile' } },
    idToken: true,
    checks: ['pkce', 'state'],
    clientId,
    clientSecret,
    profile: (profile) => ({
      id: profile.sub,
      name: profile.name ?? profile.preferred_username ?? profile.email ?? 'Host',
      email: profile.email,
    }),
  };
  return oidc;
}
