export { callFunction } from './functions';
export { TemplateError } from './parse';
export { compileTemplate, type Render } from './render';
