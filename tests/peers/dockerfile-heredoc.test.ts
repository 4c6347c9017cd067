import { describe, expect, it } from 'vitest';
import { heredocMarks, parseText, readDockerfile, readHeredocMark } from '../../lib/dockerfile';
import { peerCases } from './peer-cases';

interface Source {
  Path: string;
  Data: string;
  Expand: boolean;
}
interface Extracted {
  Name: string;
  Content: string;
  Expand: boolean;
  Chomp?: boolean;
  FileDescriptor?: number;
}
interface Cases {
  extract: (Extracted[] | null)[];
  valid: string[];
  invalid: string[];
  not: string[];
  from_line: { line: string; heredocNames: string[] | null }[];
  copy_instr: {
    dockerfile: string;
    sourcesAndDest: { DestPath: string; SourcePaths?: string[]; SourceContents?: Source[] };
  }[];
  run_instr: {
    dockerfile: string;
    command: string[];
    shell: boolean;
    files?: { Name: string; Data: string; Chomp?: boolean }[];
  }[];
}

const cases = peerCases<Cases>('dockerfile/heredoc.json');

/** The case file holds the answers only; these are instructions that ask for them, one for each answer. */
const announcing = [
  'FROM scratch',
  'WORKDIR /w',
  'RUN true',
  'RUN ["<<EOF"]',
  'RUN <<EMPTY\nEMPTY',
  'RUN 3<<EMPTY2\nEMPTY2',
  'RUN "<<NESTED"',
  'RUN <<INDENT\n\tfoo\n\tbar\nINDENT',
  'RUN <<-UNINDENT\n\tbaz\n\tquux\nUNINDENT',
  'RUN <<-UNINDENT2\n\tbaz\n\tquux\n\tUNINDENT2',
  'RUN <<-EXPAND\n\texpand $NAME\nEXPAND',
  "RUN <<-'NOEXPAND'\n\tdon't expand $NAME\nNOEXPAND",
  'COPY <<COPY /dest\necho hello world\necho foo bar\nCOPY',
  'COPY <<COMMENT /dest\n# internal comment\necho hello world\necho foo bar # trailing comment\nCOMMENT',
  'RUN --mount=type=cache,target=/c <<MOUNT\necho hello\nMOUNT',
  'COPY <<FILE1 <<FILE2 /dest/\ncontent 1\nFILE1\ncontent 2\nFILE2',
  'COPY <<EOF /quotes\n"foo"\n\'bar\'\nEOF',
  'COPY <<X <<Y /dest/\nY\nX\nX\nY',
  "RUN python3 <<COMPLEX | tee /out\nprint('hello world')\nCOMPLEX",
  'COPY <<file.txt /dest\nhello world\nfile.txt',
  'RUN <<"eof"\necho foo\neof',
  "RUN <<eo\\'f\necho foo\neo'f",
  'RUN <<"eo\'f"\necho foo\neo\'f',
  "RUN <<'one two'\necho bar\none two",
  'RUN <<$EOF\n$EOF',
  'RUN <<EOF # comment\nEOF',
  'ONBUILD RUN <<EOF\nEOF',
];

function onlyInstruction(text: string) {
  return readDockerfile(`FROM scratch\n${text}`).stages[0]!.instructions[0]!;
}

describe.skipIf(!cases)('heredocs as in BuildKit', () => {
  it('takes out what stands between the marks', () => {
    const found = parseText(announcing.join('\n')).nodes.map(({ heredocs }) =>
      heredocs.map(({ name, content, expand, chomp, fileDescriptor }) => ({
        Name: name,
        Content: content,
        Expand: expand,
        ...(chomp ? { Chomp: true } : {}),
        ...(fileDescriptor ? { FileDescriptor: fileDescriptor } : {}),
      })),
    );
    expect(found).toEqual(cases!.extract.map((heredocs) => heredocs ?? []));
  });

  it.each(cases?.valid ?? [])('%s announces one', (word) => {
    expect(readHeredocMark(word)?.name).toBe('EOF');
  });

  it.each(cases?.invalid ?? [])('%s has quotes that do not match', (word) => {
    expect(() => readHeredocMark(word)).toThrow();
  });

  it.each(cases?.not ?? [])('%j is none', (word) => {
    expect(readHeredocMark(word)).toBeUndefined();
  });

  it.each(cases?.from_line ?? [])('$line announces $heredocNames', ({ line, heredocNames }) => {
    expect(heredocMarks(line).map(({ name }) => name)).toEqual(heredocNames ?? []);
  });

  it.each(cases?.copy_instr ?? [])('$dockerfile', ({ dockerfile, sourcesAndDest: expected }) => {
    const copy = onlyInstruction(dockerfile);
    if (copy.kind !== 'copy') throw new Error(copy.kind);
    expect(copy.destination).toBe(expected.DestPath);
    expect(copy.sources).toEqual(expected.SourcePaths ?? []);
    const contents = copy.heredocs.map(({ name, content, expand, chomp }) => ({
      Path: name,
      Data: chomp ? content.replace(/^\t+/gm, '') : content,
      Expand: expand,
    }));
    expect(contents).toEqual(expected.SourceContents ?? []);
  });

  it.each(cases?.run_instr ?? [])('$dockerfile', ({ dockerfile, command, shell, files }) => {
    const run = onlyInstruction(dockerfile);
    if (run.kind !== 'run') throw new Error(run.kind);
    expect(run.command).toEqual({ form: shell ? 'shell' : 'exec', words: command });
    expect(
      run.heredocs.map(({ name, content, chomp }) => ({
        Name: name,
        Data: content,
        ...(chomp ? { Chomp: true } : {}),
      })),
    ).toEqual(files ?? []);
  });
});
