export type { SheetNode, SheetPatch } from './sheet-patch';
