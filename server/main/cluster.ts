import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';

/** Several nodes: what one announces, the sockets of the others hear too. */
export async function openCluster(url: string) {
  const client = createClient({ url });
  client.on('error', (error) => console.error(`redis: ${String(error)}`));
  await client.connect();
  return {
    adapter: createAdapter(client, { maxLen: 20_000 }),
    // A blocked read would keep the connection for seconds.
    close: async () => client.destroy(),
  };
}
