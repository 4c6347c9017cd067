import type { Signal } from './signal';

/**
 * Thrown by every waiting call of a process that a signal has ended. To the rest of the system the process is already gone;
 * what remains is to unwind. A program that catches everything must throw it on.
 */
export class Killed extends Error {
  override readonly name = 'Killed';
  constructor(readonly signal: Signal | undefined) {
    super(`ended by ${signal ?? 'its exit'}`);
  }
}

/** What a program throws at a fault that a processor would notice (a stack that is full): the process ends by that signal. */
export class Crash extends Error {
  override readonly name = 'Crash';
  constructor(readonly signal: Signal) {
    super(signal);
  }
}
