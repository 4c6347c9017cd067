export type { Completer, CompletionView } from './completion';
export type { Dialect } from './dialect';
export type { Completion } from './editor';
export { type ShellOptions, shellProgram } from './program';
export { type Command, SyntaxFault } from './syntax';
