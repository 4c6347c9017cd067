import { z } from 'zod';

/**
 * Images as archives go over HTTP, not over the socket (docs/protocol.md, “Archives”). Bodies and answers are JSON, but for the
 * archives themselves.
 */

/** `docker`: as `docker save` writes it; `oci`: an OCI layout; `rootfs`: as `docker export` does, of a container alone. */
export type TakenForm = 'docker' | 'oci' | 'rootfs';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** What somebody wants to take home: a published image, or a container (made into an image, or only its files). */
export const takeRequest = z.union([
  z.strictObject({ imageId: digest, form: z.enum(['docker', 'oci']) }),
  z.strictObject({
    container: z.string().regex(/^[0-9a-f]{64}$/),
    /** A host says whose; everybody else has only their own. */
    seat: z.string().max(40).optional(),
    form: z.enum(['docker', 'oci', 'rootfs']),
  }),
]);
export type TakeRequest = z.infer<typeof takeRequest>;

export const publishArchiveRequest = z.strictObject({ imageId: digest, reference: z.string().min(1).max(300) });

/** A link that can be followed for a minute. */
export interface Taken {
  readonly href: string;
  readonly file: string;
  /** What `docker load` must make of it; absent for a container's files, which have no id. */
  readonly imageId?: string;
  /** The id under which an engine with the containerd image store has it. */
  readonly manifestDigest?: string;
  readonly reference?: string;
}

/** An image that lay in an uploaded archive, every layer of it checked. */
export interface ArchivedImage {
  readonly imageId: string;
  readonly manifestDigest: string;
  /** The names that the archive gives it, as people write them. */
  readonly references: readonly string[];
  readonly layers: readonly { readonly digest: string; readonly size: number; readonly createdBy: string }[];
  readonly settings: readonly string[];
}
