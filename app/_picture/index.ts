export { ChangeMark, CountMarks, changeColour, glyphs, letters, useCountSentence } from './change';
export { ClassStack, type SheetDrawn } from './class-stack';
export { DigestMark } from './digest';
export { digestGround } from './fingerprint';
export { OwnStack } from './own-stack';
export { ownerStyle, Round } from './owner';
export { SignCounts, SignMark, sayCondition, sayRaised } from './signs';
