import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileTemplate, TemplateError } from '.';

const value = {
  Name: 'web',
  Count: 3,
  On: true,
  Off: false,
  Labels: { b: '2', a: '1' },
  Args: ['x', 'y'],
  Nothing: null,
  Inner: { Deep: 'd' },
};

describe('templates as Go runs them', () => {
  it.each([
    ['{{.Name}}', 'web'],
    ['a {{- .Name -}} b', 'awebb'],
    ['{{/* nothing */}}x', 'x'],
    ['{{.Labels}} {{.Args}} {{.Nothing}}', 'map[a:1 b:2] [x y] <nil>'],
    ['{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}', 'a=1;b=2;'],
    ['{{range $i, $a := .Args}}{{$i}}{{$a}}{{else}}none{{end}}', '0x1y'],
    ['{{range .Args}}{{if eq . "y"}}{{break}}{{end}}{{.}}{{end}}', 'x'],
    ['{{if and .On .Off}}both{{else if .On}}one{{else}}none{{end}}', 'one'],
    ['{{with .Inner}}{{.Deep}}{{end}}{{with .Nothing}}x{{else}}-{{end}}', 'd-'],
    ['{{$x := .Name}}{{$x = "db"}}{{$x}}', 'db'],
    ['{{index .Labels "a"}}{{index .Args 1}}{{len .Args}}{{slice .Name 1}}', '1y2eb'],
    ['{{json .Labels}} {{json .Args}} {{json .Name}}', '{"b":"2","a":"1"} ["x","y"] "web"'],
    [
      '{{join .Args "-"}} {{upper .Name}} {{truncate .Name 2}} {{printf "%q %03d %v" .Name .Count .On}}',
      'x-y WEB we "web" 003 true',
    ],
    ['{{.Name | printf "%s-%s" "a"}}', 'a-web'],
    ['{{or .Nothing "fine"}} {{not .On}} {{gt .Count 2}} {{ne .Name "db"}}', 'fine false true true'],
    ['{{(index .Args 0)}} {{len (split "a,b" ",")}}', 'x 2'],
    ['{{println .Name 1}}', 'web 1\n'],
    ['{{"\\t"}}|{{`raw`}}|{{1.5}}', '\t|raw|1.5'],
  ])('%s', (template, text) => {
    expect(compileTemplate(template)(value)).toBe(text);
  });

  it.each([
    ['{{', 'template: :1: unclosed action'],
    ['{{nosuch .}}', 'template: :1: function "nosuch" not defined'],
    ['{{if .On}}x', 'template: :1: unexpected EOF'],
    ['{{end}}', 'template: :1: unexpected {{end}}'],
    ['{{.}}{{$y}}', 'template: :1: undefined variable "$y"'],
  ])('%s is no template', (template, message) => {
    expect(() => compileTemplate(template)).toThrow(new TemplateError(message));
  });

  it('fails with nothing but its own error, whatever it is given', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '.',
      '.Name',
      '$x',
      'range',
      'if',
      'end',
      'else',
      ' ',
      '|',
      '(',
      ')',
      '"a"',
      '1',
      ':=',
      'json',
      'index',
      '-',
      'x',
      '\n',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        try {
          compileTemplate(pieces.join(''))(value);
        } catch (error) {
          if (!(error instanceof TemplateError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });
});
