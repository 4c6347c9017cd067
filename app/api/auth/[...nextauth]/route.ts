import type { NextRequest } from 'next/server';
import NextAuth, { type AuthOptions } from 'next-auth';

/** The server that carries these pages says how people sign in: only it has read the configuration. */
const shared = globalThis as { [key: symbol]: AuthOptions | undefined };

interface Context {
  readonly params: Promise<{ nextauth: string[] }>;
}

async function handler(request: NextRequest, context: Context): Promise<Response> {
  const options = shared[Symbol.for('dockerland.auth')];
  if (!options) return new Response('Start Dockerland with npm start.', { status: 503 });
  return NextAuth(request, context, options);
}

export { handler as GET, handler as POST };
