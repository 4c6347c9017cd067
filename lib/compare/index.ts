/**
 * Sheets side by side: which paths, which contents, which states are equal. It reads; it never changes a sheet. Nothing here
 * knows who a column belongs to.
 */
export { type ChangedPath, describeSheet, filesOf } from './changed-paths';
export { type Column, type Differences, differencesOf, followed, type Group, type Row } from './differences';
export { pathsBetween, pointsOf } from './earlier';
