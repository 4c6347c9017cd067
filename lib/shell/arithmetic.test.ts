import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArithmeticFault, evaluate } from './arithmetic';

const none = { get: () => undefined, set: () => {} };

/** An expression's text and what it comes to. */
type Sum = { readonly text: string; readonly value: bigint };

const { sum } = fc.letrec<{ sum: Sum; number: Sum; pair: Sum }>((tie) => ({
  number: fc.bigInt(0n, 999n).map((value) => ({ text: String(value), value })),
  pair: fc
    .tuple(tie('sum'), fc.constantFrom('+', '-', '*', '&', '|', '^', '<', '=='), tie('sum'))
    .map(([a, operator, b]) => ({
      text: `(${a.text} ${operator} ${b.text})`,
      value: BigInt.asIntN(64, apply(operator, a.value, b.value)),
    })),
  sum: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('number'), tie('pair')),
}));

function apply(operator: string, a: bigint, b: bigint): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<':
      return a < b ? 1n : 0n;
    default:
      return a === b ? 1n : 0n;
  }
}

describe('arithmetic', () => {
  it('comes to what the operators come to, on 64 bits', () => {
    fc.assert(
      fc.property(sum, ({ text, value }) => {
        expect(evaluate(text, none)).toBe(value);
      }),
    );
  });

  it.each([
    ['1+2*3', 7n],
    ['2**3**2', 512n],
    ['10-5-2', 3n],
    ['1<<2+1', 8n],
    ['1?2:0?3:4', 2n],
    ['0||1/0*0||1', 1n],
    ['-7/2', -3n],
    ['16#ff+0x1+010', 264n],
    ['!0+~0', 0n],
    ['', 0n],
  ])('%s is %s', (text, value) => {
    if (text.includes('1/0')) expect(() => evaluate(text, none)).toThrow();
    else expect(evaluate(text, none)).toBe(value);
  });

  it('reads and writes variables, which may be expressions', () => {
    const names = new Map([
      ['x', 'y+1'],
      ['y', '4'],
    ]);
    const scope = {
      get: (name: string) => names.get(name),
      set: (name: string, value: string) => void names.set(name, value),
    };
    expect(evaluate('x*2', scope)).toBe(10n);
    expect(evaluate('z=y++ + ++y, z', scope)).toBe(10n);
    expect(names.get('y')).toBe('6');
    expect(evaluate('0 && (y=99)', scope)).toBe(0n);
    expect(names.get('y')).toBe('6');
  });

  it('ends when a variable is made of itself', () => {
    const scope = { get: () => 'x+1', set: () => {} };
    expect(() => evaluate('x', scope)).toThrow(expect.objectContaining({ kind: 'recursion' }));
    expect(() => evaluate('('.repeat(5000), none)).toThrow(ArithmeticFault);
  });
});
