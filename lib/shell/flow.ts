/** What leaves commands early. None is an Error: each is caught by the construct that it belongs to. */
export class Leave {
  constructor(
    readonly kind: 'break' | 'continue',
    public levels: number,
  ) {}
}

export class Return {
  constructor(readonly status: number) {}
}

export class Exit {
  constructor(readonly status: number) {}
}

/** Ctrl-C at an interactive shell, or a child that it ended: back to the prompt. */
export class Interrupted {
  constructor(readonly status: number) {}
}

/** A trapped signal ended a `wait`. */
export class WaitBroken {
  constructor(readonly status: number) {}
}

/**
 * An error with the shell's own words: a bad expansion, a builtin that was misused. A shell that reads a script ends with
 * it, an interactive one returns to its prompt; of an ordinary builtin it is only that command's status.
 */
export class Fault {
  /** The builtin that speaks, when one does. */
  builtin?: string;
  /** All that is said, when it does not follow the usual form. */
  whole?: string;
  /** A script ends with it even in bash. */
  ends?: boolean;
  /** How the builtin is used, said after the message. */
  usage?: string;
  constructor(
    readonly message: string,
    readonly status = 2,
    readonly fatal = true,
  ) {}
}
