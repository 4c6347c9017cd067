import { comparing, moving } from './acts/comparing';
import { working } from './acts/desk';
import { leaving } from './acts/leaving';
import { arriving, opening } from './acts/opening';
import { outside } from './acts/outside';
import { teaching } from './acts/teaching';
import { asking, sharing, showing } from './acts/wall';
import type { Cast } from './cast';
import type { Tour } from './stop';

/** Every screen of the product with its states and its dialogs, played by a real class on a real server. */
export async function* tour(cast: Cast): Tour {
  yield* outside(cast);
  const code = yield* opening(cast);
  yield* arriving(cast, code);
  yield* working(cast);
  yield* teaching(cast, code);
  yield* asking(cast);
  yield* showing(cast, code);
  yield* sharing(cast, code);
  yield* comparing(cast, code);
  yield* moving(cast, code);
  yield* leaving(cast, code);
}
