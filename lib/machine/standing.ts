import { type AttachOptions, Engine, type ExecOptions } from '../engine';
import type { Standing } from './events';

/**
 * The engine as one terminal's `docker` command uses it, watched: whenever that command joins its terminal to a container's,
 * the person is inside; when that ends they are back at the host's prompt.
 */
export class WatchedEngine extends Engine {
  readonly #stand: (at: Standing) => void;

  constructor(engine: Engine, stand: (at: Standing) => void) {
    super(engine.daemon);
    this.#stand = stand;
  }

  override attach(reference: string, options: AttachOptions) {
    const leave = () => this.#stand({});
    const ended = () => {
      leave();
      options.ended?.();
    };
    const attachment = super.attach(reference, { ...options, ended });
    const record = this.container(reference);
    if (options.stdin && record.config.Tty)
      this.#stand({ inside: { container: record.id, name: record.name, by: 'attach' } });
    const detach = () => {
      leave();
      attachment.detach();
    };
    return { ...attachment, detach };
  }

  override async exec(reference: string, options: ExecOptions) {
    const record = this.container(reference);
    const running = await super.exec(reference, options);
    if (options.tty && options.stdin) {
      this.#stand({ inside: { container: record.id, name: record.name, by: 'exec', argv: options.argv } });
      void running.exited.then(() => this.#stand({}));
    }
    return running;
  }
}

/** The command that leads back to where a terminal stood; undefined at the host's prompt. */
export function wayBack({ inside }: Standing): readonly string[] | undefined {
  if (!inside) return undefined;
  if (inside.by === 'attach') return ['docker', 'attach', inside.container];
  return ['docker', 'exec', '-it', inside.container, ...(inside.argv ?? ['sh'])];
}
