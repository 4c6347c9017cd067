/** What would keep a computer busy for years, or fill its disk at the speed of memory, in every program that can be asked to. */
import { describe, expect, it } from 'vitest';
import { Computer } from './testing/play';

const many = 'a'.repeat(3000);
const stars = `${'a*'.repeat(12)}b`;

describe.each(['busybox', 'gnu'] as const)('%s', (dialect) => {
  it.each([
    [`grep -cE '^(a+)+$' f`, '0\n'],
    [`grep -ciE '^(a+)+$' f`, '0\n'],
    [`grep -cE '(a|a)*b' f`, '0\n'],
    [`grep -cwE '(a|aa)+b' f`, '0\n'],
    [`grep -cE '((a*)*)*é' f`, '0\n'],
    [`sed -E 's/^(a+)+$/x/' f | cut -c1-3`, 'aaa\n'],
    [`sed -E '/(a|a)*b/Id' f | wc -l`, '1\n'],
    [`sed 's/\\(a*\\)*$/x/g' f | cut -c1-3`, 'aaa\n'],
    [`awk '/^(a+)+$/ { n++ } END { print n + 0 }' f`, '0\n'],
    [`awk '{ print match($0, "(a|a)*b") }' f`, '0\n'],
    [`awk '{ print gsub(/(a|aa)+$/, "x"), length($0) }' f`, '0 3001\n'],
    [`awk -F '(a|aa)+b' '{ print NF }' f`, '1\n'],
    [`awk -v 'RS=(a*)*b' 'END { print NR }' f`, '1\n'],
    [`awk 'BEGIN { while (1) s = s "x" s }' 2>&1 | grep -c 'out of memory'`, '1\n'],
    [`awk 'function f() { f() } BEGIN { f() }' 2>/dev/null; echo end`, 'end\n'],
    [`timeout 1 awk 'BEGIN { while (1) x++ }' 2>/dev/null; echo end`, 'end\n'],
    [`yes | awk 'NR == 3 { print "three"; exit }'`, 'three\n'],
    [`expr "$(cat f)" : '\\(a*\\)*b'`, '\n'],
    [`mkdir d; touch "d/$(cut -c1-200 f)"; find d -regex '.*/\\(a*\\)*b'`, ''],
    [`touch "d/$(cut -c1-200 f)"; find d -name '${stars}'`, ''],
    [`case $(cat f) in ${stars}) echo yes;; *) echo no;; esac`, 'no\n'],
    [`x=$(cat f); echo "\${x##${stars}}" | wc -c`, '3002\n'],
    [`pgrep '(i|i)*(n|n)*z'; echo $?`, '1\n'],
    [`tar -cf t --exclude '${stars}' d; echo $?`, '0\n'],
  ])('%s', { timeout: 20_000 }, async (line, stdout) => {
    const box = new Computer({ dialect });
    box.write('/tmp/f', `${many}!\n`);
    await box.run(['mkdir', '-p', 'd']);
    const ran = await box.run([dialect === 'gnu' ? 'bash' : 'sh', '-c', line.replace('mkdir d; ', '')]);
    expect(ran).toMatchObject({ stdout });
  });

  it('a reference to a group ends with an error', async () => {
    const box = new Computer({ dialect });
    box.write('/tmp/f', `${'ab'.repeat(60)}cx\n`);
    const shell = dialect === 'gnu' ? 'bash' : 'sh';
    const ran = await box.run([shell, '-c', `grep -E '^(.*)(.*)(.*)(.*)(.*)\\1\\2\\3\\4x$' f`]);
    expect(ran).toEqual({ stdout: '', stderr: 'grep: Memory exhausted\n', exitCode: 2 });
  });
});

it('bash matches =~ in time', async () => {
  const box = new Computer({ dialect: 'gnu' });
  box.write('/tmp/f', `${many}!\n`);
  expect(await box.run(['bash', '-c', '[[ $(cat f) =~ ^(a+)+$ ]]; echo $?'])).toMatchObject({ stdout: '1\n' });
});

describe('a whole file goes at the pace of the disk', () => {
  it.each([
    ['cp', 'cp big copy'],
    ['cp of a folder', 'mkdir d; mv big d; cp -r d e'],
    ['sort -o', 'sort -o sorted big'],
    ['sed -i', 'sed -i s/a/b/ big'],
    ['tar', 'tar -cf archive big'],
    ['tar x', 'tar -cf archive big; tar -xf archive'],
    ['gzip', 'gzip -k big; gunzip -kf big.gz'],
    ['split', 'split -b 1000000 big'],
    ['awk', 'awk \'{ print > "out" }\' big'],
    ['dd', 'dd if=big of=copy bs=1000000'],
  ])('%s', { timeout: 30_000 }, async (_, line) => {
    const box = new Computer();
    box.fs.writeFile('/tmp/big', new TextEncoder().encode(`${'a'.repeat(9999)}\n`.repeat(600)));
    const before = box.clock.now();
    await box.run(['sh', '-c', line]);
    expect(Number(box.clock.now() - before) / 1e9).toBeGreaterThan(0.5);
  });
});

it('a limit of processes holds for everybody but root', async () => {
  const line = 'ulimit -u 3; sleep 5 & sleep 5 & sleep 5 & echo all';
  const box = new Computer();
  expect(await box.run(['sh', '-c', line], { uid: 1000 })).toEqual({
    stdout: '',
    stderr: "sh: line 0: can't fork: Resource temporarily unavailable\n",
    exitCode: 2,
  });
  expect(await box.run(['sh', '-c', line])).toMatchObject({ stdout: 'all\n' });
});
