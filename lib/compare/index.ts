/**
 * Sheets side by side: which paths, which contents, which states are equal. It reads; it never changes a sheet. Nothing here
 * knows who a column belongs to.
 */
export { type ChangedPath, describeSheet, filesOf } from './changed-paths';
export { pathsBetween, pointsOf } from './earlier';
export { type Column, differenceMatrix, equalStates, type Row } from './matrix';
