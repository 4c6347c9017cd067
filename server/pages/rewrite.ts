/**
 * A page believes that it lies at the root of its server. What it names from there (`/style.css`) is led below its prefix, in
 * the markup and the style sheets as they pass. What a script puts together from `/` is not seen, and not found either: the
 * policy keeps it out of everything else. Bytes are read as Latin-1, so that any encoding that has ASCII in it passes unchanged.
 */
const attribute = /(\s(?:href|src|action|formaction|poster|data|background)\s*=\s*["']?)\/(?!\/)/gi;
const sourceSet = /(\ssrcset\s*=\s*)("[^"]*"|'[^']*')/gi;
const refresh = /(<meta\b[^>]*\bhttp-equiv\s*=\s*["']?refresh\b[^>]*\burl\s*=\s*["']?)\/(?!\/)/gi;
const styleUrl = /(url\(\s*["']?|@import\s+["'])\/(?!\/)/gi;

export function rewritten(body: Uint8Array, contentType: string, prefix: string): Uint8Array {
  const kind = contentType.split(';')[0]!.trim().toLowerCase();
  const inside = `$1${prefix}/`;
  if (kind === 'text/css') return mapped(body, (text) => text.replace(styleUrl, inside));
  if (kind !== 'text/html' && kind !== 'application/xhtml+xml') return body;
  return mapped(body, (text) =>
    text
      .replace(/<[a-z][^>]*>/gi, (tag) =>
        tag.replace(attribute, inside).replace(sourceSet, (_, before, list) => before + sources(list, prefix)),
      )
      .replace(refresh, inside)
      .replace(styleUrl, inside),
  );
}

const sources = (list: string, prefix: string) => list.replace(/(["',]\s*)\/(?!\/)/g, `$1${prefix}/`);

function mapped(body: Uint8Array, change: (text: string) => string): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return Buffer.from(change(text), 'latin1');
}
