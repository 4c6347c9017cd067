import { z } from 'zod';
import { Failure } from '../errors';
import type { ImageConfig } from './config';

/** The documents of the OCI image format, read strictly where the specification is strict. (OCI image-spec v1.1, schema/) */

const mediaType = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/);
const annotations = z.record(z.string(), z.string());

/** Any registered algorithm's form; those that can be computed here have their length checked too. */
const digest = z
  .string()
  .regex(/^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/)
  .refine((text) => !text.startsWith('sha256:') || /^sha256:[a-f0-9]{64}$/.test(text))
  .refine((text) => !text.startsWith('sha512:') || /^sha512:[a-f0-9]{128}$/.test(text));

const base64 = z.string().regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);

const descriptorSchema = z.looseObject({
  mediaType,
  digest,
  size: z.number().int().min(0),
  urls: z.array(z.string().regex(/^[A-Za-z][A-Za-z0-9+.-]*:/)).optional(),
  annotations: annotations.optional(),
  data: base64.optional(),
  artifactType: mediaType.optional(),
  platform: z.looseObject({ architecture: z.string(), os: z.string(), variant: z.string().optional() }).optional(),
});

export const manifestSchema = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: mediaType.optional(),
  artifactType: mediaType.optional(),
  config: descriptorSchema,
  layers: z.array(descriptorSchema).min(1),
  subject: descriptorSchema.optional(),
  annotations: annotations.optional(),
});

export const indexSchema = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: mediaType.optional(),
  artifactType: mediaType.optional(),
  manifests: z.array(descriptorSchema),
  subject: descriptorSchema.optional(),
  annotations: annotations.optional(),
});

const layoutSchema = z.looseObject({ imageLayoutVersion: z.literal('1.0.0') });

const texts = z.array(z.string());
const set = z.record(z.string(), z.looseObject({}));
const time = z.iso.datetime({ offset: true });

const settingsSchema = z.looseObject({
  User: z.string().optional(),
  ExposedPorts: set.nullish(),
  Env: z.array(z.string().regex(/^[^=]+=.*$/s)).nullish(),
  Entrypoint: texts.nullish(),
  Cmd: texts.nullish(),
  Volumes: set.nullish(),
  WorkingDir: z.string().optional(),
  Labels: annotations.nullish(),
  StopSignal: z.string().optional(),
  ArgsEscaped: z.boolean().optional(),
});

const configSchema = z.looseObject({
  created: time.optional(),
  author: z.string().optional(),
  architecture: z.string(),
  variant: z.string().optional(),
  os: z.string(),
  config: settingsSchema.nullish(),
  rootfs: z.looseObject({ type: z.literal('layers'), diff_ids: z.array(digest).nullable() }),
  history: z
    .array(
      z.looseObject({
        created: time.optional(),
        author: z.string().optional(),
        created_by: z.string().optional(),
        comment: z.string().optional(),
        empty_layer: z.boolean().optional(),
      }),
    )
    .nullish(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Index = z.infer<typeof indexSchema>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads one of these documents. A Failure `corrupt` that names `what` and the place where it is wrong. */
export function parseDocument<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  what: string,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch {
    throw new Failure('corrupt', `${what} is not JSON`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Failure(
    'corrupt',
    `${what} is not valid at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? 'wrong form'}`,
  );
}

export function parseConfig(bytes: Uint8Array, what: string): ImageConfig {
  const config = parseDocument(configSchema, bytes, what);
  const { diff_ids } = config.rootfs;
  return { ...config, rootfs: { type: 'layers', diff_ids: diff_ids ?? [] } } as unknown as ImageConfig;
}

const schemas = {
  descriptor: descriptorSchema,
  manifest: manifestSchema,
  index: indexSchema,
  config: configSchema,
  layout: layoutSchema,
};

/** Whether bytes are a valid document of that kind: a Failure `corrupt` says where they are not. */
export function validateDocument(kind: keyof typeof schemas, bytes: Uint8Array): void {
  parseDocument(schemas[kind] as z.ZodType, bytes, `the ${kind}`);
}
