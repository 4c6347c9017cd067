export { en, type Key } from './en';
export { es } from './es';
export { chooseLanguage, type Language, languageNames, languages, type Table } from './messages';
