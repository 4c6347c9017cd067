import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { chooseLanguage, refusalWords } from '../lib/words';
import { en, es } from './_i18n';
import { Speaking } from './_i18n/language';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Dockerland', template: '%s · Dockerland' },
  description:
    'A live class on one idea: a container image never changes; every container writes on its own sheet above it.',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

const tables = { en, es };

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const jar = await cookies();
  const language = chooseLanguage(jar.get('language')?.value, (await headers()).get('accept-language'));
  const theme = jar.get('theme')?.value;
  return (
    <html lang={language} data-theme={theme === 'dark' || theme === 'light' ? theme : undefined}>
      <body>
        <Speaking language={language} table={tables[language]} refusals={refusalWords[language]}>
          {children}
        </Speaking>
      </body>
    </html>
  );
}
