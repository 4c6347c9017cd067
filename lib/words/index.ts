/** The refusals of lib/errors in the languages of the classroom, and which language somebody reads. */
export { chooseLanguage, type Language, languages } from './language';
export { refusalWords } from './refusal-words';
