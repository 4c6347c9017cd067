'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { languages } from '../../lib/words/language';
import { useLanguage, useSay } from '../_i18n/language';
import { languageNames } from '../_i18n/messages';

const year = 31_536_000;

function remember(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads the choice before the first paint
  document.cookie = `${name}=${value};path=/;max-age=${year};samesite=lax`;
}

/** Light or dark; follows the system until somebody chooses. */
export function ThemeToggle() {
  const say = useSay();
  const [dark, setDark] = useState<boolean>();
  useEffect(() => {
    const chosen = document.documentElement.dataset.theme;
    setDark(chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
  }, []);
  const turn = () => {
    const next = !dark;
    setDark(next);
    document.documentElement.dataset.theme = next ? 'dark' : 'light';
    remember('theme', next ? 'dark' : 'light');
    window.dispatchEvent(new Event('themechange'));
  };
  return (
    <button
      type="button"
      onClick={turn}
      aria-label={say(dark ? 'theme.toLight' : 'theme.toDark')}
      title={say(dark ? 'theme.toLight' : 'theme.toDark')}
      className="grid size-9 place-items-center rounded-lg text-soft hover:bg-paper-deep hover:text-ink"
    >
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <circle cx="9" cy="9" r="7" fill="none" stroke="currentColor" strokeWidth="1.8" />
        <path d="M9 2a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
    </button>
  );
}

/** The other language. The page is drawn again with its words; nothing else changes. */
export function LanguageToggle() {
  const router = useRouter();
  const language = useLanguage();
  const next = languages[(languages.indexOf(language) + 1) % languages.length]!;
  const change = () => {
    remember('language', next);
    router.refresh();
  };
  return (
    <button
      type="button"
      onClick={change}
      lang={next}
      className="rounded-lg px-2.5 py-1.5 text-sm text-soft hover:bg-paper-deep hover:text-ink"
    >
      {languageNames[next]}
    </button>
  );
}
