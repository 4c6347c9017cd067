/** Where a page lies: everything that it may reach lies below its prefix. */
export interface PageAddress {
  readonly token: string;
  readonly port: number;
  /** `/page/TOKEN/PORT`, without a slash at its end. */
  readonly prefix: string;
  /** The path and query that the container is asked for, from `/`. */
  readonly path: string;
}

/** Undefined: not an address of a page. */
export function parseAddress(url: string): PageAddress | undefined {
  const [, prefix, token, digits, path] = /^(\/page\/([\w.-]+)\/(\d{1,5}))(\/[^#]*)?$/.exec(url) ?? [];
  const port = Number(digits);
  if (!prefix || !token || port < 1 || port > 65535) return undefined;
  return { token, port, prefix, path: path ?? '' };
}

/**
 * Where an answer's `Location` leads, as the frame has to be told; undefined when it leads out of the page, to another port or
 * another site, where no redirect may take it (a redirect is the one way past the path in a Content-Security-Policy).
 */
export function insideLocation(location: string, { port, prefix, path }: PageAddress): string | undefined {
  const own = `http://localhost:${port}`;
  let target: URL;
  try {
    target = new URL(location, own + path);
  } catch {
    return undefined;
  }
  const isOwn = ['localhost', '127.0.0.1'].includes(target.hostname) && Number(target.port || 80) === port;
  if (target.protocol !== 'http:' || !isOwn) return undefined;
  return prefix + target.pathname + target.search + target.hash;
}
