export { en, type Key } from './en';
export { es } from './es';
