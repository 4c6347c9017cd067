/** nginx: reads its configuration, answers from the container's own files, logs each request. */
import { type Errno, FsError } from '../../fs';
import { matches } from '../../pattern';
import { type Descriptor, type Listener, open, type Process, type Signal } from '../../process';
import { formatTime } from '../calendar';
import { parseOptions } from '../options';
import { isFull, type Run } from '../run';
import { decode, encode } from '../text';
import { ConfFault, type Directive, parseConf } from './nginx-conf';
import { NginxSite, nginxVersion, type Site, siteOf } from './nginx-site';
import { acceptLoop, commonLog, httpConnection } from './serve';

export async function nginx(run: Run): Promise<number> {
  const options = parseOptions(run, 'tTvVhqs:p:c:g:e:', {});
  if (options.has('v', 'V')) return run.complain(`nginx version: nginx/${nginxVersion}\n`).then(() => 0);
  const path = options.value('c') ?? '/etc/nginx/nginx.conf';
  const extra = options.value('g') ?? '';
  const signal = options.value('s');
  if (signal !== undefined) return send(run, signal);
  let site: Site & { conf: readonly Directive[] };
  try {
    site = read(run, path, extra);
  } catch (error) {
    if (!(error instanceof ConfFault)) throw error;
    const where = error.file ? ` in ${error.file}:${error.line}` : '';
    const prefix = options.has('t', 'T')
      ? 'nginx: '
      : `${stamp(run)} [emerg] ${run.process.pid}#${run.process.pid}: ${error.message}${where}\nnginx: `;
    await run.complain(`${prefix}[emerg] ${error.message}${where}\n`);
    if (options.has('t', 'T')) await run.complain(`nginx: configuration file ${path} test failed\n`);
    return 1;
  }
  if (options.has('t', 'T')) {
    await run.complain(
      `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`,
    );
    return 0;
  }
  const foreground = site.conf.some(({ name, words }) => name === 'daemon' && words[0] === 'off');
  if (foreground) return new Master(run, path, extra).serve(site);
  run.process.spawn({
    argv: ['nginx: master process nginx'],
    group: true,
    program: (process) => new Master(asRun(run, process), path, extra).serve(site),
  });
  return 0;
}

function asRun(run: Run, process: Process): Run {
  return Object.assign(Object.create(Object.getPrototypeOf(run)), run, { process }) as Run;
}

const stamp = (run: Run) => formatTime('%Y/%m/%d %H:%M:%S', run.process.system.clock.now());

function read(run: Run, path: string, extra: string): Site & { conf: readonly Directive[] } {
  const text = (file: string): string => {
    try {
      return decode(run.fs.readFile(file));
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      throw new ConfFault(
        `open() "${file}" failed (${error.errno === 'EACCES' ? '13: Permission denied' : '2: No such file or directory'})`,
        '',
        0,
      );
    }
  };
  const conf = [
    ...parseConf('command line', extra, () => []),
    ...parseConf(path, text(path), (pattern) => included(run, pattern, text)),
  ];
  return { ...siteOf(conf), conf };
}

function included(run: Run, pattern: string, text: (file: string) => string): [string, string][] {
  const full = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`;
  if (!/[*?[]/.test(full)) return run.fs.exists(full) ? [[full, text(full)]] : [];
  const folder = full.slice(0, full.lastIndexOf('/'));
  const wanted = full.slice(full.lastIndexOf('/') + 1);
  if (!run.fs.exists(folder)) return [];
  const names = run.fs
    .readdir(folder)
    .map(({ name }) => name)
    .filter((name) => matches(wanted, name))
    .sort();
  return names.map((name) => [`${folder}/${name}`, text(`${folder}/${name}`)]);
}

/** `nginx -s reload`: a signal to the process whose number is in the pid file. */
async function send(run: Run, word: string): Promise<number> {
  const signal = ({ stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as Readonly<Record<string, Signal>>)[
    word
  ];
  if (!signal) return run.complain(`nginx: invalid option: "-s ${word}"\n`).then(() => 1);
  try {
    const pid = Number(decode(run.fs.readFile('/run/nginx.pid')).trim());
    run.process.kill(pid, signal);
    await run.complain(`${stamp(run)} [notice] ${run.process.pid}#${run.process.pid}: signal process started\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof FsError)) throw error;
    await run.complain(`nginx: [error] open() "/run/nginx.pid" failed (2: No such file or directory)\n`);
    return 1;
  }
}

/** As nginx shows an error of the system. */
const errorNumbers: Partial<Record<Errno, string>> = {
  ENOENT: '2: ',
  EACCES: '13: ',
  EMFILE: '24: ',
  EFBIG: '27: ',
  ENOSPC: '28: ',
  EROFS: '30: ',
};

class Master {
  #site!: NginxSite;
  #access: Descriptor | undefined;
  #errors: Descriptor | undefined;
  readonly #listeners = new Map<number, Listener>();
  #wake: (() => void) | undefined;
  #asked: 'reload' | 'stop' | undefined;

  constructor(
    readonly run: Run,
    readonly path: string,
    readonly extra: string,
  ) {}

  async serve(site: Site): Promise<number> {
    const { process } = this.run;
    await this.#openLogs();
    const refused = await this.#listen(site);
    if (refused) return 1;
    this.#site = new NginxSite(this.run, site, (text) =>
      this.#error(`[error] ${process.pid}#${process.pid}: *1 ${text}`),
    );
    if (!(await this.#remember())) return 1;
    await this.#notice(`nginx/${nginxVersion}`);
    await this.#notice('start worker processes');
    this.#startWorker();
    const ask = (what: 'reload' | 'stop') => () => {
      this.#asked = what;
      this.#wake?.();
    };
    for (const signal of ['TERM', 'INT', 'QUIT'] as const) process.onSignal(signal, ask('stop'));
    process.onSignal('HUP', ask('reload'));
    process.onSignal('WINCH', 'ignore');
    for (;;) {
      this.#asked = undefined;
      await process.suspend((wake) => {
        this.#wake = wake;
        return undefined;
      });
      if ((this.#asked as string | undefined) === 'reload') await this.#reload();
      if ((this.#asked as string | undefined) === 'stop') return this.#stop();
    }
  }

  /** The worker is there to be seen, by ps and docker top; the master's loop does the work. */
  #startWorker(): void {
    const worker = this.run.process.spawn({
      argv: ['nginx: worker process'],
      program: async (process) => {
        for (const signal of ['TERM', 'INT', 'QUIT', 'HUP'] as const) process.onSignal(signal, 'default');
        for (;;) await process.sleep(86_400_000);
      },
    });
    void this.#notice(`start worker process ${worker.pid}`).catch(() => undefined);
    this.#worker = worker;
  }

  #worker: Process | undefined;

  async #reload(): Promise<void> {
    await this.#notice('signal 1 (SIGHUP) received from 1, reconfiguring');
    try {
      const site = read(this.run, this.path, this.extra);
      await this.#listen(site);
      this.#site = new NginxSite(this.run, site, (text) =>
        this.#error(`[error] ${this.run.process.pid}#${this.run.process.pid}: *1 ${text}`),
      );
    } catch (error) {
      if (!(error instanceof ConfFault)) throw error;
      await this.#error(
        `[emerg] ${this.run.process.pid}#${this.run.process.pid}: ${error.message} in ${error.file}:${error.line}`,
      );
    }
  }

  async #stop(): Promise<number> {
    const { process } = this.run;
    await this.#notice('exiting').catch(() => undefined);
    for (const listener of this.#listeners.values()) listener.close();
    if (this.#worker) process.kill(this.#worker.pid, 'KILL');
    if (this.run.fs.exists('/run/nginx.pid')) this.run.fs.unlink('/run/nginx.pid');
    await this.#notice('exit');
    return 0;
  }

  /** True when a port is taken. */
  async #listen(site: Site): Promise<boolean> {
    for (const port of site.ports) {
      if (this.#listeners.has(port)) continue;
      if (port < 1024 && this.run.process.credentials.uid !== 0) return this.#refuse(port, '13: Permission denied');
      try {
        const listener = this.run.process.system.network.listen(port);
        this.#listeners.set(port, listener);
        const service = {
          name: `nginx/${nginxVersion}`,
          answer: (exchange: Parameters<NginxSite['answer']>[0]) => this.#site.answer(exchange),
          log: async (exchange: Parameters<NginxSite['answer']>[0], reply: { status: number }, size: number) => {
            const time = formatTime('%d/%b/%Y:%H:%M:%S %z', this.run.process.system.clock.now());
            await this.#access?.write(
              this.run.process,
              encode(`${commonLog(exchange, reply.status, size, time, 'combined')} "-"\n`),
            );
          },
        };
        void acceptLoop(this.run, listener, httpConnection(this.run, service, port)).catch(() => undefined);
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
        return this.#refuse(port, '98: Address already in use');
      }
    }
    for (const [port, listener] of this.#listeners)
      if (!site.ports.includes(port)) {
        listener.close();
        this.#listeners.delete(port);
      }
    return false;
  }

  #refuse(port: number, why: string): Promise<boolean> {
    return this.#emergency(`bind() to 0.0.0.0:${port} failed (${why})`);
  }

  async #emergency(words: string): Promise<true> {
    await this.#error(`[emerg] ${this.run.process.pid}#${this.run.process.pid}: ${words}`);
    await this.run.complain(`nginx: [emerg] ${words}\n`);
    return true;
  }

  async #openLogs(): Promise<void> {
    const openLog = async (path: string) => {
      try {
        return await open(this.run.process, path, { write: true, create: true, append: true });
      } catch (error) {
        if (!(error instanceof FsError)) throw error;
        await this.run.complain(
          `nginx: [alert] could not open error log file: open() "${path}" failed (${error.errno === 'EACCES' ? '13: Permission denied' : '2: No such file or directory'})\n`,
        );
        return undefined;
      }
    };
    this.#errors = await openLog('/var/log/nginx/error.log');
    this.#access = await openLog('/var/log/nginx/access.log');
  }

  /** False: it could not, and has said so. */
  async #remember(): Promise<boolean> {
    const path = '/run/nginx.pid';
    try {
      await this.run.writeFile(path, encode(`${this.run.process.pid}\n`));
      return true;
    } catch (error) {
      if (!(error instanceof FsError)) throw error;
      const call = isFull(error) ? `write() to "${path}"` : `open() "${path}"`;
      await this.#emergency(`${call} failed (${errorNumbers[error.errno] ?? ''}${this.run.say(error)})`);
      return false;
    }
  }

  #notice(text: string): Promise<void> {
    return this.#error(`[notice] ${this.run.process.pid}#${this.run.process.pid}: ${text}`);
  }

  async #error(text: string): Promise<void> {
    await this.#errors?.write(this.run.process, encode(`${stamp(this.run)} ${text}\n`));
  }
}
