export { complete } from './complete';
export { dockerProgram, type Listener, type Said } from './docker';
export { bytesSize, humanSize, parseSize } from './size';
export { commands as dockerCommands } from './table';
export { compileTemplate, TemplateError } from './template';
