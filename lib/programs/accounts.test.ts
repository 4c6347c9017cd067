/** The account files are never half: what cannot be written leaves the old file, and says so. */
import { describe, expect, it } from 'vitest';
import { Computer } from './testing/play';

const full = "trap '' XFSZ; ulimit -f 0;";

describe('busybox', () => {
  it.each([
    ['adduser -D late', 'adduser: write error: File too large\n'],
    ['addgroup late', 'addgroup: write error: File too large\n'],
    ['deluser nobody', 'deluser: write error: File too large\n'],
    ['passwd -d root', "passwd: can't update password file /etc/shadow\n"],
  ])('%s on a full disk', async (line, stderr) => {
    const box = new Computer();
    box.write('/etc/shadow', 'root:*:1::::::\n', 0o640);
    const before = ['/etc/passwd', '/etc/group', '/etc/shadow'].map((path) => box.text(path));
    expect(await box.run(['sh', '-c', `${full} ${line}`])).toEqual({ stdout: '', stderr, exitCode: 1 });
    expect(['/etc/passwd', '/etc/group', '/etc/shadow'].map((path) => box.text(path))).toEqual(before);
    expect(box.fs.readdir('/etc').filter(({ name }) => name.endsWith('+'))).toEqual([]);
  });

  it('keeps the mode of what it replaces', async () => {
    const box = new Computer();
    box.write('/etc/shadow', 'root:*:1::::::\n', 0o640);
    expect(await box.run(['passwd', '-l', 'root'])).toEqual({
      stdout: '',
      stderr: 'passwd: password for root changed by root\n',
      exitCode: 0,
    });
    expect(box.text('/etc/shadow')).toBe('root:!*:1::::::\n');
    expect(box.fs.stat('/etc/shadow').mode & 0o777).toBe(0o640);
    expect(await box.run(['passwd', '-l', 'root'])).toMatchObject({
      stderr: 'passwd: password for root is already locked\n',
    });
  });
});

describe('Debian', () => {
  it.each([
    ['useradd late', 1, 'useradd: Permission denied.\nuseradd: cannot lock /etc/passwd; try again later.\n'],
    ['groupadd late', 10, 'groupadd: Permission denied.\ngroupadd: cannot lock /etc/group; try again later.\n'],
    ['userdel root', 1, 'userdel: Permission denied.\nuserdel: cannot lock /etc/passwd; try again later.\n'],
    ['passwd -d root', 1, 'passwd: Permission denied.\n'],
  ])('%s as nobody', async (line, exitCode, stderr) => {
    const box = new Computer({ dialect: 'gnu' });
    expect(await box.run(['sh', '-c', line], { uid: 65534 })).toEqual({ stdout: '', stderr, exitCode });
  });
});
