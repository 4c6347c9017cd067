import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { keptSecret } from './secrets';

/** How this server was told to run. Nothing else reads the environment. */
export interface Config {
  readonly port: number;
  /** Empty: every address of this computer. */
  readonly host: string;
  readonly dataDir: string;
  /** Without it everything is kept in one file of the data folder. */
  readonly redisUrl?: string;
  readonly secret: string;
  readonly passphrase: Passphrase;
  readonly providers: readonly ProviderConfig[];
  /** Addresses (`ana@school.org`) and domains (`@school.org`) that may sign in with a provider. Empty: everybody it knows. */
  readonly hostEmails: readonly string[];
  readonly mostSeats: number;
  /** Of an uploaded archive, as it travels. */
  readonly mostArchiveBytes: number;
  /** Of an image that came as an archive, unpacked, to be published: every browser of the class fetches it. */
  readonly mostImageBytes: number;
  /** Threads that run students' computers. */
  readonly workers: number;
  /** `built`: what `npm run build` made; `dev`: compiled on demand; `none`: sockets only (tests). */
  readonly screens: 'built' | 'dev' | 'none';
}

export interface Passphrase {
  readonly text: string;
  /** Where it is kept, when it was generated. */
  readonly file?: string;
  /** Generated just now: this is the one time that it is printed. */
  readonly isNew: boolean;
}

export interface ProviderConfig {
  readonly kind: 'github' | 'google' | 'oidc';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly issuer?: string;
  readonly name?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error with a sentence for the person at the terminal. */
export function readConfig(env: Environment, folder: string): Config {
  const dataDir = resolve(folder, env.DATA_DIR || 'data');
  const secret = env.NEXTAUTH_SECRET || keptSecret(join(dataDir, 'secret')).text;
  return {
    port: wholeNumber(env, 'PORT', 3000, 0, 65_535),
    host: env.HOST_ADDRESS ?? '',
    dataDir,
    redisUrl: env.REDIS_URL || undefined,
    secret,
    passphrase: passphrase(env, dataDir),
    providers: providers(env),
    hostEmails: (env.HOST_EMAILS ?? '')
      .split(',')
      .map((text) => text.trim().toLowerCase())
      .filter(Boolean),
    mostSeats: wholeNumber(env, 'MOST_SEATS', 300, 1, 10_000),
    mostArchiveBytes: wholeNumber(env, 'MOST_ARCHIVE_MB', 512, 1, 8192) * 2 ** 20,
    mostImageBytes: wholeNumber(env, 'MOST_IMAGE_MB', 128, 1, 1024) * 2 ** 20,
    workers: wholeNumber(env, 'WORKERS', Math.max(1, Math.min(8, availableParallelism() - 1)), 1, 64),
    screens: env.SCREENS === 'none' ? 'none' : env.NODE_ENV === 'development' ? 'dev' : 'built',
  };
}

function wholeNumber(env: Environment, name: string, standard: number, least: number, most: number): number {
  const text = env[name];
  if (text === undefined || text === '') return standard;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name}=${text} is not a whole number from ${least} to ${most}.`);
}

function passphrase(env: Environment, dataDir: string): Passphrase {
  if (env.HOST_PASSPHRASE) return { text: env.HOST_PASSPHRASE.trim(), isNew: false };
  const file = join(dataDir, 'host-passphrase');
  return { ...keptSecret(file, 'readable'), file };
}

function providers(env: Environment): ProviderConfig[] {
  const found: ProviderConfig[] = [];
  for (const kind of ['github', 'google', 'oidc'] as const) {
    const [clientId, clientSecret] = [env[`${kind.toUpperCase()}_ID`], env[`${kind.toUpperCase()}_SECRET`]];
    if (!clientId && !clientSecret) continue;
    if (!clientId || !clientSecret)
      throw new Error(`${kind.toUpperCase()}_ID and ${kind.toUpperCase()}_SECRET belong together.`);
    if (kind !== 'oidc') found.push({ kind, clientId, clientSecret });
    else if (env.OIDC_ISSUER)
      found.push({
        kind,
        clientId,
        clientSecret,
        issuer: env.OIDC_ISSUER.replace(/\/+$/, ''),
        name: env.OIDC_NAME || 'Single sign-on',
      });
    else throw new Error('OIDC_ID needs OIDC_ISSUER, the address of the sign-in service.');
  }
  return found;
}
