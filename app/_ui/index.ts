export { Brand, Mark } from './brand';
export { Button, buttonLook } from './button';
export { Copy } from './copy';
export { Dialog } from './dialog';
export { Field } from './field';
export { Note } from './note';
export { Panel } from './panel';
export { Scroll } from './scroll';
export { Top } from './top';
