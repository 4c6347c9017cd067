/** The person's line cannot be understood: printed as it stands, with this exit code, before the engine is asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly exitCode = 1,
    /** What follows the message: the usage line and where to read more, only the latter, or nothing. */
    readonly hint: 'usage' | 'more' | 'none' = 'none',
  ) {
    super(message);
  }
}

/** A flag that is unknown, lacks its value or has a bad one: 125, with the usage line. */
export const flagError = (message: string) => new CommandError(message, 125, 'usage');
