/** A connection as psql has it: statements asked and their answers shown, with a person or without. */
import type { Connection } from '../../../process';
import { LineReader } from '../../line-reader';
import type { Run } from '../../run';
import { encode } from '../../text';
import type { Outcome } from '../sql/values';
import { splitSql } from '../sql/words';
import { describe } from './describe';
import { type Answer, type Request, version, type Who } from './protocol';
import { drawTable, type Style } from './table';

export class Client {
  readonly #lines: LineReader;

  constructor(
    readonly run: Run,
    readonly connection: Connection,
    private who: Who,
    readonly style: Style,
  ) {
    this.#lines = new LineReader(() => run.process.until(connection.read()));
  }

  async ask(request: Partial<Request>): Promise<Answer> {
    const { user, database, password } = this.who;
    const line = `${JSON.stringify({ user, database, password, ...request })}\n`;
    await this.run.process.until(this.connection.write(encode(line)));
    const answer = await this.#lines.next();
    return answer === undefined
      ? { error: 'server closed the connection unexpectedly', fatal: true }
      : (JSON.parse(answer) as Answer);
  }

  /** Each of a text's statements; the last exit code that was not 0. */
  async all(text: string): Promise<number> {
    const { statements, rest } = splitSql(text);
    let exitCode = 0;
    for (const sql of [...statements, rest].filter((each) => each.trim() !== ''))
      exitCode = (await this.one(sql)) || exitCode;
    return exitCode;
  }

  async one(sql: string): Promise<number> {
    const answer = await this.ask({ sql: sql.trim() });
    if ('error' in answer) {
      await this.run.complain(
        `${answer.fatal ? 'FATAL' : 'ERROR'}:  ${answer.error}\n${answer.detail ? `DETAIL:  ${answer.detail}\n` : ''}`,
      );
      return answer.fatal ? 2 : 1;
    }
    if ('outcome' in answer) await this.#show(answer.outcome);
    return 0;
  }

  async #show({ tag, columns, rows }: Outcome): Promise<void> {
    if (columns && rows) await this.run.print(drawTable(this.style, columns, rows));
    if (!columns || tag.startsWith('INSERT')) await this.run.print(`${tag}\n`);
  }

  /** A command with a backslash. */
  async meta(command: string): Promise<number> {
    const [verb = '', word] = command.split(/\s+/);
    const answer = await this.ask({ list: true });
    if (!('catalogue' in answer)) return 1;
    if (verb === '\\c' && word !== undefined) return this.#connectTo(word, answer.catalogue.databases);
    const { shown, complaint, exitCode = 0 } = describe(answer.catalogue, this.who, this.style, verb, word);
    if (shown !== undefined) await this.run.print(shown);
    if (complaint !== undefined) await this.run.complain(complaint);
    return exitCode;
  }

  async #connectTo(database: string, databases: readonly string[]): Promise<number> {
    if (!databases.includes(database)) {
      await this.run.complain(
        `connection to server failed: FATAL:  database "${database}" does not exist\nPrevious connection kept\n`,
      );
      return 1;
    }
    this.who = { ...this.who, database };
    await this.run.print(`You are now connected to database "${database}" as user "${this.who.user}".\n`);
    return 0;
  }

  /** Line by line from standard input; a statement ends with its semicolon. */
  async converse(): Promise<number> {
    const { run } = this;
    const { terminal } = run.process.stdin;
    if (terminal) await run.print(`psql (${version} (Dockerland replica))\nType "\\?" for help.\n\n`);
    const lines = run.lines(run.process.stdin);
    let held = '';
    for (;;) {
      if (terminal) await run.print(`${this.who.database}${held.trim() ? '-' : '='}# `);
      await run.flush();
      const line = await lines.next();
      if (line === undefined || (held.trim() === '' && /^\s*(\\q|quit|exit)\s*;?$/.test(line))) break;
      if (held.trim() === '' && line.trimStart().startsWith('\\')) await this.meta(line.trim());
      else {
        const { statements, rest } = splitSql(`${held}${line}\n`);
        held = rest;
        for (const sql of statements) if ((await this.one(sql)) === 2) return 2;
      }
    }
    return held.trim() !== '' && !terminal ? this.one(held) : 0;
  }
}
