import type { MachineState } from '../../lib/machine';

/** A port of a person's computer that a running container answers on. */
export interface PortView {
  readonly port: number;
  readonly container: string;
  /** The container's own port: `80/tcp`. */
  readonly inside: string;
  /** Another life of the container, or another container, is another one. */
  readonly life: string;
}

/** What `docker ps` shows with an arrow: published TCP ports of running containers, in order. */
export function portsOf(machine: MachineState): readonly PortView[] {
  const found = new Map<number, PortView>();
  for (const { id, name, state, ports } of machine.engine.containers.values()) {
    if (state.state !== 'running') continue;
    for (const [inside, bindings] of Object.entries(ports ?? {}))
      for (const { HostPort } of inside.endsWith('/tcp') ? (bindings ?? []) : [])
        found.set(Number(HostPort), { port: Number(HostPort), container: name, inside, life: id + state.startedAt });
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
}
