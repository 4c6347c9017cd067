/** coreutils quotes names for a shell when it writes to a terminal. */
export function quote(name: string): string {
  if (name !== '' && !/[^\w@%+=:,./^-]|^[~#]/u.test(name)) return name;
  if (!/[\s'"$`\\!*?[\](){}<>|&;#~]/.test(name) && name !== '') return name;
  if (!name.includes("'")) return `'${name}'`;
  return /["$`\\!]/.test(name) ? `'${name.replaceAll("'", "'\\''")}'` : `"${name}"`;
}
