import type { Recipe } from './recipe';
import { layer } from './rootfs';

/** One program and nothing else: no shell, no folders. */
export const helloWorld: Recipe = {
  steps: [layer('COPY hello / # buildkit', (rootfs) => void rootfs.program('/hello', 'hello')), 'CMD ["/hello"]'],
  settings: {
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    Cmd: ['/hello'],
    WorkingDir: '/',
  },
};
