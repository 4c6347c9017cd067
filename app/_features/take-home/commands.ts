import type { Taken, TakenForm } from '../../../lib/protocol';

/**
 * What to type at home. `docker load` names the image by its tag, or by its id when it has none. An OCI layout without Docker's
 * table of contents is read by Podman, and by Docker with the containerd store alone (docs/layers.md).
 */
export function commandsFor(form: TakenForm, { file, imageId = '', reference }: Taken): readonly string[] {
  const name = reference ?? imageId.slice(7, 19);
  switch (form) {
    case 'docker':
      return [`docker load -i ${file}`, `docker inspect -f '{{.Id}}' ${name}`, `docker run --rm -it ${name}`];
    case 'oci':
      return [`podman load -i ${file}`, `podman inspect -f 'sha256:{{.Id}}' ${name}`, `podman run --rm -it ${name}`];
    case 'rootfs':
      return [`docker import ${file} mine:home`, 'docker run --rm -it mine:home sh'];
  }
}
