import { callFunction, functionNames } from './functions';
import { type Node, type Operand, type Pipe, parseTemplate, TemplateError } from './parse';
import { isTrue, print } from './value';

/**
 * Text made from a template and a value: objects are Go structs or maps, arrays slices, and a function is a method without
 * arguments, called when its field is named.
 */
export type Render = (value: unknown) => string;

export interface TemplateOptions {
  /** As errors name it; empty for Docker's `--format`. */
  readonly name?: string;
  readonly functions?: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  /** Go's type name for errors about fields: `*formatter.ContainerContext`. */
  readonly type?: string;
  /** The value is JSON: an unknown field is a missing key of a map. */
  readonly maps?: boolean;
  /** Unknown fields of a JSON map print `<no value>` instead of failing. */
  readonly loose?: boolean;
}

export function compileTemplate(source: string, options: TemplateOptions = {}): Render {
  const names = new Set([...functionNames, ...Object.keys(options.functions ?? {})]);
  const nodes = parseTemplate(source, options.name ?? '', names);
  return (value) => {
    const state = new State(options, source, value);
    state.run(nodes, value);
    return state.output;
  };
}

const stops = { break: Symbol('break'), continue: Symbol('continue') };

class State {
  output = '';
  #variables: [string, unknown][];

  constructor(
    readonly options: TemplateOptions,
    readonly source: string,
    root: unknown,
  ) {
    this.#variables = [['$', root]];
  }

  run(nodes: readonly Node[], dot: unknown): void {
    for (const node of nodes) this.#node(node, dot);
  }

  #node(node: Node, dot: unknown): void {
    switch (node.kind) {
      case 'text':
        this.output += node.text;
        return;
      case 'action': {
        const value = this.#pipe(node.pipe, dot);
        if (!node.pipe.variables.length) this.output += print(value);
        return;
      }
      case 'if':
      case 'with':
        this.#scoped(() => {
          const value = this.#pipe(node.pipe, dot);
          if (isTrue(value)) this.run(node.body, node.kind === 'with' ? value : dot);
          else this.run(node.otherwise, dot);
        });
        return;
      case 'range':
        this.#scoped(() => this.#range(node, dot));
        return;
      default:
        throw stops[node.kind];
    }
  }

  #scoped(action: () => void): void {
    const depth = this.#variables.length;
    try {
      action();
    } finally {
      this.#variables.length = depth;
    }
  }

  #range(node: Extract<Node, { kind: 'range' }>, dot: unknown): void {
    const value = this.#pipe({ ...node.pipe, variables: [] }, dot);
    const items = rangeItems(value, (message) => this.#fail(message));
    if (!items.length) this.run(node.otherwise, dot);
    const [first, second] = node.pipe.variables;
    for (const [key, item] of items) {
      const depth = this.#variables.length;
      if (second !== undefined) this.#variables.push([first!, key], [second, item]);
      else if (first !== undefined) this.#variables.push([first, item]);
      try {
        this.run(node.body, item);
      } catch (stop) {
        if (stop === stops.break) return;
        if (stop !== stops.continue) throw stop;
      } finally {
        this.#variables.length = depth;
      }
    }
  }

  #pipe(pipe: Pipe, dot: unknown): unknown {
    let value: unknown;
    let piped = false;
    for (const command of pipe.commands) {
      value = this.#command(command, dot, piped ? [value] : []);
      piped = true;
    }
    for (const name of pipe.variables) {
      if (pipe.declares) this.#variables.push([name, value]);
      else this.#variables.findLast(([known]) => known === name)![1] = value;
    }
    return value;
  }

  #command(operands: readonly Operand[], dot: unknown, piped: readonly unknown[]): unknown {
    const [first, ...rest] = operands;
    if (first!.kind === 'function') {
      const lazy = first!.name === 'and' || first!.name === 'or';
      const args = lazy
        ? this.#lazy(first!.name as 'and' | 'or', rest, dot, piped)
        : [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
      return this.#call(first!.name, args, operands);
    }
    if (first!.kind === 'literal' && first!.value === null) throw this.#fail('nil is not a command', first!);
    const args = [...rest.map((operand) => this.#operand(operand, dot)), ...piped];
    const value = this.#operand(first!, dot, args);
    if (args.length && typeof this.#last !== 'function')
      throw this.#fail(`can't give argument to non-function ${describe(first!)}`, first!);
    return value;
  }

  /** Short-circuits: operands after the decisive one are not evaluated. */
  #lazy(name: 'and' | 'or', operands: readonly Operand[], dot: unknown, piped: readonly unknown[]): unknown[] {
    const args: unknown[] = [];
    for (const operand of operands) {
      args.push(this.#operand(operand, dot));
      if (isTrue(args.at(-1)) === (name === 'or')) return args;
    }
    return [...args, ...piped];
  }

  #call(name: string, args: readonly unknown[], command: readonly Operand[] = []): unknown {
    const own = this.options.functions?.[name];
    try {
      return own ? own(...args) : callFunction(name, args);
    } catch (error) {
      if (error instanceof TemplateError) throw error;
      throw this.#fail(
        `error calling ${name}: ${(error as Error).message}`,
        undefined,
        command.map(describe).join(' '),
      );
    }
  }

  #last: unknown;

  #operand(operand: Operand, dot: unknown, args: readonly unknown[] = []): unknown {
    this.#last = undefined;
    switch (operand.kind) {
      case 'literal':
        return operand.value;
      case 'dot':
        return dot;
      case 'field':
        return this.#fields(dot, operand.fields, operand, args);
      case 'variable':
        return this.#fields(
          this.#variables.findLast(([name]) => name === operand.name)?.[1],
          operand.fields,
          operand,
          args,
        );
      case 'pipe':
        return this.#fields(this.#pipe(operand.pipe, dot), operand.fields, operand, args);
      case 'function':
        return this.#call(operand.name, args);
    }
  }

  #fields(start: unknown, fields: readonly string[], operand: Operand, args: readonly unknown[]): unknown {
    return fields.reduce(
      (value: unknown, field, at) => this.#field(value, field, operand, at === fields.length - 1 ? args : []),
      start,
    );
  }

  #field(value: unknown, field: string, operand: Operand, args: readonly unknown[]): unknown {
    if (value === null || value === undefined) {
      if (this.options.loose) return undefined;
      throw this.#fail(`nil data; no entry for key ${JSON.stringify(field)}`, operand);
    }
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw this.#fail(
        `can't evaluate field ${field} in type ${this.options.maps ? 'interface {}' : goType(value)}`,
        operand,
      );
    }
    const object = value as Record<string, unknown>;
    if (!(field in object)) {
      if (this.options.loose) return undefined;
      if (this.options.maps) throw this.#fail(`map has no entry for key ${JSON.stringify(field)}`, operand);
      throw this.#fail(`can't evaluate field ${field} in type ${this.options.type ?? goType(value)}`, operand);
    }
    const found = object[field];
    if (typeof found !== 'function') return found;
    this.#last = found;
    return (found as (...given: unknown[]) => unknown).apply(object, [...args]);
  }

  #fail(message: string, operand?: Operand, whole = ''): TemplateError {
    const text = operand ? describe(operand) : whole;
    const place = text ? this.source.indexOf(text) : -1;
    const [line, column] = position(this.source, Math.max(place, 0), operand ? text : '');
    const where = text
      ? `executing ${JSON.stringify(this.options.name ?? '')} at <${text}>: `
      : `executing ${JSON.stringify(this.options.name ?? '')}: `;
    return new TemplateError(`template: ${this.options.name ?? ''}:${line}:${column}: ${where}${message}`);
  }
}

/** Go counts the column of a field from the last of its dots. */
function position(source: string, at: number, text: string): [number, number] {
  const before = source.slice(0, at + Math.max(text.lastIndexOf('.'), 0));
  const line = before.split('\n').length;
  return [line, before.length - before.lastIndexOf('\n') - 1];
}

function describe(operand: Operand): string {
  if (operand.kind === 'field') return `.${operand.fields.join('.')}`;
  if (operand.kind === 'variable') return [operand.name, ...operand.fields].join('.');
  if (operand.kind === 'dot') return '.';
  if (operand.kind === 'function') return operand.name;
  if (operand.kind === 'literal') return operand.value === null ? 'nil' : JSON.stringify(operand.value);
  return '';
}

function rangeItems(value: unknown, fail: (message: string) => Error): [unknown, unknown][] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.map((item, at) => [at, item]);
  if (typeof value === 'number') return Array.from({ length: value }, (_, at) => [at, at]);
  if (typeof value === 'object') return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  throw fail(`range can't iterate over ${print(value)}`);
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return 'map[string]interface {}';
}
