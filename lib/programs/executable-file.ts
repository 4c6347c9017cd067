import { encode } from './text';

/** The bytes of an executable that stands for a program. */
export function executableFile(programId: string): Uint8Array {
  return encode(
    `\x7fELF\ndockerland:${programId}\nThis file stands for a program that Dockerland simulates. It holds no machine code.\n`,
  );
}
