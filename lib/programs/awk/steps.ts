/**
 * How an awk program runs: as steps that hand out what has to be waited for. Most of a program waits for nothing, and costs no
 * promise; a function's call is handed out too, so that a deep recursion lies in memory and not on JavaScript's stack.
 */
export type Steps<T> = Generator<Promise<unknown> | Steps<unknown>, T, unknown>;

export function* awaited<T>(promise: Promise<T>): Steps<T> {
  return (yield promise) as T;
}

type Outcome = { readonly value: unknown } | { readonly error: unknown };

export async function take<T>(first: Steps<T>): Promise<T> {
  const stack: Steps<unknown>[] = [first];
  for (let last: Outcome = { value: undefined }; ; ) {
    const top = stack.at(-1)!;
    try {
      const step: IteratorResult<Promise<unknown> | Steps<unknown>, unknown> =
        'error' in last ? top.throw(last.error) : top.next(last.value);
      if (step.done) {
        stack.pop();
        if (stack.length === 0) return step.value as T;
        last = { value: step.value };
      } else if (step.value instanceof Promise) last = await settled(step.value);
      else {
        stack.push(step.value);
        last = { value: undefined };
      }
    } catch (error) {
      stack.pop();
      if (stack.length === 0) throw error;
      last = { error };
    }
  }
}

function settled(promise: Promise<unknown>): Promise<Outcome> {
  return promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
}
