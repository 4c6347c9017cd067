// In the page before its own scripts (tests/bench/join.ts): looks at each frame what there is to see, and tells it by
// `tell(JSON)`: what, and when, milliseconds since the page was opened.
{
  const seen = new Set();
  const see = (what, at) => {
    if (seen.has(what)) return;
    seen.add(what);
    globalThis.tell(JSON.stringify({ what, at }));
  };
  // React has taken it over: what is typed and pressed has an effect.
  const alive = (node) => Object.keys(node).some((key) => key.startsWith('__reactProps'));
  addEventListener('submit', ({ timeStamp }) => see('pressed', timeStamp), true);
  addEventListener('keydown', ({ timeStamp }) => seen.has('prompt') && see('key', timeStamp), true);
  const look = () => {
    const at = performance.now();
    const field = document.querySelector('input[name=name]');
    if (field && !field.disabled && alive(field)) see('usable', at);
    const screen = document.querySelector('.xterm-rows')?.textContent ?? '';
    const typing = document.activeElement?.classList.contains('xterm-helper-textarea');
    if (typing && /\w+@laptop:~\$\s*$/.test(screen)) see('prompt', at);
    if (seen.has('key') && /\$\sx\s*$/.test(screen)) see('echo', at);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
