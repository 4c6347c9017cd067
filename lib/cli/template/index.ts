export { callFunction } from './functions';
export { TemplateError } from './parse';
export { compileTemplate, type Render, type TemplateOptions } from './render';
export { goFormat } from './value';
