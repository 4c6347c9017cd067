import type { SystemLimits } from '../process';

/**
 * What each system, a container's or the computer's own, may use before the kernel refuses. A container without --pids-limit
 * could fill a real computer; here thirty fork bombs share one thread with a class, and every process is looked through
 * whenever that thread's memory is.
 */
export const systemLimits: SystemLimits = { processes: 128, openFiles: 256, cpuBudget: 5_000 };
