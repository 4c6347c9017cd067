/** A name in a folder, as programs print it: the folder's own spelling is kept (`./a`, `a/../b`). */
export function child(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}
