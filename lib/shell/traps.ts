import { parseSignal, type Signal } from '../process';

export type TrapName = Signal | 'EXIT' | 'ERR' | 'DEBUG';

export function isSignal(name: TrapName): name is Signal {
  return name !== 'EXIT' && name !== 'ERR' && name !== 'DEBUG';
}

export function parseTrapName(text: string): TrapName | undefined {
  const name = text.toUpperCase().replace(/^SIG/, '');
  if (text === '0' || name === 'EXIT') return 'EXIT';
  if (name === 'ERR' || name === 'DEBUG') return name;
  return parseSignal(text);
}
