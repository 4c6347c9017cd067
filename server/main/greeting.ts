import { networkInterfaces } from 'node:os';
import type { Config } from '../config';

/** What the person at the terminal needs: where to go, and how to sign in. */
export function greeting({ passphrase }: Config, port: number): string {
  const lines = ['', 'Dockerland is ready.', '', `  On this computer   http://localhost:${port}`];
  for (const address of lanAddresses()) lines.push(`  For the class      http://${address}:${port}`);
  lines.push('');
  if (passphrase.isNew)
    lines.push(
      `  Host passphrase    ${passphrase.text}`,
      `                     shown only now, kept in ${passphrase.file}`,
    );
  else if (passphrase.file) lines.push(`  The host passphrase is in ${passphrase.file}`);
  return [...lines, ''].join('\n');
}

/** IPv4 addresses by which others in the room reach this computer. */
export function lanAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((found) =>
    (found ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
}
