export { RegexFault } from './fault';
export {
  affix,
  compile as compileGlob,
  hasMagic,
  literally,
  matches,
  matchesPattern as matchesGlob,
  replace,
  TooCostly,
  unliteral,
} from './glob';
export { compileRegex, compileRegexes, type Found, type Regex } from './regex';
