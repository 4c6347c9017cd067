/** In lists of commands, where that is not the first line of the page. */
export const shortTexts: Readonly<Record<string, string>> = {
  login: 'Authenticate to a registry',
  logout: 'Log out from a registry',
  'volume rm': 'Remove one or more volumes',
};
