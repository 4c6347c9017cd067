/** Failures as a closed set of codes, and the closed catalogue of what a person of a classroom may be refused. */
export { Failure, type FailureCode, failureCodes, unreachable } from './failure';
export { type RefusalId, refusals } from './refusals';
export { refused, sentence } from './refused';
export { fill, inWords, type Values, type Worded } from './wording';
