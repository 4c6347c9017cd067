import { readConfig } from '../../server/config';
import { serve } from '../../server/main/serve';

/** A server without pages whose machines only echo (fake-kit.ts), as a process that can be killed. */
const thread = { name: 'fake-worker', here: import.meta.url };
const served = await serve(readConfig(process.env, process.cwd()), process.cwd(), { thread });
process.send?.({ type: 'ready', port: served.port });
process.on('SIGTERM', () => void served.close().then(() => process.exit(0)));
