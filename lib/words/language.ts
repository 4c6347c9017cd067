export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** The one that was chosen, else the first of an Accept-Language header that we speak, else English. */
export function chooseLanguage(chosen: string | undefined, header: string | null | undefined): Language {
  const wanted = [chosen ?? '', ...(header ?? '').split(',').map((part) => part.split(';')[0]!.trim().slice(0, 2))];
  return wanted.find((one): one is Language => (languages as readonly string[]).includes(one)) ?? 'en';
}
