/** What is being written: a Dockerfile and the files beside it. Kept in the browser until it is built. */
export interface Draft {
  readonly reference: string;
  readonly dockerfile: string;
  readonly files: readonly DraftFile[];
}

export interface DraftFile {
  /** Relative to the context: `site/index.html`. */
  readonly path: string;
  readonly text?: string;
  /** Of a file that is not text. */
  readonly base64?: string;
}

/** As lib/protocol's mostContextBytes (a test compares): its room's door would bring all its schemas. */
export const mostContext = 2 * 1024 * 1024;

export const firstDraft: Draft = {
  reference: 'motd:1.0',
  dockerfile: `FROM busybox
RUN mkdir /app
COPY site /app
RUN echo "Welcome to the class" > /etc/motd
WORKDIR /app
CMD ["sh"]
`,
  files: [{ path: 'site/index.html', text: '<h1>Hello from the image</h1>\n' }],
};

/** A path of the context as it is sent: no leading `./` or `/`; undefined when it makes no sense. */
export function cleanPath(path: string): string | undefined {
  const parts = path
    .trim()
    .replace(/\\/g, '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') || path.length > 1024 ? undefined : parts.join('/');
}

export function withFile(draft: Draft, file: DraftFile): Draft {
  const known = draft.files.some(({ path }) => path === file.path);
  const files = known ? draft.files.map((other) => (other.path === file.path ? file : other)) : [...draft.files, file];
  return { ...draft, files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

export function withoutFile(draft: Draft, path: string): Draft {
  return { ...draft, files: draft.files.filter((file) => file.path !== path) };
}

/** The same file under another name; unchanged when the name is taken. */
export function renamed(draft: Draft, from: string, to: string): Draft {
  if (draft.files.some(({ path }) => path === to)) return draft;
  const file = draft.files.find(({ path }) => path === from);
  return file ? withFile(withoutFile(draft, from), { ...file, path: to }) : draft;
}

/** Bytes of the context, as the server counts them. */
export function draftBytes(draft: Draft): number {
  const text = new TextEncoder();
  return draft.files.reduce(
    (sum, file) => sum + (file.base64 ? Math.floor((file.base64.length * 3) / 4) : text.encode(file.text ?? '').length),
    0,
  );
}

/** A chosen file: as text when it is UTF-8 without zero bytes. */
export function readBytes(path: string, bytes: Uint8Array): DraftFile {
  try {
    if (!bytes.includes(0)) return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    // Not UTF-8: kept as bytes below.
  }
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { path, base64: btoa(binary) };
}
