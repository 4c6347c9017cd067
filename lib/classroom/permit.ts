/**
 * Who may do what: the one table of rights, role by message. Everything that is not written here is refused.
 *
 * Roles: `stranger` has a socket and nothing else; `host` is signed in (and is asked besides whether the class is theirs);
 * `seat` holds a seat in the class it names; what is said of a machine is said of one's own unless the row says otherwise.
 */
export const roles = ['stranger', 'host', 'seat'] as const;
export type Role = (typeof roles)[number];

export const permissions = {
  'class:open': ['host'],
  'class:list': ['host'],
  'class:end': ['host'],
  'class:lock': ['host'],
  'class:watch': ['host', 'seat'],
  'board:watch': ['host'],
  'image:build': ['host'],
  'image:check': ['host'],
  'image:publish': ['host'],
  'seat:look': ['stranger', 'host', 'seat'],
  'seat:take': ['stranger', 'host', 'seat'],
  'seat:rename': ['seat', 'host'],
  'seat:remove': ['host'],
  'machine:watch': ['host', 'seat'],
  'terminal:open': ['host', 'seat'],
  'terminal:type': ['host', 'seat'],
  'terminal:resize': ['host', 'seat'],
  'content:get': ['host', 'seat'],
  'proof:report': ['host', 'seat'],
} as const satisfies Record<string, readonly Role[]>;

export type MessageType = keyof typeof permissions;

export function permit(role: Role, message: MessageType): boolean {
  return (permissions[message] as readonly Role[]).includes(role);
}
