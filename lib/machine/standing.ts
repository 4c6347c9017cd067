import type { AttachOptions, Engine, ExecOptions } from '../engine';
import type { Standing } from './events';

/**
 * The engine as one terminal's `docker` command uses it, watched: whenever that command joins its terminal to a container's,
 * the person is inside; when that ends they are back at the host's prompt.
 */
export function watchedEngine(engine: Engine, stand: (at: Standing) => void): Engine {
  const leave = () => stand({});
  return {
    ...engine,
    attach(reference: string, options: AttachOptions) {
      const ended = () => {
        leave();
        options.ended?.();
      };
      const attachment = engine.attach(reference, { ...options, ended });
      const record = engine.container(reference);
      if (options.stdin && record.config.Tty)
        stand({ inside: { container: record.id, name: record.name, by: 'attach' } });
      const detach = () => {
        leave();
        attachment.detach();
      };
      return { ...attachment, detach };
    },
    async exec(reference: string, options: ExecOptions) {
      const record = engine.container(reference);
      const running = await engine.exec(reference, options);
      if (options.tty && options.stdin) {
        stand({ inside: { container: record.id, name: record.name, by: 'exec', argv: options.argv } });
        void running.exited.then(leave);
      }
      return running;
    },
  };
}

/** The command that leads back to where a terminal stood; undefined at the host's prompt. */
export function wayBack({ inside }: Standing): readonly string[] | undefined {
  if (!inside) return undefined;
  if (inside.by === 'attach') return ['docker', 'attach', inside.container];
  return ['docker', 'exec', '-it', inside.container, ...(inside.argv ?? ['sh'])];
}
