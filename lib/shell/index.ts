export type { Completer, CompletionView } from './completion';
export type { Completion } from './editor';
export type { Dialect } from './parser';
export { type ShellOptions, shellProgram } from './program';
export { type Command, SyntaxFault } from './syntax';
