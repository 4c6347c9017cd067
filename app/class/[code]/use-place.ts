import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { Role } from '../../../lib/classroom';
import { type Room, useHeld } from '../../_client';

/** A screen is for these roles: whoever is here as another is led to where they have something to do. */
export function usePlace(room: Room | undefined, code: string, roles: readonly Role[]): void {
  const router = useRouter();
  const role = useHeld(room?.me)?.role;
  const elsewhere = role !== undefined && !roles.includes(role);
  useEffect(() => {
    if (elsewhere) router.replace(role === 'seat' ? `/class/${code}` : `/class/${code}/board`);
  }, [elsewhere, role, router, code]);
}

export const hosts: readonly Role[] = ['host'];
export const withComputers: readonly Role[] = ['host', 'seat'];
