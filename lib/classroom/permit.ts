/**
 * Who may do what: the one table of rights, role by message. Everything that is not written here is refused.
 *
 * Roles: `stranger` has a socket and nothing else; `host` is signed in (and is asked besides whether the class is theirs);
 * `seat` holds a seat in the class it names; `viewer` has a view-only link. What is said of a seat, a hand, a look or a machine is
 * said of one's own, unless one is a host.
 */
export const roles = ['stranger', 'host', 'seat', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const permissions = {
  'class:open': ['host'],
  'class:list': ['host'],
  'class:end': ['host'],
  'class:lock': ['host'],
  'class:freeze': ['host'],
  'class:watch': ['host', 'seat', 'viewer'],
  'board:watch': ['host', 'seat', 'viewer'],
  'image:build': ['host'],
  'image:stop': ['host'],
  'image:check': ['host'],
  'image:publish': ['host'],
  'seat:look': ['stranger', 'host', 'seat', 'viewer'],
  'seat:take': ['stranger', 'host', 'seat', 'viewer'],
  'seat:rename': ['seat', 'host'],
  'seat:remove': ['host'],
  'machine:watch': ['host', 'seat'],
  'screen:watch': ['host', 'seat', 'viewer'],
  'terminal:open': ['host', 'seat'],
  'terminal:type': ['host', 'seat'],
  'terminal:resize': ['host', 'seat'],
  'editor:close': ['host', 'seat'],
  'editor:draft': ['seat'],
  'page:link': ['host', 'seat'],
  'content:get': ['host', 'seat', 'viewer'],
  'proof:report': ['host', 'seat'],
  'rules:set': ['host'],
  'link:make': ['host'],
  'links:revoke': ['host'],
  'hand:raise': ['seat'],
  'hand:lower': ['seat', 'host'],
  'note:send': ['host', 'seat'],
  'spotlight:move': ['host'],
  'look:ask': ['host'],
  'look:grant': ['seat'],
  'look:end': ['seat', 'host'],
  'round:open': ['host'],
  'round:answer': ['seat'],
  'round:reveal': ['host'],
  'round:close': ['host'],
  'everyone:run': ['host'],
  'everyone:give': ['host'],
  'earlier:list': ['host', 'seat', 'viewer'],
  'earlier:get': ['host', 'seat', 'viewer'],
  'earlier:last': ['host', 'seat', 'viewer'],
  'machine:undo': ['seat', 'host'],
  'machine:reset': ['seat', 'host'],
} as const satisfies Record<string, readonly Role[]>;

export type MessageType = keyof typeof permissions;

export function permit(role: Role, message: MessageType): boolean {
  return (permissions[message] as readonly Role[]).includes(role);
}
