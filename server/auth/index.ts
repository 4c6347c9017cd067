/** Who somebody is: hosts by next-auth, seats by signed tokens. What they may do is lib/classroom's table. */
export { addressHeader, authOptions } from './options';
export { ownOrigin, parseCookies, type Signed, signedIn } from './session';
export { type SignedText, signedText } from './signed-text';
export { makeTokens, type Tokens } from './tokens';
