/** Why a regular expression is none, in the words of the C library. */
const words = {
  pattern: 'Invalid regular expression',
  brackets: 'Unmatched [, [^, [:, [., or [=',
  open: 'Unmatched ( or \\(',
  close: 'Unmatched ) or \\)',
  brace: 'Unmatched \\{',
  interval: 'Invalid content of \\{\\}',
  range: 'Invalid range end',
  class: 'Invalid character class name',
  collation: 'Invalid collation character',
  reference: 'Invalid back reference',
  backslash: 'Trailing backslash',
  repeat: 'Invalid preceding regular expression',
  size: 'Regular expression too big',
  /** Also while matching: it would have taken too long. */
  memory: 'Memory exhausted',
  /** Of Perl's syntax only. */
  lookaround: 'lookaround and other Perl groups are not simulated',
} as const;

export type RegexFaultCode = keyof typeof words;

export class RegexFault extends Error {
  override readonly name = 'RegexFault';

  constructor(readonly code: RegexFaultCode) {
    super(words[code]);
  }
}
