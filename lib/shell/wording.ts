/**
 * What the shell says, in the words of busybox ash 1.38 or of bash 5. Recorded, not remembered: see tests/shell-corpus.
 * The prefix (`sh: line 1: `) is added by `Shell.complain`.
 */
import { type Errno, errnoText } from '../fs';
import type { ArithmeticProblem } from './arithmetic';
import type { Dialect } from './dialect';
import type { Open, SyntaxFault } from './syntax';

export interface Wording {
  notFound(name: string): string;
  /** A path that cannot be run. */
  cannotRun(path: string, errno: Errno, isDirectory: boolean): string;
  cannotOpen(path: string, errno: Errno): string;
  cannotCreate(path: string, errno: Errno): string;
  badDescriptor(from: string, to: number): string;
  cannotCd(path: string, errno: Errno): string;
  cannotSource(path: string): string;
  notSet(name: string): string;
  readOnly(name: string): string;
  badName(name: string): string;
  badSubstitution(text: string): string;
  arithmetic(kind: ArithmeticProblem, source: string, token: string): string;
  illegalNumber(text: string): string;
  notInFunction: string;
  noJob(text: string): string;
  noCurrentJob: string;
  noJobControl(text: string): string;
  illegalOption(option: string): string;
  cannotFork(errno: Errno): string;
  tooDeep: string;
  syntax(fault: SyntaxFault): string;
}

const openText = (errno: Errno, absent: string) =>
  errno === 'ENOENT' || errno === 'ENOTDIR' ? absent : errnoText[errno];

const busybox: Wording = {
  notFound: (name) => `${name}: not found`,
  cannotRun: (path, errno) => `${path}: ${errno === 'ENOENT' ? 'not found' : errnoText[errno]}`,
  cannotOpen: (path, errno) => `can't open ${path}: ${openText(errno, 'no such file')}`,
  cannotCreate: (path, errno) => `can't create ${path}: ${openText(errno, 'nonexistent directory')}`,
  badDescriptor: (from, to) => `dup2(${from},${to}): Bad file descriptor`,
  cannotCd: (path, errno) => `can't cd to ${path}: ${errnoText[errno]}`,
  cannotSource: (path) => (path.includes('/') ? `can't open ${path}: no such file` : `${path}: not found`),
  notSet: (name) => `${name}: parameter not set`,
  readOnly: (name) => `${name}: is read only`,
  badName: (name) => `${name}: bad variable name`,
  badSubstitution: () => 'syntax error: bad substitution',
  arithmetic: (kind) => {
    if (kind === 'division') return 'divide by zero';
    if (kind === 'exponent') return 'exponent less than 0';
    return kind === 'recursion' ? 'expression recursion loop detected' : 'arithmetic syntax error';
  },
  illegalNumber: (text) => `Illegal number: ${text}`,
  notInFunction: 'not in a function',
  noJob: (text) => `${text}: no such job`,
  noCurrentJob: 'No current job',
  noJobControl: (text) => `job ${text} not created under job control`,
  illegalOption: (option) => `illegal option ${option}`,
  cannotFork: (errno) => `can't fork: ${errnoText[errno]}`,
  tooDeep: 'function recursion limit exceeded',
  syntax: ({ problem }) => {
    switch (problem.kind) {
      case 'unexpected': {
        const wanted = problem.expecting === 'word' ? 'word' : `"${problem.expecting}"`;
        const expecting = problem.expecting ? ` (expecting ${wanted})` : '';
        return `syntax error: unexpected ${ashToken(problem.type, problem.found)}${expecting}`;
      }
      case 'unterminated':
        return `syntax error: ${unterminated(problem.what)}`;
      case 'bad for variable':
        return 'syntax error: bad for loop variable';
      case 'bad function name':
        return 'syntax error: bad function name';
      case 'too deep':
        return 'syntax error: nested too deeply';
    }
  },
};

function ashToken(type: string, found: string | undefined): string {
  switch (type) {
    case 'end':
      return 'end of file';
    case 'newline':
    case 'word':
    case 'redirection':
      return type;
    default:
      return `"${found}"`;
  }
}

function unterminated(what: string): string {
  switch (what) {
    case '${':
      return "missing '}'";
    case '$((':
      return "missing '))'";
    case '`':
      return 'EOF in backquote substitution';
    default:
      return 'unterminated quoted string';
  }
}

const closing: Readonly<Record<string, string>> = { '$(': ')', '$((': ')', '${': '}' };

function fromOpen(open: Open | undefined): string {
  return open ? ` from \`${open.word}' command on line ${open.line}` : '';
}

const gnu: Wording = {
  notFound: (name) => `${name}: command not found`,
  cannotRun: (path, errno, isDirectory) => `${path}: ${isDirectory ? errnoText.EISDIR : errnoText[errno]}`,
  cannotOpen: (path, errno) => `${path}: ${errnoText[errno]}`,
  cannotCreate: (path, errno) => `${path}: ${errno === 'EEXIST' ? 'cannot overwrite existing file' : errnoText[errno]}`,
  badDescriptor: (from) => `${from}: Bad file descriptor`,
  cannotCd: (path, errno) => `${path}: ${errnoText[errno]}`,
  cannotSource: (path) => `${path}: No such file or directory`,
  notSet: (name) => `${/^\d/.test(name) ? '$' : ''}${name}: unbound variable`,
  readOnly: (name) => `${name}: readonly variable`,
  badName: (name) => `\`${name}': not a valid identifier`,
  badSubstitution: (text) => `${text}: bad substitution`,
  arithmetic: (kind, source, token) => {
    const shown = `(error token is "${token}")`;
    switch (kind) {
      case 'division':
        return `${source}: division by 0 ${shown}`;
      case 'exponent':
        return `${source}: exponent less than 0 ${shown}`;
      case 'recursion':
        return `${source}: expression recursion level exceeded ${shown}`;
      case 'operand':
        return `${source}: arithmetic syntax error: operand expected ${shown}`;
      case 'operator':
        return `${source}: arithmetic syntax error: invalid arithmetic operator ${shown}`;
      case 'base':
        return `${source}: value too great for base ${shown}`;
      case 'syntax':
        return `${source}: arithmetic syntax error in expression ${shown}`;
    }
  },
  illegalNumber: (text) => `${text}: numeric argument required`,
  notInFunction: 'can only be used in a function',
  noJob: (text) => `${text}: no such job`,
  noCurrentJob: 'current: no such job',
  noJobControl: () => 'no job control',
  illegalOption: (option) => `${option}: invalid option`,
  cannotFork: (errno) => `fork: ${errnoText[errno]}`,
  tooDeep: 'maximum function nesting level exceeded (1000)',
  syntax: ({ problem }) => {
    switch (problem.kind) {
      case 'unexpected':
        if (problem.found === undefined) return `syntax error: unexpected end of file${fromOpen(problem.open)}`;
        return `syntax error near unexpected token \`${problem.found === '\n' ? 'newline' : problem.found}'`;
      case 'unterminated':
        return `unexpected EOF while looking for matching \`${closing[problem.what] ?? problem.what}'`;
      case 'bad for variable':
        return `\`${problem.name}': not a valid identifier`;
      case 'bad function name':
        return 'syntax error: bad function name';
      case 'too deep':
        return 'syntax error: nested too deeply';
    }
  },
};

const dash: Wording = {
  ...busybox,
  cannotOpen: (path, errno) => `cannot open ${path}: ${openText(errno, 'No such file')}`,
  cannotCreate: (path, errno) => `cannot create ${path}: ${openText(errno, 'Directory nonexistent')}`,
  badDescriptor: (from) => `${from}: Bad file descriptor`,
  cannotCd: (path) => `can't cd to ${path}`,
  cannotSource: (path) => (path.includes('/') ? `cannot open ${path}: No such file` : `${path}: not found`),
  badSubstitution: () => 'Bad substitution',
  arithmetic: (kind, source, token) => {
    if (kind === 'division') return `arithmetic expression: division by zero: "${source}"`;
    if (kind === 'recursion') return `Illegal number: ${token}`;
    return `arithmetic expression: expecting ${kind === 'operand' ? 'primary' : 'EOF'}: "${source}"`;
  },
  noJob: (text) => `No such job: ${text}`,
  illegalOption: (option) => `Illegal option ${option}`,
  cannotFork: () => 'Cannot fork',
  tooDeep: 'Maximum function recursion depth (1000) reached',
  syntax: ({ problem }) => {
    switch (problem.kind) {
      case 'unexpected': {
        const wanted = problem.expecting === 'word' ? 'word' : `"${problem.expecting}"`;
        const expecting = problem.expecting ? ` (expecting ${wanted})` : '';
        return `Syntax error: ${ashToken(problem.type, problem.found)} unexpected${expecting}`;
      }
      case 'unterminated': {
        const text = unterminated(problem.what);
        return `Syntax error: ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
      }
      case 'bad for variable':
        return 'Syntax error: Bad for loop variable';
      case 'bad function name':
        return 'Syntax error: Bad function name';
      case 'too deep':
        return 'Syntax error: nested too deeply';
    }
  },
};

export const wordings: Readonly<Record<Dialect, Wording>> = { busybox, gnu, dash };
