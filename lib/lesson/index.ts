/** Lessons as data, and whether a student's computer shows that a step was done. It knows no screens and no class. */
export { firstLesson } from './first-lesson';
export type { Condition, Lesson, Round, Step, Words } from './lesson';
export { met, progress, type Situation } from './met';
